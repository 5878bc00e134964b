"""The papers of the unit's duties cannot say less than the program does, and say what is not entered yet."""

import dataclasses
from datetime import date

from pupil_desk.documents.blocks import Table, plain_text
from pupil_desk.documents.papers import governance as layout
from pupil_desk.documents.pdf.page import pages_needed
from pupil_desk.domain.catalogue.catalogue import every_item, label_of
from pupil_desk.domain.sharing.recipients import FAMILY, MAIN_SCHOOL, register
from pupil_desk.domain.sharing.unit_recipients import chosen_recipients
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.governance import papers
from pupil_desk.services.pupils import details_checks
from pupil_desk.services.sheet.sections import TABLES
from pupil_desk.services.unit import settings
from tests.services.exports.made import Unit


def words(unit: Unit, key: str) -> str:
    return plain_text(papers.story(unit.desk, key)[0])


def test_the_record_gives_its_widest_column_the_most_room() -> None:
    rows = papers.activity_rows()
    assert pages_needed(layout.activities(rows)) < pages_needed([Table("", [""] * 6, rows, widths=(1.8, 3.7, 1.6, 1.5, 2.5, 1.9))])


def test_the_record_names_every_item_once_with_purpose_basis_and_period() -> None:
    rows = papers.activity_rows()
    listed = [label for row in rows for kind in row[1].split("; ") for label in kind.partition(": ")[2].split(", ")]
    paths = every_item()
    assert sum(len(item.label.split(", ")) for item in paths.values()) == len(listed)
    for path, item in paths.items():
        (row,) = [
            row
            for row in rows
            if papers.in_short([path]).partition(": ")[2] in row[1].partition(": ")[2] or papers.in_short([path]) in row[1]
        ][:1]
        assert all(row), path
        assert item.facts.category.value.lower() in {one[0].lower() for one in rows}


def test_every_recipient_of_an_export_and_of_papers_is_named_with_its_law(unit: Unit) -> None:
    unit.with_parent()
    assert not any(row[0] == register()[MAIN_SCHOOL].label for row in papers.recipient_rows(unit.desk)), "the unit works with none yet"
    all_used = dataclasses.replace(unit.desk.settings, keeps_safeguarding=True, told_schools="Broadmere School")
    settings.save_settings(unit.desk, all_used)
    rows = papers.recipient_rows(unit.desk)
    for export in EXPORTS:
        assert any(row[0].startswith(export.recipient) and row[1] == export.law for row in rows), export.name
        for path in export.items:
            assert any(label_of(path) in row[2] for row in rows)
    family = rows[-1]
    assert family[0] == register()[FAMILY].label
    assert "privacy notice" in family[2]
    assert "slip: is what we hold still right?" in family[2]
    (notes,) = [row[5] for row in papers.activity_rows() if "medical notes" in row[1].casefold()]
    assert register()[FAMILY].label in notes.split("; "), "they stand on the slip"
    given = {to for row in papers.activity_rows() for to in row[5].split("; ")}
    assert {export.recipient for export in EXPORTS} | {register()[FAMILY].label} <= given


def test_whoever_a_sheet_of_paper_tells_stands_beside_what_it_tells(unit: Unit) -> None:
    """A transport sheet, a provider's sheet and a statement of charges are no exports, and letters to the family are named one by one."""
    settings_of = {"transport": "told_transport", "providers": "told_providers", MAIN_SCHOOL: "told_schools"}
    named = dict.fromkeys(settings_of.values(), "Somebody, 919/4001")
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, **named))  # type: ignore[arg-type]
    chosen = [recipient for recipient in chosen_recipients(unit.desk.settings) if recipient.name in settings_of]
    assert len(chosen) == len(settings_of)
    rows = papers.activity_rows((), chosen=chosen)
    for recipient in chosen:
        for path in recipient.full:
            assert [path for row in rows if papers.in_short([path]).partition(": ")[2] in row[1] and recipient.label in row[5]], path
    carried = [row[5] for row in papers.activity_rows() if "who may receive" in row[1].casefold()]
    assert register()["transport"].label not in str(carried), "of a unit that works with no operator"
    assert register()["transport"].label in words(unit, "ropa")
    letters = {name for name, told in vars(on_paper).items() if isinstance(told, on_paper.Tells)}
    assert {name for name in letters if getattr(on_paper, name) not in papers._TOLD_BY_PAPERS} == set()


