"""The data-check slip: what a household is shown to correct, and what it must not be shown."""

from datetime import date
from pathlib import Path
from typing import Any

from pupil_desk.basics.rulefiles import apart
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.health import HealthItem, NothingKnown
from pupil_desk.domain.unit.own_field import OwnField
from pupil_desk.services.care import health
from pupil_desk.services.many import slips
from pupil_desk.services.many.data_check import items_possible, items_told
from pupil_desk.services.paper_forms import details, printing
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.unit import own_fields
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of
from tests.services.exports.made import Unit

YOUNG, OLD = date(2012, 9, 27), date(2010, 9, 27)
HOME: dict[str, Any] = {"address_1": "4 Larch Way", "town": "Larkfield", "postcode": "AL28 2QN", "phone": "07700 900111"}


def _slips(unit: Unit, dob: date = YOUNG) -> list[slips.Slip]:
    pupil = unit.pupil("Quillfeather", "Marigold", dob, first_language="POL", medical="Asthma: inhaler in the office", **HOME)
    unit.contact(
        pupil, "Quillfeather", order=1, title="Ms", forename="Hester", lives_with=True, parental_responsibility=True, mobile="07700 900222"
    )
    unit.contact(
        pupil,
        "Bramley",
        order=2,
        title="Mr",
        forename="Alan",
        lives_with=False,
        parental_responsibility=True,
        address_1="9 Mill Lane",
        town="Larkfield",
        postcode="AL28 3QN",
        phone="07700 900333",
    )
    return [slip for slip in slips.of_pupils(unit.desk, [pupil]) if isinstance(slip, slips.Slip)]


def test_a_household_sees_what_is_held_with_room_to_correct(unit: Unit) -> None:
    home, _elsewhere = _slips(unit)
    text = plain_text(home.story)
    for words in (
        "Data-check slip",
        "Is this still right?",
        "Who signs\nOne parent or carer. One signature is enough.",
        "Leave a line empty where it is right.",
        "to add something, write “also” first",
        "you know of nothing, write “none known”",
        "This is what we hold on 24 November 2026.",
        "Until that is answered, we go on using what is printed; but a new allergy we heed at once. Medicines: one that is not printed here we take as added, beside those that are. One that is new, changed or not agreed is given only after a yes on a form of its own, which we send you.",
        "the first box alone, signed, tells us that you have looked. Otherwise (both boxes, neither or the second, no signature, or no slip back) we ask you again",
        "What is right, if it is wrong or missing",
        "not known: please write",
        "When you have looked at all of it, tick one box",
        "What is printed is right, and I have added nothing.",
        "4 Larch Way",
        "07700 900111",
        "Polish",
        "Asthma: inhaler in the office",
        "07700 900222",
        "Signature",
    ):
        assert words in text


def test_of_health_it_shows_all_that_is_held_or_asks_whether_there_is_nothing(unit: Unit) -> None:
    home = _slips(unit)[0]
    health.add_item(unit.desk, HealthItem(pupil_id=home.pupil.id, kind="A", what="Peanuts", severity="LIFE"))
    again = slips.slip(unit.desk, home.letter)
    assert "Allergy, life-threatening: Peanuts" in plain_text(again.story)
    assert "Is there nothing to know?" not in plain_text(again.story)
    assert {"pupil.medical", "health_item.what"} <= set(items_told(unit.desk, home.letter))
    ann = unit.pupil("Ash", "Ann", YOUNG, **HOME)
    unit.contact(ann, "Ash", forename="Bea", lives_with=True, parental_responsibility=True)
    (asked,) = slips.of_pupils(unit.desk, [ann])
    assert isinstance(asked, slips.Slip)
    assert "Nobody has told us yet. Write “none known” if you know of nothing." in plain_text(asked.story)
    health.say_nothing(unit.desk, NothingKnown(pupil_id=ann.id, said_by="Bea Ash, mother", said_on=date(2026, 9, 3), channel="form"))
    assert "Nothing is known, as Bea Ash, mother said on 3 September 2026" in plain_text(slips.slip(unit.desk, asked.letter).story)


