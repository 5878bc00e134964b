"""An office that prints forms, gets them back filled in, and scans the stack."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from PIL import Image

from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.documents.scans.scan_files import open_scan
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms import printing, reading
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.paper_forms.printing import NumberedForm
from pupil_desk.services.paper_forms.reading import ScanResult
from tests import scans
from tests.scans import Pen
from tests.services.exports.made import Unit

FORM = "sharing-choice"
NAMES = ("Ada", "Bea", "Cleo", "Dan", "Eli", "Fay", "Gus", "Hal", "Ida", "Joy", "Kit", "Lou", "May", "Ned", "Oli", "Pia")


def family(unit: Unit, forename: str, *, born: date = date(2012, 5, 6), parents: int = 1, surname: str = "Quill") -> Pupil:
    """A pupil of 14 with parents who live with them."""
    pupil = unit.pupil(surname, forename, born, address_1=f"{len(forename)} Long Road", town="Ware", postcode="SG12 9XX")
    for number in range(parents):
        unit.contact(
            pupil, surname, forename=f"Parent {number + 1} of {forename}", parental_responsibility=True, lives_with=True, order=number + 1
        )
    return pupil


def class_of(unit: Unit, count: int, **how: int) -> list[Pupil]:
    """So many pupils with a parent each."""
    return [family(unit, NAMES[at % len(NAMES)] + "x" * (at // len(NAMES)), **how) for at in range(count)]


def printed(desk: Desk, pupils: Sequence[Pupil], variant: Variant = Variant.STANDARD) -> tuple[NumberedForm, ...]:
    """Forms made and kept as printed."""
    forms = printing.make_forms(desk, FORM, pupils, variant=variant).forms
    printing.record_printed(desk, forms)
    return forms


def sheets(forms: Sequence[NumberedForm], dpi: int = scans.DPI) -> list[Image.Image]:
    """Their pages as they come out of the printer, without empty backs."""
    return [page for form in forms for page in scans.pages(printing.own_file(form), dpi)]


def filled(form: NumberedForm, marks: Mapping[str, Pen], random: Random, dpi: int = scans.DPI) -> list[Image.Image]:
    """One form's pages with boxes marked by pen."""
    pages = []
    for picture, page in zip(sheets([form], dpi), layout(form.page), strict=False):
        pages.append(scans.ticked(picture, page, {key: pen for key, pen in marks.items() if key in page.boxes}, random))
    return pages


def allowed(share: float = 0.2) -> dict[str, Pen]:
    """Yes to both questions."""
    return {"youth-support/allow": Pen("cross", share), "post-16/allow": Pen("tick", share)}


def read(desk: Desk, pages: Sequence[Image.Image]) -> ScanResult:
    """The pages read in as one PDF."""
    return reading.read_scan(desk, open_scan(scans.as_pdf(pages)), lambda *_done: None)
