"""Forms with their codes as whole papers: read in order, accessible, one side as usual, and no box parted from its words."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import texts_of
from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.paper_forms.printing import NumberedForm
from pupil_desk.services.paper_forms.sharing_choice import KIND
from pupil_desk.services.unit import settings as settings_service
from tests.documents.checking import assert_accessible
from tests.papers.made import HOLDERS, LONG, PUPIL, pages_of, squeezed
from tests.services.exports.made import Unit

YOUNG, OLD = date(2012, 9, 27), date(2010, 9, 27)  # 14 and 16 on the unit's day


def form_of(unit: Unit, dob: date, variant: Variant) -> NumberedForm:
    settings_service.save_settings(unit.desk, dataclasses.replace(LONG, with_parent=True))
    items = {name: getattr(PUPIL, name) for name in ("address_1", "locality", "town", "county", "postcode")}
    pupil = unit.pupil(PUPIL.surname, PUPIL.forename, dob, **items)
    for order, holder in enumerate(HOLDERS, 1):
        unit.contact(
            pupil, holder.surname, order=order, title=holder.title, forename=holder.forename, lives_with=True, parental_responsibility=True
        )
    (form,) = printing.make_forms(unit.desk, KIND.name, [pupil], variant=variant).forms
    return form


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize("dob", [YOUNG, OLD], ids=["a parent’s", "the pupil’s"])
def test_it_is_read_in_order_and_the_checkers_find_nothing(unit: Unit, dob: date, variant: Variant, tmp_path: Path) -> None:
    form = form_of(unit, dob, variant)
    pdf = printing.own_file(form)
    pages = pages_of(pdf, tmp_path, "-raw")
    assert len(pages) == len(layout(form.page))
    if variant is Variant.STANDARD:
        assert len(pages) == 1
    read, at = squeezed("".join(pages)), 0
    for text in texts_of(form.page.blocks):
        found = read.find(squeezed(text), at)
        assert found >= 0, text
        at = found
    assert_accessible(pdf)


@pytest.mark.needs("pdftotext")
def test_every_page_of_large_print_names_the_pupil(unit: Unit, tmp_path: Path) -> None:
    form = form_of(unit, YOUNG, Variant.LARGE)
    pages = pages_of(printing.own_file(form), tmp_path, "-raw")
    assert len(pages) > 1
    assert all("Okonkwo-Featherstone" in page for page in pages)


def test_no_code_holds_anything_of_the_family(unit: Unit) -> None:
    import zxingcpp

    from tests import scans

    form = form_of(unit, YOUNG, Variant.STANDARD)
    (picture,) = scans.pages(printing.own_file(form))
    texts = {found.text for found in zxingcpp.read_barcodes(picture)}
    assert texts == {form.page.codes[0]}
    assert texts.pop().isdecimal()