def test_one_who_lives_elsewhere_is_not_shown_the_home_or_the_other_parent(unit: Unit) -> None:
    _home, elsewhere = _slips(unit)
    text = plain_text(elsewhere.story)
    assert "9 Mill Lane" in text
    assert "07700 900333" in text
    for words in ("4 Larch Way", "07700 900111", "07700 900222", "Hester"):
        assert words not in text


def test_of_a_couple_neither_reads_what_a_field_of_the_unit_s_own_says_of_the_other(unit: Unit) -> None:
    field = OwnField(
        record="contact",
        label="Health of parent",
        kind="text",
        reason="Who may need a lift",
        purpose="CARE",
        basis="PUBLIC_TASK",
        special="HEALTH",
        retention="pupil-record",
    )
    with apart():
        own_fields.make(unit.desk, field)
        pupil = unit.pupil("Ash", "Ann", YOUNG, **HOME)
        for forename, health_words in (("Bea", "Depression"), ("Carl", "Epilepsy")):
            unit.contact(pupil, "Ash", forename=forename, lives_with=True, parental_responsibility=True, own_text_1=health_words)
        (asked,) = slips.of_pupils(unit.desk, [pupil])
        assert isinstance(asked, slips.Slip)
        text = plain_text(asked.story)
        assert "Carl" in text
        assert not [words for words in ("Health of parent", "Depression", "Epilepsy") if words in text]
        assert "contact.own_text_1" not in {*items_told(unit.desk, asked.letter), *items_possible()}


def test_a_pupil_of_16_gets_a_slip_of_their_own(unit: Unit) -> None:
    own = _slips(unit, OLD)[-1]
    assert "about you, Marigold Quillfeather." in plain_text(own.story)
    assert "Hester" not in plain_text(own.story)


def test_the_checkers_find_nothing(unit: Unit) -> None:
    for slip in _slips(unit):
        assert_accessible(build_pdf(slip.story, title=slip.title))


def test_the_file_name_and_the_log_name_nobody(unit: Unit) -> None:
    slip = _slips(unit)[0]
    assert slip.file_stem == f"data-check-{slip.pupil.ref}-1"
    slips.keep_printed(unit.desk, [slip])
    assert unit.count("paper_form") == 1
    row = unit.desk.vault.first_row("SELECT action, reason FROM log ORDER BY seq DESC LIMIT 1")
    assert row is not None
    assert tuple(row) == ("print-form", "data-check")


def test_each_page_names_the_pupil_and_bears_a_code(unit: Unit, tmp_path: Path) -> None:
    home, elsewhere = _slips(unit)
    for slip in (home, elsewhere):
        pages = pages_of(build_pdf(slip.story, title=slip.title), tmp_path)
        assert len(pages) == len(layout(slip.form.page)) > 1
        assert all("Marigold Quillfeather" in page and "Data-check slip" in page for page in pages)
        assert ["Please send back every page." in " ".join(page.split()) for page in pages] == [True] * (len(pages) - 1) + [False]
        boxes = [key for page in layout(slip.form.page) for key in page.boxes]
        assert boxes == ["details/right", "details/wrong"]


def test_in_large_print_too_every_block_stands_on_a_page_and_the_signature_with_the_address(unit: Unit) -> None:
    home, _elsewhere = _slips(unit)
    (form,) = [
        form
        for form in details.KIND.ask(unit.desk, "", [home.pupil], unit.desk.today, Variant.LARGE).forms
        if form.contact_ids == home.form.form.contact_ids
    ]
    pages = layout(printing.numbered(form).page)
    assert len(pages) > 6, "as many numbers as it takes pages"
    assert list(pages[-2].boxes) == ["details/right", "details/wrong"]
