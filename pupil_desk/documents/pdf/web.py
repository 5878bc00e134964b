"""Stories as one web page that needs no other file: the same sentences in the same order as on paper."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from pupil_desk.documents import blocks as b
from pupil_desk.documents.drawing import Drawing
from pupil_desk.documents.pdf.style import PrintLook
from pupil_desk.documents.typography.direction import runs_left
from pupil_desk.documents.typography.languages import PaperWords, is_rtl, words_in
from pupil_desk.documents.typography.lines import stretches

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
caption{text-align:start;font-weight:bold;padding:.3em 0}
th,td{text-align:start;vertical-align:top;padding:.45em .6em;border-bottom:1px solid var(--rule)}
thead th{background:var(--tint);border-bottom:2px solid var(--head)}
.notice{background:var(--tint);border-inline-start:.25rem solid var(--head);padding:.4em 1.1em;margin:1.3em 0}
.tick{display:flex;gap:.8em}.columns{display:flex;flex-wrap:wrap;gap:0 2em}.columns>p{flex:1 1 14em}
.line{display:flex;gap:.6em;align-items:end;min-height:2.6em}
.held,a[href^="mailto:"]{display:inline-block;max-width:100%}bdi{unicode-bidi:isolate}:lang(ar),:lang(fa),:lang(ur),:lang(ps),:lang(ckb),:lang(sd),:lang(ug){line-height:1.8}
.large{font-size:1.5rem}.large h1{font-size:1.5em}.large .small,.large .sender{font-size:1em;color:inherit}.large table{font-size:1em}
.easy{font-size:1.375rem;line-height:1.7}.easy main{max-width:30rem}.easy p,.easy ul,.easy ol{margin:1.1em 0}.easy li{margin:.6em 0}
.line::after{content:"";flex:1;border-bottom:1px solid var(--rule)}
@media print{:root{--ink:#000;--paper:#fff;--head:#000;--link:#000;--quiet:#333;--tint:#fff;--rule:#888}
body{font-size:12pt}main{max-width:none;padding:0}.wide{overflow:visible}thead{display:table-header-group}
.large{font-size:18pt}.easy{font-size:16pt}tr,.keep{break-inside:avoid}h1,h2,h3,h4,h5,h6,caption{break-after:avoid}.break{break-before:page}}
""".strip()


@dataclass(frozen=True, slots=True)
class _Page:
    """What every part of a page needs to know of the whole: the words that it adds of its own, and whether it runs from the right."""

    words: PaperWords
    rtl: bool


def build_web(story: b.Story, *, title: str, lang: str = "en-GB", look: PrintLook = PrintLook.STANDARD, stamp: str = "") -> bytes:
    """One self-contained HTML file, in UTF-8. Every text is escaped, and the page may load or run nothing. ``stamp`` stands at its head.

    The page runs from the side that its language does; a run that is apart finds its own way, as on paper.
    Raises ValueError unless the story has exactly one heading of level 1.
    """
    if sum(isinstance(block, b.Heading) and block.level == 1 for block in _flat(story)) != 1:
        raise ValueError("a web page has exactly one heading of level 1")
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(lang)}" dir="{"rtl" if is_rtl(lang) else "ltr"}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        f'<body class="{look}">' if look.larger else "<body>",
        "<main>",
        *([f'<p class="notice" lang="en-GB" dir="ltr"><strong>{escape(stamp)}</strong></p>'] if stamp else []),
        *_blocks(story, _Page(words_in(lang), is_rtl(lang))),
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode()


def _flat(story: b.Story) -> Iterator[b.Block]:
    for block in story:
        if isinstance(block, b.NoticeBox | b.Keep | b.SideBySide | b.CutOut | b.CodedPages):
            yield from _flat(block.blocks)
        else:
            yield block


_NAMES: dict[type, str] = {b.NoticeBox: "notice", b.Keep: "keep", b.CutOut: "keep", b.SideBySide: "beside", b.CodedPages: "form"}


def _blocks(story: b.Story, page: _Page) -> Iterator[str]:
    for block in story:
        if not b.is_empty(block):
            yield from _block(block, page)


def _block(block: b.Block, page: _Page) -> Iterator[str]:
    match block:
        case b.Heading(level=level, text=text):
            yield f"<h{level}>{_text(text, page)}</h{level}>"
        case b.Para(text=text, style=style):
            class_attribute = "" if style == "body" else f' class="{style}"'
            yield f"<p{class_attribute}>{_text(text, page)}</p>"
        case b.Bullets():
            yield from _bullets(block, page)
        case b.Table() | b.TickGrid():
            yield from _table(_as_table(block) if isinstance(block, b.TickGrid) else block, page)
        case b.FactList():
            yield from _facts(block, page)
        case b.Chart(alt=alt) | Drawing(alt=alt):
            yield f"<p>{_text(alt, page)}</p>"
        case b.AddressBlock():
            yield from _address(block, page)
        case (
            b.NoticeBox(blocks=blocks)
            | b.Keep(blocks=blocks)
            | b.SideBySide(blocks=blocks)
            | b.CutOut(blocks=blocks)
            | b.CodedPages(blocks=blocks)
        ):
            yield from _division(_NAMES[type(block)], blocks, page)
        case b.PageBreak():
            yield '<div class="break"></div>'
        case b.Spacer():
            return
        case _:
            yield from _to_fill_in(block, page)


