"""The floor that papers are measured against: the same words by ReportLab alone, untagged, in its plainest form."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from pupil_desk.documents import blocks as b

_SIZES = {1: 22, 2: 16, 3: 13}


def bare_pdf(stories: Sequence[b.Story]) -> bytes:
    """The stories one after another, each from a new page."""
    import fontpkg_atkinson_hyperlegible
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, SimpleDocTemplate

    if "Floor" not in pdfmetrics.getRegisteredFontNames():
        files = Path(fontpkg_atkinson_hyperlegible.ROOT) / "files"
        for name, file in (("Floor", "Regular"), ("Floor-Bold", "Bold"), ("Floor-Italic", "Italic")):
            pdfmetrics.registerFont(TTFont(name, str(files / f"AtkinsonHyperlegible-{file}.ttf")))
        pdfmetrics.registerFontFamily("Floor", normal="Floor", bold="Floor-Bold", italic="Floor-Italic")
    flowables = []
    for story in stories:
        flowables += [made for block in story for made in _flowables(block)]
        flowables.append(PageBreak())
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4, leftMargin=68, rightMargin=68).build(flowables)
    return out.getvalue()


def _flowables(block: object) -> list[object]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table

    body = ParagraphStyle("body", fontName="Floor", fontSize=12, leading=16.2, spaceBefore=7)
    cell = ParagraphStyle("cell", fontName="Floor", fontSize=10.3, leading=13.4)
    match block:
        case b.Heading(level=level, text=text):
            size = _SIZES[level]
            style = ParagraphStyle("head", fontName="Floor-Bold", fontSize=size, leading=size * 1.2, spaceBefore=14)
            return [Paragraph(_markup(text), style)]
        case b.Para(text=text):
            return [Paragraph(_markup(text), body)]
        case b.Bullets(items=items):
            return [Paragraph(_markup(item), body, bulletText="•") for item in items]
        case b.Table(header=header, rows=rows):
            return [Table([[Paragraph(_markup(text), cell) for text in row] for row in (header, *rows)])]
        case b.FactList(facts=facts):
            return [
                Table(
                    [
                        [Paragraph(_markup(b.Run(label, bold=True)), cell), Paragraph(_markup(b.shown_value(value)), cell)]
                        for label, value in facts
                    ]
                )
            ]
        case b.Columns(lines=lines):
            return [Table([[Paragraph(_markup(line.label), body) for line in lines]])]
        case b.WritingLine(label=label):
            return [Paragraph(_markup(label), body)]
        case b.Keep(blocks=blocks):
            return [made for block in blocks for made in _flowables(block)]
    return []


def _markup(text: object) -> str:
    from xml.sax.saxutils import escape

    return "".join(_run(run, escape(run.text)) for run in b.runs_of(text))  # type: ignore[arg-type]


def _run(run: b.Run, text: str) -> str:
    return f"<b>{text}</b>" if run.bold else f"<i>{text}</i>" if run.italic else text