def test_every_item_that_the_law_protects_specially_has_its_condition_in_record_and_policy(unit: Unit) -> None:
    special = {path for path, item in every_item().items() if item.facts.special}
    for rows in (papers.special_rows(), papers.special_rows(with_basis=True)):
        text = " ".join(row[0] for row in rows)
        for path in special:
            assert papers.in_short([path]).partition(": ")[2] in text, path
    assert all("Lawful basis: " in condition and "Kept " in condition for _items, condition in papers.special_rows(with_basis=True))
    policy = words(unit, "policy")
    assert "schedule 1" in policy
    assert "Kept no longer than needed." in policy


def test_every_section_of_the_sheet_stands_under_a_period() -> None:
    parts = " ".join(row[1] for row in papers.period_rows())
    for section in TABLES:
        assert papers.section_words(section) in parts, section
        assert "_" not in papers.section_words(section)


def test_the_papers_take_the_units_details_and_say_which_are_missing(unit: Unit) -> None:
    assert papers.missing_details(unit.desk) == (
        "Head of the unit",
        "Data protection officer",
        "Registration number with the data protection regulator",
    )
    changed = dataclasses.replace(unit.desk.settings, head="Robin Ashdown", dpo="Jo Carrow", ico_number="ZA123456", controller="Larkshire")
    settings.save_settings(unit.desk, changed)
    assert papers.missing_details(unit.desk) == ()
    record = words(unit, "ropa")
    for detail in ("Robin Ashdown", "Jo Carrow", "ZA123456", "Larkshire", "Larkfield Centre (919/1100)"):
        assert detail in record
    assert "Jo Carrow" in words(unit, "policy")


def test_the_assessment_counts_people_and_names_none(unit: Unit) -> None:
    from datetime import date

    from pupil_desk.domain.pupils.enrolment import Enrolment

    unit.contact(unit.pupil("Quill", "Bea", date(2012, 5, 6)), "Quill")
    unit.pupil("Larch", "Dan", date(2010, 5, 6), Enrolment(status="C", start_date=date(2024, 9, 2), end_date=date(2026, 7, 1)))
    text = words(unit, "dpia")
    assert "1 pupil on roll, 1 others on file, 1 contact" in text
    assert "Quill" not in text
    assert "Larch" not in text


def test_what_the_officer_signs_says_the_longer_periods_and_that_exports_may_be_open(unit: Unit) -> None:
    text = words(unit, "dpia")
    assert "most of it until the pupil’s 25th birthday; special educational needs until the pupil’s 31st birthday" in text
    assert "so are exports unless somebody with the right to do so decides otherwise" in text
    policy = words(unit, "policy")
    assert "What a request says is kept 6 years from the day the case is closed; what a consent says, 1 year from the day" in policy


def test_printing_is_logged(unit: Unit) -> None:
    papers.log_print(unit.desk, "ropa")
    assert unit.log()[-1] == ("print-form", "ropa", "printed")


def test_the_wait_is_a_number_of_days_that_may_be(unit: Unit) -> None:
    for days in (0, 91):
        assert [problem.column for problem in settings.check_settings(dataclasses.replace(unit.desk.settings, erase_wait=days))] == [
            "erase_wait"
        ]


def test_the_policy_says_of_the_slip_what_the_program_does(unit: Unit) -> None:
    policy = words(unit, "policy")
    assert "every year" not in policy
    assert "The program lists those of whom nobody has checked it for a year" in policy
    pupil = unit.pupil("Ash", "Ann", date(2012, 1, 5))
    assert [one.id for one in details_checks.not_checked(unit.desk, unit.desk.today)] == [pupil.id]
