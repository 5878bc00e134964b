"""A letter to each household of chosen pupils: its words, who gets none and why, and what is recorded when it is printed."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.documents.blocks import AddressBlock, plain_text
from pupil_desk.documents.pdf.page import Document, build_print_file
from pupil_desk.domain.papers.letter import LetterTemplate, asked_by, fields_of
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark
from pupil_desk.services import records, register, sheet
from pupil_desk.services.households import Audience
from pupil_desk.services.letters import letter_templates, merging_letters
from pupil_desk.services.letters.letter_templates import notice_to_improve, save_template, shipped
from pupil_desk.services.letters.merging_letters import Merge, merge
from pupil_desk.services.register import absence_steps
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.store.tables import letters as store
from pupil_desk.ui.kit.jobs import Stopped
from tests.documents.checking import assert_accessible
from tests.services.exports.made import Unit

HOME = {"address_1": "4 Larch Way", "town": "Larkfield", "postcode": "AL28 2QN"}
AWAY = {"address_1": "9 Mill Lane", "town": "Larkfield", "postcode": "AL28 3QN"}
HELLO = LetterTemplate(
    id="h",
    template_id="h",
    edition=1,
    name="Hello",
    subject="About {{forename}}",
    body="Dear {{salutation}}\n\n{{full name}}, {{year group}}.",
)


@pytest.fixture
def family(unit: Unit) -> tuple[Pupil, Contact, Contact]:
    ann = unit.pupil("Young", "Annabel", date(2010, 5, 6), year_group="11", preferred_forename="Ann", **HOME)
    mother = unit.contact(ann, "Young", title="Mrs", forename="Dora", parental_responsibility=True, lives_with=True)
    father = unit.contact(ann, "Marsh", forename="Carl", parental_responsibility=True, **AWAY)
    return ann, mother, father


def made(unit: Unit, template: LetterTemplate = HELLO, to: Audience = Audience.FAMILIES, **more: object) -> Merge:
    ids = [row["id"] for row in unit.desk.vault.rows("SELECT id FROM pupil")]
    return merge(unit.desk, ids, template, to, **more)  # type: ignore[arg-type]


def words(found: Merge) -> dict[str, str]:
    return {paper.letter.addressee: plain_text(paper.story) for paper in found.papers}


def why(found: Merge) -> set[tuple[str, str]]:
    return {(one.name, one.reason) for one in found.left_out}


def test_each_household_gets_one_with_its_own_address_and_greeting(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    found = words(made(unit))
    assert set(found) == {"Mrs Dora Young", "Carl Marsh"}
    assert "Dear Mrs Young" in found["Mrs Dora Young"]
    assert "Dear Carl Marsh" in found["Carl Marsh"]
    assert "About Ann" in found["Carl Marsh"]
    assert "Ann Young, Year 11." in found["Carl Marsh"]
    assert "4 Larch Way" in found["Mrs Dora Young"]
    assert "4 Larch Way" not in found["Carl Marsh"]


def test_a_pupil_from_16_gets_one_of_their_own_where_asked(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    assert set(words(made(unit, to=Audience.PUPILS))) == {"Annabel Young"}
    assert "Dear Ann" in words(made(unit, to=Audience.PUPILS))["Annabel Young"]
    assert len(made(unit, to=Audience.BOTH).papers) == 3
    of_unit = settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, head="Robin Ashdown", phone="01632 960100"))
    assert of_unit is not None
    for template in shipped():
        to_pupil = letter_templates.to_pupil(template)
        assert {*fields_of(to_pupil)} <= {*fields_of(template)}, "nothing else is asked, and nothing else told"
        text = f"{to_pupil.subject}\n{to_pupil.body}"
        assert ("{{forename}}" in text) == (template.template_id == "shipped-improve"), "but for what the law asks of parents"
    trip = next(template for template in shipped() if template.template_id == "shipped-trip")
    found = words(made(unit, trip, Audience.BOTH, answers=dict.fromkeys(asked_by(trip), "Ware")))
    assert "We would like to take you on a trip." in found["Annabel Young"]
    assert "We would like to take Ann on a trip." in found["Carl Marsh"]
    improve = next(template for template in shipped() if template.template_id == "shipped-improve")
    answers = dict.fromkeys(asked_by(improve), "8 January 2027")
    assert ("Annabel Young", "a notice to improve goes to parents, whom the law asks for attendance") in why(
        made(unit, improve, Audience.BOTH, answers=answers)
    )
    changed = dataclasses.replace(trip, id="x", subject="Trip", body="Dear {{salutation}}, {{forename}} comes along.")
    assert "Ann comes along." in words(made(unit, changed, Audience.PUPILS))["Annabel Young"], "what the unit wrote stays"
    young = unit.pupil("Abel", "Ben", date(2014, 1, 2), **HOME)
    assert [(one.pupil.id, one.reason) for one in made(unit, to=Audience.PUPILS).left_out] == [(young.id, "is not 16 yet")]


def test_a_field_of_which_nothing_is_held_makes_no_letter_with_a_gap(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    found = made(unit, dataclasses.replace(HELLO, body="{{review day}} and {{attendance this term}}"))
    assert found.papers == ()
    assert ("Carl Marsh", "nothing is on file for “review day” and “attendance this term”") in why(found)


def test_what_the_unit_has_not_entered_is_said_once_and_nothing_is_made(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    found = made(unit, dataclasses.replace(HELLO, body="{{head}}, {{unit telephone}}, {{unit name}}"))
    assert (found.papers, found.left_out, found.lacks) == ((), (), ("head", "unit telephone"))


def test_the_days_of_the_stay_are_filled_in(unit: Unit) -> None:
    stay = Enrolment(status="C", start_date=date(2026, 9, 2), end_date=date(2026, 12, 18), review_day=date(2026, 12, 1))
    ben = unit.pupil("Abel", "Ben", date(2014, 1, 2), stay, **HOME)
    unit.contact(ben, "Abel", forename="Jo", parental_responsibility=True, lives_with=True)
    (said,) = words(made(unit, dataclasses.replace(HELLO, body="{{first day}}, {{review day}}, {{last day}}, {{today}}"))).values()
    assert "2 September 2026, 1 December 2026, 18 December 2026, 24 November 2026" in said


def test_what_the_template_asks_for_is_filled_in_and_must_be(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    template = dataclasses.replace(HELLO, body="Come on {{ask: day}}.")
    assert merging_letters.unanswered(template, {}) == ["day"]
    assert made(unit, template).papers == ()
    for answer in (" Monday ", "Monday."):
        assert "\nCome on Monday.\n" in words(made(unit, template, answers={"day": answer}))["Carl Marsh"] + "\n"


def test_what_is_filled_in_is_text_and_never_a_field_or_markup(unit: Unit) -> None:
    ben = unit.pupil("<b>Abel</b>", "{{head}}", date(2014, 1, 2), year_group="7", **HOME)
    unit.contact(ben, "**Abel**", forename="&amp;", parental_responsibility=True, lives_with=True)
    (paper,) = made(unit).papers
    said = plain_text(paper.story)
    assert "About {{head}}" in said
    assert "{{head}} <b>Abel</b>, Year 7." in said
    assert "&amp; **Abel**" in said


def test_one_under_an_order_gets_none_and_a_withheld_address_only_when_asked(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    unit.protect(family[0])
    unit.protect(family[0], "order", family[2])
    found = made(unit)
    assert found.papers == ()
    assert why(found) == {("Carl Marsh", "is under an order or restriction"), ("Mrs Dora Young", "the address must be kept from someone")}
    found = made(unit, withheld=True)
    assert set(words(found)) == {"Mrs Dora Young"}
    assert found.kept_back == 1


def test_a_character_that_cannot_be_printed_stops_that_letter_alone(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    ben = unit.pupil("Abel", "B\N{UGARITIC LETTER ALPA}n", date(2014, 1, 2), year_group="7", **HOME)
    unit.contact(ben, "Abel", forename="Jo", parental_responsibility=True, lives_with=True)
    found = made(unit)
    assert set(words(found)) == {"Mrs Dora Young", "Carl Marsh"}
    assert why(found) == {("Jo Abel", "no font here has these characters: \N{UGARITIC LETTER ALPA}")}


def test_printing_records_edition_and_person_once_and_the_sheet_tells_it(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    template = save_template(unit.desk, LetterTemplate(name="Hello", subject="Hello", body="Dear {{salutation}}"))
    merging_letters.record_printed(unit.desk, made(unit, template))
    assert unit.log()[-1] == ("print-form", family[0].id, "letter")
    (section,) = [one for one in sheet.everything(unit.desk, family[0].id) if one.name == "letters"]
    told = [{label: said for _name, label, _value, said in entry.facts} for entry in section.entries]
    assert {one["Sent to"] for one in told} == {"Mrs Dora Young", "Carl Marsh"}
    assert {(one["Letter"], one["Printed on"], one["Edition"]) for one in told} == {("Hello", "24 November 2026", "1")}


def test_the_first_letter_by_one_that_ships_brings_its_edition_into_the_file(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, head="Jo Head", phone="01632 960142"))
    trip = next(one for one in shipped() if one.name == "Trip")
    answers = {"Where to": "The sea", "Day, and from when to when": "Monday", "What to bring": "Lunch"}
    for _time in range(2):
        merging_letters.record_printed(unit.desk, made(unit, trip, answers=answers))
    assert unit.count("letter_template") == 1
    assert unit.count("letter_sent") == 4
    for _time in range(2):
        merging_letters.record_printed(unit.desk, made(unit, trip, Audience.PUPILS, answers=answers))
    assert unit.count("letter_template") == 2, "the words that speak to the pupil are kept beside those to the parents"
    told = [(row["sent_to"], "take you on a trip" in row["english"], row["number"]) for row in store.sent_of(unit.desk.vault, family[0].id)]
    assert told[3:] == [("Mrs Dora Young", False, 1), ("Annabel Young", True, 1), ("Annabel Young", True, 1)]
    assert [one.id for one in letter_templates.templates(unit.desk) if one.name == "Trip"] == [trip.id], "no letter of its own in the list"


def test_it_is_stopped_when_the_person_asks_to(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    def stop(_done: int, _total: int, _words: str) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        made(unit, progress=stop)


_OF_THE_PUPIL = ("Concern about attendance", "Notice to improve attendance", "End of the placement")
"""They tell of marks, or of the last day."""


@pytest.mark.parametrize("template", [one for one in shipped() if one.name not in _OF_THE_PUPIL], ids=lambda one: one.name)
def test_those_that_ship_make_a_letter_that_passes_three_checkers(
    unit: Unit, family: tuple[Pupil, Contact, Contact], template: LetterTemplate
) -> None:
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, head="Jo Head", phone="01632 960142"))
    found = made(unit, template, answers=dict.fromkeys(asked_by(template), "something"))
    assert len(found.papers) == 2, why(found)
    assert isinstance(found.papers[0].story[0], AddressBlock)
    assert_accessible(build_print_file([Document(paper.story, paper.title) for paper in found.papers], title="Letters"))


def test_the_concern_about_attendance_says_what_was_missed(unit: Unit, family: tuple[Pupil, Contact, Contact]) -> None:
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, head="Jo Head", phone="01632 960142"))
    days = [date(2026, 11, day) for day in (16, 17, 18, 19)]
    register.mark(unit.desk, [Mark(pupil_id=family[0].id, day=day, session="AM", code="N" if day.day == 16 else "/") for day in days])
    (template,) = [one for one in shipped() if one.name == "Concern about attendance"]
    said = words(made(unit, template, answers={"Day by which to call": "Friday"}))["Carl Marsh"]
    assert "has attended 75.0 % of the sessions that were open to attend, and has missed 1." in said


NOTICE_ANSWERS = {"Last day of the improvement period": "8 Jan 2027"}


def _notice_to(unit: Unit, pupil: Pupil, **answers: str) -> Merge:
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, head="Jo Head", phone="01632 960142"))
    codes = {16: "O", 17: "G", 18: "/", 19: "/"}
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=date(2026, 11, day), session="AM", code=code) for day, code in codes.items()])
    template = notice_to_improve(unit.desk)
    assert template is not None
    return merge(unit.desk, [pupil.id], template, answers=dict.fromkeys(asked_by(template), "something") | NOTICE_ANSWERS | answers)


@pytest.fixture
def young(unit: Unit) -> Pupil:
    ann = unit.pupil("Young", "Annabel", date(2012, 5, 6), year_group="9", **HOME)
    unit.contact(ann, "Young", title="Mrs", forename="Dora", parental_responsibility=True, lives_with=True)
    unit.contact(ann, "Marsh", forename="Carl", parental_responsibility=True, **AWAY)
    return ann


def test_the_notice_to_improve_goes_to_each_parent_with_what_the_register_says(unit: Unit, young: Pupil) -> None:
    papers = words(_notice_to(unit, young))
    assert len(papers) == 2
    for said in papers.values():
        assert "has missed 2 sessions without leave, from 16 November 2026 to 17 November 2026." in said
        assert "has attended 50.0 % of the sessions" in said
        assert "From 24 November 2026 to 8 January 2027 we look at" in said
        assert "the local authority may send you a penalty notice, or prosecute you" in said


def test_a_notice_to_improve_about_one_session_says_so(unit: Unit, young: Pupil) -> None:
    register.mark(unit.desk, [Mark(pupil_id=young.id, day=date(2026, 11, 16), session="AM", code="O")])
    template = notice_to_improve(unit.desk)
    assert template is not None
    papers = words(merge(unit.desk, [young.id], template, answers=dict.fromkeys(asked_by(template), "something") | NOTICE_ANSWERS))
    assert all("has missed 1 session without leave, on 16 November 2026." in said for said in papers.values())


def test_printing_the_notice_to_improve_is_the_step_with_the_end_of_its_period(unit: Unit, young: Pupil) -> None:
    changed = merging_letters.record_printed(unit.desk, _notice_to(unit, young))
    assert "absence_step" in changed.kinds
    (step,) = absence_steps.of_pupil(unit.desk, young.id)
    assert (step.kind, step.on, step.until) == ("notice", unit.desk.today, date(2027, 1, 8))
    assert step.note == "Letter: Notice to improve attendance"


def test_an_end_of_the_period_that_is_no_day_or_gone_by_is_refused_before_it_prints(unit: Unit, young: Pupil) -> None:
    question = "Last day of the improvement period"
    template = notice_to_improve(unit.desk)
    assert template is not None
    assert "as a date" in merging_letters.why_not(unit.desk, template, {question: "soon"})
    assert "after the day" in merging_letters.why_not(unit.desk, template, {question: "24/11/2026"})
    assert merging_letters.why_not(unit.desk, template, {question: "8/1/2027"}) == ""
    assert merging_letters.why_not(unit.desk, HELLO, {}) == ""


def test_many_letters_are_one_file_that_holds_each_font_once(unit: Unit) -> None:
    many = [
        Pupil(
            id=f"p{number}", ref=f"P{number:04d}", surname=f"Surname{number}", forename="Ann", dob=date(2012, 5, 6), year_group="9", **HOME
        )  # type: ignore[arg-type]
        for number in range(40)
    ]
    parents = [
        Contact(
            id=f"c{pupil.id}",
            pupil_id=pupil.id,
            surname=pupil.surname,
            title="Mrs",
            relationship="PAM",
            parental_responsibility=True,
            lives_with=True,
        )
        for pupil in many
    ]
    with unit.desk.act(Action.EDIT_RECORD) as work:
        records.add(work, [*many, *parents], source="form")
    found = made(unit)
    data = build_print_file([Document(paper.story, paper.title) for paper in found.papers], title="Letters")
    assert len(found.papers) == 40
    alone = build_print_file([Document(found.papers[0].story, found.papers[0].title)], title="Letters")
    assert len(data) < 3 * len(alone)
