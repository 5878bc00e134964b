"""Each item that an export can carry is named under its recipient in the notice; none carries another. All exports, the unit's own too."""

import dataclasses
import re
from datetime import date

import pytest

from pupil_desk.basics.text import capital
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers.notice import front_part
from pupil_desk.domain.catalogue.catalogue import every_item, label_of
from pupil_desk.domain.exports.own_export import OwnColumn, OwnExport, choosable_items
from pupil_desk.domain.pupils.sending import OUTSIDE, UNKNOWN, Destination
from pupil_desk.domain.sharing.recipients import MAIN_SCHOOL, OTHER, NoticeUse, register
from pupil_desk.domain.sharing.unit_recipients import chosen_recipients
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.exports import EXPORTS, all_exports, promised_exports
from pupil_desk.services.exports.ctf import CTF
from pupil_desk.services.exports.export import Export
from pupil_desk.services.exports.lrs_uln import LRS_ULN
from pupil_desk.services.exports.making import ExportOrder, ask_of
from pupil_desk.services.exports.own.rows import export_of
from pupil_desk.services.notices import notice_text
from pupil_desk.services.schools import charging
from tests.papers.made import stands_in, told_in

OWN = export_of(
    OwnExport(
        own_export="own-all",
        title="Everything",
        recipient="Larkfield Reviewers",
        purpose="To review",
        basis="public-task",
        law="A law of ours",
        condition="Article 9(2)(g)",
        columns=tuple(OwnColumn(path, path) for path in choosable_items()),
    )
)
BY_CONSENT = export_of(
    OwnExport(
        own_export="own-garage",
        title="Garage",
        recipient="Acme Garage",
        purpose="Placements",
        basis="consent",
        law="Telling Acme Garage",
        consent="photographs||website",
        columns=(OwnColumn("pupil.surname", "Surname"), OwnColumn("pupil.ethnicity", "Ethnic group")),
    )
)
ALL = (*EXPORTS, OWN, BY_CONSENT)


@pytest.mark.parametrize("export", ALL, ids=lambda export: export.name)
def test_each_item_is_named_under_the_recipient_and_its_category_in_the_front_part(demonstration: Desk, export: Export) -> None:
    settings = dataclasses.replace(demonstration.settings, with_parent=True)
    annex = notice_text.annex_of(settings, date(2026, 9, 1), ALL)
    named = {label for row in annex.recipients if row.name.startswith(export.recipient) for label in row.full}
    printed = next(words for name, words in told_in(annex).items() if name.startswith(export.recipient))
    front = plain_text(front_part(notice_text.prose(), notice_text.filling_of(settings, date(2026, 9, 1))))
    for path in export.items:
        label, category = label_of(path), every_item()[path].facts.category.value
        assert label in named
        assert category.casefold() in front.casefold()
        under = printed[f"{capital(category.partition(' (')[0])}:"]
        everything = "everything listed above" in under
        assert everything or stands_in(label, under), label
        assert not everything or {label for row in annex.items if row.category == category for label in row.labels} <= named


@pytest.mark.parametrize("code", ["9194001", "919LLLL", UNKNOWN, OUTSIDE])
def test_wherever_a_transfer_file_goes_is_among_its_recipients(code: str) -> None:
    """Of several receivers the log of disclosures names the one: it is of those whom the notice names under the export."""
    kind = re.split(r" [0-9]|,", Destination(code).words)[0]
    assert kind.lower() in CTF.recipient.lower()


def test_the_front_part_promises_the_learning_records_service_all_that_it_is_sent() -> None:
    """It is the one recipient of whom the front part says what exactly we send: each item is one of the things that the sentence names."""
    (sentence,) = re.findall(r"\*\*The Learning Records Service.*?We send it a pupil’s (.*?)\.", notice_text.prose())
    address = {f"pupil.{part}" for part in ("address_1", "address_2", "locality", "town", "county", "postcode")}
    words = {"pupil.sex": "sex", "pupil.dob": "date of birth"} | dict.fromkeys(address, "address")
    names = {"pupil.forename", "pupil.surname", "pupil.middle_names", "pupil.preferred_forename"}
    assert {words.get(item, "name" if item in names else item) for item in LRS_ULN.items} == set(re.split(", | and ", sentence))


@pytest.mark.parametrize("export", ALL, ids=lambda export: export.name)
def test_nothing_goes_that_it_does_not_say(demonstration: Desk, export: Export) -> None:
    selection = export.select(demonstration, ask_of(demonstration, export, ExportOrder(reason="")))
    columns = {column.item for sheet in selection.sheets for column in sheet.columns} - {""}
    assert columns <= set(export.items)
    assert {item for told in selection.exported for item in told.items} <= set(export.items)
    if export.name not in ("ctf", "post-16", "school-week"):  # which have several receivers of the kind that the notice names
        assert {told.recipient for told in selection.exported} <= {None, export.recipient}
    for told in selection.exported:
        for row in told.rows:
            filled = {column.item for column, cell in zip(selection.sheets[row.sheet].columns, row.cells, strict=True) if cell is not None}
            assert filled - {""} <= set(told.items)


def test_one_by_consent_says_so_and_that_it_is_explicit(demonstration: Desk) -> None:
    row = next(row for row in notice_text.annex_of(demonstration.settings, date(2026, 9, 1), ALL).recipients if row.name == "Acme Garage")
    assert row.law == (
        "Only with your consent. UK GDPR Article 6(1)(a): Telling Acme Garage; specially protected: explicit consent, UK GDPR Article 9(2)(a)"
    )


def test_of_the_register_all_stand_in_the_notice_by_their_words(demonstration: Desk) -> None:
    """Whoever the program or a person may tell is among the headings of the annex, as the log names them."""
    headings = [
        row.name for row in notice_text.annex_of(demonstration.settings, demonstration.today, promised_exports(demonstration)).recipients
    ]
    for one in register().values():
        named = one.use is not NoticeUse.CHOSEN or one in chosen_recipients(demonstration.settings)
        assert any(heading.startswith(one.label) for heading in headings) == named, one.name
    for export in all_exports(demonstration):
        disclosures.refuse_unnamed(demonstration, [export.recipient_key])
        assert any(heading.startswith(export.recipient) for heading in headings)
    rows = demonstration.vault.rows("SELECT DISTINCT told_to, recipient FROM disclosure")
    assert rows
    assert all(row["told_to"] == OTHER or not disclosures.not_named(demonstration, row["told_to"]) for row in rows)


def test_what_a_statement_of_charges_tells_a_school_is_named_under_it() -> None:
    assert set(charging._TELLS) <= set(register()[MAIN_SCHOOL].full)
