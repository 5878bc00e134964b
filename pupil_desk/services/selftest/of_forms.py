"""A form with its code, tried as an office uses it: drawn, saved as a scanner saves it, and read again."""

from io import BytesIO
from typing import TYPE_CHECKING

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.papers.paper_form import EMPTY_UP_TO
from pupil_desk.services.paper_forms import sharing_choice
from pupil_desk.services.pupils import pupils
from pupil_desk.services.selftest.check import Bench, Failed

if TYPE_CHECKING:
    from PIL.Image import Image

    from pupil_desk.documents.pdf.coded_pages import PageLayout

_SCANNED_AS = ("PNG", "JPEG", "TIFF")


def coded_form(bench: Bench) -> str:
    """Its first page is known by its code in every kind of picture that is taken, though upside down, and its boxes are found empty."""
    from pupil_desk.documents.pdf.coded_pages import layout
    from pupil_desk.documents.scans.scan_files import open_scan, pages_of
    from pupil_desk.services.paper_forms import printing

    forms = printing.make_forms(bench.desk, sharing_choice.KIND.name, pupils.all_pupils(bench.desk)).forms
    if not forms:
        raise Failed(_("there is nobody to ask"))
    page = layout(forms[0].page)[0]
    drawing = next(pages_of(open_scan(printing.own_file(forms[0]))))
    if drawing is None:
        raise Failed(_("a form cannot be drawn"))
    for kind in _SCANNED_AS:
        _read_again(drawing, page, kind)
    return _("a page as {kinds}, upside down: known by its code, {boxes} read").format(
        kinds=", ".join(_SCANNED_AS), boxes=count_of(len(page.boxes), _("box"), _("boxes"))
    )


def _read_again(drawing: "Image", page: "PageLayout", kind: str) -> None:
    from pupil_desk.documents.scans.reading import read_page
    from pupil_desk.documents.scans.scan_files import UnreadableScan, open_scan, pages_of

    scan = BytesIO()
    drawing.rotate(180).save(scan, kind)
    try:
        (picture,) = pages_of(open_scan(scan.getvalue()))
    except UnreadableScan as error:
        raise _why(scan.getvalue()) or error from None
    read = read_page(picture, {page.code: page}.get)
    if read.aside or read.code != page.code:
        raise Failed(_("a form saved as {kind} is not known again").format(kind=kind))
    ink = read.ink or {}
    if ink.keys() != page.boxes.keys() or any(not box.is_certain or box.share > EMPTY_UP_TO for box in ink.values()):
        raise Failed(_("the boxes of a form saved as {kind} are not read as they are").format(kind=kind))


def _why(data: bytes) -> BaseException | None:
    """What the library says of our own page, of which it is never the file's fault: read in this process, since no child hands that on."""
    from pupil_desk.documents.scans.scan_files import UnreadableScan, page_count

    try:
        vars(page_count)["reader"].function(data)
    except UnreadableScan as error:
        return error.__cause__
    return None
