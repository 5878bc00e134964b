"""Stories as one web page that needs no other file: the same sentences in the same order as on paper."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape

from pupil_desk.basics.words import _
from pupil_desk.documents import blocks as b

_STYLE = """
:root{color-scheme:light dark;--ink:#171c24;--paper:#fff;--head:#14385c;--link:#08488c;--quiet:#525963;
--tint:#f1f3f6;--rule:#b8bfc7}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--paper:#16191d;--head:#a9cdf0;--link:#8fc1f5;
--quiet:#b0b7bf;--tint:#21262c;--rule:#4c545d}}
body{margin:0;background:var(--paper);color:var(--ink);
font:1.125rem/1.5 "Atkinson Hyperlegible",Verdana,"DejaVu Sans",sans-serif;overflow-wrap:break-word}
main{max-width:42rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1,h2,h3,h4,h5,h6,caption,th{color:var(--head)}
h1{font-size:1.9em;line-height:1.2}h2{font-size:1.35em;margin:1.6em 0 .4em}h3{font-size:1.12em;margin:1.3em 0 .3em}
p,ul,ol{margin:.7em 0}li{margin:.25em 0}a{color:var(--link)}
.lead{font-size:1.12em}.small,.sender{font-size:.85em;color:var(--quiet)}.address{margin:1.5em 0 2em}
.wide{overflow-x:auto;margin:1.2em 0}table{border-collapse:collapse;width:100%;font-size:.92em}
caption{text-align:left;font-weight:bold;padding:.3em 0}
th,td{text-align:left;vertical-align:top;padding:.45em .6em;border-bottom:1px solid var(--rule)}
thead th{background:var(--tint);border-bottom:2px solid var(--head)}
.notice{background:var(--tint);border-left:.25rem solid var(--head);padding:.4em 1.1em;margin:1.3em 0}
.tick{display:flex;gap:.8em}.columns{display:flex;flex-wrap:wrap;gap:0 2em}.columns>p{flex:1 1 14em}
.line{display:flex;gap:.6em;align-items:end;min-height:2.6em}
.line::after{content:"";flex:1;border-bottom:1px solid var(--rule)}
@media print{:root{--ink:#000;--paper:#fff;--head:#000;--link:#000;--quiet:#333;--tint:#fff;--rule:#888}
body{font-size:12pt}main{max-width:none;padding:0}.wide{overflow:visible}thead{display:table-header-group}
tr,.keep{break-inside:avoid}h1,h2,h3,h4,h5,h6,caption{break-after:avoid}.break{break-before:page}}
""".strip()


def build_web(story: b.Story, *, title: str, lang: str = "en-GB", stamp: str = "") -> bytes:
    """One self-contained HTML file, in UTF-8. Every text is escaped, and the page may load or run nothing. ``stamp`` stands at its head.

    Raises ValueError unless the story has exactly one heading of level 1.
    """
    if sum(isinstance(block, b.Heading) and block.level == 1 for block in _flat(story)) != 1:
        raise ValueError("a web page has exactly one heading of level 1")
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(lang)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        *([f'<p class="notice"><strong>{escape(stamp)}</strong></p>'] if stamp else []),
        *_blocks(story),
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode()


def _flat(story: b.Story) -> Iterator[b.Block]:
    for block in story:
        if isinstance(block, b.NoticeBox | b.Keep):
            yield from _flat(block.blocks)
        else:
            yield block


def _blocks(story: b.Story) -> Iterator[str]:
    for block in story:
        if not b.is_empty(block):
            yield from _block(block)


def _block(block: b.Block) -> Iterator[str]:
    match block:
        case b.Heading(level=level, text=text):
            yield f"<h{level}>{_text(text)}</h{level}>"
        case b.Para(text=text, style=style):
            named = "" if style == "body" else f' class="{style}"'
            yield f"<p{named}>{_text(text)}</p>"
        case b.Bullets():
            yield from _bullets(block)
        case b.Table():
            yield from _table(block)
        case b.FactList():
            yield from _facts(block)
        case b.Chart(alt=alt):
            yield f"<p>{_text(alt)}</p>"
        case b.AddressBlock():
            yield from _address(block)
        case b.NoticeBox(blocks=blocks):
            yield from _within("notice", blocks)
        case b.Keep(blocks=blocks):
            yield from _within("keep", blocks)
        case b.PageBreak():
            yield '<div class="break"></div>'
        case b.Spacer():
            return
        case _:
            yield from _to_fill_in(block)


def _to_fill_in(block: b.TickRow | b.Line | b.Columns) -> Iterator[str]:
    match block:
        case b.TickRow(label=label, ticked=ticked):
            words = _("Ticked box") if ticked else _("Empty box to tick")
            box = "☑" if ticked else "☐"
            drawn = f'<span role="img" aria-label="{escape(words)}">{box}</span>'
            yield f'<p class="tick">{drawn}<span>{_text(label)}</span></p>'
        case b.Line(label=label):
            yield f'<p class="line">{_text(label)}</p>'
        case b.Columns(lines=lines):
            yield from _within("columns", lines)


def _within(name: str, blocks: Sequence[b.Block]) -> Iterator[str]:
    yield f'<div class="{name}">'
    yield from _blocks(blocks)
    yield "</div>"


def _bullets(block: b.Bullets) -> Iterator[str]:
    tag = "ol" if block.numbered else "ul"
    yield f"<{tag}>"
    yield from (f"<li>{_text(item)}</li>" for item in block.items)
    yield f"</{tag}>"


def _table(block: b.Table) -> Iterator[str]:
    yield '<div class="wide"><table>'
    yield from _caption(block.caption)
    heads = "".join(f'<th scope="col">{_text(head)}</th>' for head in block.header)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in block.rows:
        cells = [
            f'<th scope="row">{_text(cell)}</th>'
            if block.row_headers and at == 0
            else f"<td>{_text(cell)}</td>"
            for at, cell in enumerate(row)
        ]
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>"
    yield "</table></div>"


def _facts(block: b.FactList) -> Iterator[str]:
    yield '<div class="wide"><table>'
    yield from _caption(block.caption)
    yield "<tbody>"
    for label, value in block.facts:
        yield f'<tr><th scope="row">{_text(label)}</th><td>{_text(b.shown_value(value))}</td></tr>'
    yield "</tbody>"
    yield "</table></div>"


def _caption(caption: str) -> Iterator[str]:
    if caption:
        yield f"<caption>{_text(caption)}</caption>"


def _address(block: b.AddressBlock) -> Iterator[str]:
    if block.sender:
        yield f'<p class="sender">{"<br>".join(map(_text, block.sender))}</p>'
    yield f'<p class="address">{"<br>".join(map(_text, block.lines))}</p>'


def _text(text: b.Text) -> str:
    return "".join(map(_run, b.runs_of(text)))


def _run(run: b.Run) -> str:
    shown = escape(run.text).replace("\n", "<br>")
    if run.italic:
        shown = f"<em>{shown}</em>"
    if run.bold:
        shown = f"<strong>{shown}</strong>"
    href = b.safe_href(run.href)
    return f'<a href="{escape(href)}" rel="noreferrer">{shown}</a>' if href else shown