def _to_fill_in(block: b.TickRow | b.WritingLine | b.Columns, page: _Page) -> Iterator[str]:
    match block:
        case b.TickRow(label=label, ticked=ticked):
            words = page.words.ticked if ticked else page.words.empty
            box = "☑" if ticked else "☐"
            box_html = f'<span role="img" aria-label="{escape(words)}">{box}</span>'
            yield f'<p class="tick">{box_html}<span>{_text(label, page)}</span></p>'
        case b.WritingLine(label=label):
            yield f'<p class="line">{_text(label, page)}</p>'
        case b.Columns(lines=lines):
            yield from _division("columns", lines, page)


def _as_table(block: b.TickGrid) -> b.Table:
    """A grid as a table, each box as a sign."""
    rows = [[words, *("☑" if tick.ticked else "☐" for tick in ticks)] for words, ticks in block.rows]
    share = len(block.answers) // max(1, len(block.groups))
    groups = [group for group in block.groups for _answer in range(share)] or [""] * len(block.answers)
    answers = [f"{group} {answer}".strip() for group, answer in zip(groups, block.answers, strict=True)]
    return b.Table("", [block.question, *answers], rows, row_headers=True)


def _division(name: str, blocks: Sequence[b.Block], page: _Page) -> Iterator[str]:
    yield f'<div class="{name}">'
    yield from _blocks(blocks, page)
    yield "</div>"


def _bullets(block: b.Bullets, page: _Page) -> Iterator[str]:
    tag = "ol" if block.numbered else "ul"
    yield f"<{tag}>"
    yield from (f"<li>{_text(item, page)}</li>" for item in block.items)
    yield f"</{tag}>"


def _table(block: b.Table, page: _Page) -> Iterator[str]:
    yield _scrolling(block.caption or ", ".join(map(b.words_of, block.header)))
    yield from _caption(block.caption, page)
    heads = "".join(f'<th scope="col">{_text(head, page)}</th>' for head in block.header)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in block.rows:
        cells = [
            f'<th scope="row">{_text(cell, page)}</th>' if block.row_headers and column == 0 else f"<td>{_text(cell, page)}</td>"
            for column, cell in enumerate(row)
        ]
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>"
    yield "</table></div>"


def _facts(block: b.FactList, page: _Page) -> Iterator[str]:
    yield _scrolling(block.caption or ", ".join(label for label, _value in block.facts[:_NAMED_BY]))
    yield from _caption(block.caption, page)
    yield "<tbody>"
    for label, value in block.facts:
        yield f'<tr><th scope="row">{_text(label, page)}</th><td>{_text(b.shown_value(value), page)}</td></tr>'
    yield "</tbody>"
    yield "</table></div>"


_NAMED_BY = 3  # so many of its labels name a list of facts without a caption


def _scrolling(name: str) -> str:
    """The beginning of a table, in a block that scrolls where the window is narrow: the keyboard reaches it, and it has a name."""
    return f'<div class="wide" role="group" tabindex="0" aria-label="{escape(name)}"><table>'


def _caption(caption: str, page: _Page) -> Iterator[str]:
    if caption:
        yield f"<caption>{_text(caption, page)}</caption>"


def _address(block: b.AddressBlock, page: _Page) -> Iterator[str]:
    if block.sender:
        yield f'<p class="sender">{"<br>".join(_text(line, page) for line in block.sender)}</p>'
    yield f'<p class="address">{"<br>".join(_text(line, page) for line in block.lines)}</p>'


def _text(text: b.Text, page: _Page) -> str:
    """The runs of a text. Neighbours that are apart in one language belong together, as the parts of what was filled in do."""
    html = ""
    for (is_apart, lang), group in groupby(b.runs_of(text), key=lambda run: (run.is_apart or bool(run.lang), run.lang)):
        words = "".join(map(_run, group))
        of_lang = f' lang="{escape(lang)}"' if lang else ""
        html += f"<bdi{of_lang}>{words}</bdi>" if is_apart else words
    # English words of an Arabic page read as they are written, with their numbers and marks.
    return f"<bdi>{html}</bdi>" if page.rtl and html and not runs_left(b.words_of(text)) else html


def _run(run: b.Run) -> str:
    html = "".join(
        f'<span class="held">{escape(text)}</span>' if is_unbroken else escape(text) for text, is_unbroken in stretches(run.text)
    ).replace("\n", "<br>")
    if run.italic:
        html = f"<em>{html}</em>"
    if run.bold:
        html = f"<strong>{html}</strong>"
    href = b.safe_href(run.href)
    return f'<a href="{escape(href)}" rel="noreferrer">{html}</a>' if href else html
