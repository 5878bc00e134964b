"""The catalogue stays honest: what is held is stated once, named in the notice, kept in columns and shown to the family."""

import dataclasses
import sqlite3
from collections.abc import Iterator
from datetime import date

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.places import resource
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers.notice import front_part
from pupil_desk.domain.catalogue.catalogue import NOT_ITEMS, RECORDS, every_item, label_of
from pupil_desk.domain.catalogue.items import Category, Kind, Section, attributes_of, items_of
from pupil_desk.domain.catalogue.validation import _READERS
from pupil_desk.domain.governance.retention import proposed_schedule
from pupil_desk.domain.sharing.sharing import Level, heard_recipients, items_at
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.notices import notice_text
from pupil_desk.store.file import migrate

UNIT = UnitSettings(name="Larkfield", la="919", estab="1100", youth_service="Young Larkfield", with_parent=True)
_OF_THE_ROW = {
    "sort_key": "made from the name, to sort by",
    "same_as": "which record of the same person is kept, by the events of merging",
    "at": "when the row was recorded",
    "set_by": "who recorded it",
    "recorded_by": "who recorded it",
    "act": "which act recorded it: what one import brought is found together",
    "issued_by": "who recorded it",
    "begun_by": "who recorded it",
    "made_by": "who recorded it",
    "seq": "the order in which events were recorded",
    "source": "whether it was entered on the screen or came with a file",
    "id": "an identity of ours without meaning",
    "planned": "whether it was entered before the session began",
    "entering": "which act entered it: when, and by whom",
    "overtaken": "whether a note that was restricted since came after it",
}
"""Columns that are no attributes, each with the reason."""


SEALED = {"safeguarding_entry": "all that an entry says stands in one cell, which is encrypted under the key of its room"}
"""Records whose items are no columns: the whole stands in «body», under a second key that «key_id» names; each with the reason."""


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    """An empty database of the shape that the scripts give a unit's file."""
    con = sqlite3.connect(":memory:")
    for script in migrate.scripts():
        for statement in migrate.statements(script.text):
            con.execute(statement)
    yield con
    con.close()


@pytest.mark.parametrize("record", RECORDS)
def test_attributes_equal_columns(record: str, database: sqlite3.Connection) -> None:
    columns = {row[1] for row in database.execute(f"PRAGMA table_info({record})")}  # a record's table has its name
    attributes = set(attributes_of(RECORDS[record]))
    if record in SEALED:
        attributes -= {item.name for item in items_of(RECORDS[record])}
        assert {"body", "key_id"} <= columns
        columns -= {"body", "key_id"}
    assert attributes <= columns, f"no column for {attributes - columns}: add a script"
    assert columns - attributes <= set(_OF_THE_ROW), f"no attribute for {columns - attributes}"


def test_an_attribute_without_its_script_is_told(database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    with_shoes = dataclasses.make_dataclass(
        "Pupil", [("shoe_size", str | None, None)], bases=(RECORDS["pupil"],), frozen=True, kw_only=True
    )
    monkeypatch.setitem(RECORDS, "pupil", with_shoes)  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match=r"no column for \{'shoe_size'\}: add a script"):
        test_attributes_equal_columns("pupil", database)


def test_every_attribute_is_an_item_or_says_why_not() -> None:
    for kind in RECORDS.values():
        assert set(attributes_of(kind)) - {item.name for item in items_of(kind)} <= set(NOT_ITEMS)


def test_every_item_has_its_facts() -> None:
    for path, item in every_item().items():
        assert item.label, path
        assert item.facts.retention in proposed_schedule().classes, path
        assert (item.codes is not None) == (item.kind is Kind.CODE), path
        if item.codes:
            assert codelist(item.codes).codes, path


def test_every_kind_has_one_check() -> None:
    assert set(_READERS) == set(Kind)


def test_health_and_ethnic_origin_name_their_condition() -> None:
    special = {path for path, item in every_item().items() if item.facts.special}
    assert special == {
        "pupil.ethnicity",
        "pupil.sen_provision",
        "pupil.sen_need_1",
        "pupil.sen_need_2",
        "pupil.medical",
        "suspension.sen_provision",
        "enrolment.entry_reason",
        "placement.reason",
        "placement.purpose",
        "school_place.purpose",
        "school_place.success",
        "school_place_review.found",
        "school_place_review.said",
        "bought_place_review.found",
        "bought_place_review.said",
        "journey.needs",
        "note.text",
        "note.struck",
        "not_taken.value",
        "request_case.asked",
        "request_event.note",
        "request_letter.words",
        "consent_event.asked_about",
        "consent_event.note",
        "consent_competence.reason",
        "consent_invitation.occasion",
        "incident.account",
        "incident.led_to_it",
        "incident.tried",
        "incident.necessary",
        "incident.needs",
        "incident.triggers",
        "incident.injury",
        "incident.first_aid",
        "incident.support",
        "incident_event.note",
        "safeguarding_entry.nature",
        "safeguarding_entry.text",
        "safeguarding_entry.pupil_words",
        "safeguarding_entry.body_map",
        "safeguarding_entry.decision",
        "safeguarding_entry.outcome",
        "safeguarding_entry.status",
        "safeguarding_entry.papers",
        *(
            path
            for path in every_item()
            if path.split(".")[0]
            in (
                "sen_period",
                "sen_need",
                "health_item",
                "disability",
                "health_none",
                "medicine",
                "dose",
                "attachment",
                "plan",
                "plan_step",
                "accident",
                "exam_arrangement",
            )
        ),
    }


def _front() -> str:
    filling = notice_text.filling_of(UNIT, date(2026, 9, 1))
    return plain_text(front_part(notice_text.prose(), filling))


def test_every_item_is_in_the_annex() -> None:
    named = {label for row in notice_text.annex_of(UNIT, date(2026, 9, 1)).items for label in row.labels}
    assert {label_of(path) for path in every_item()} == named


def test_every_category_is_in_the_front_part() -> None:
    front = _front().casefold()
    for item in every_item().values():
        assert item.facts.category is not Category.STAFF
        assert item.facts.category.value.casefold() in front


@pytest.mark.parametrize("name", heard_recipients())
def test_every_item_of_a_recipient_is_under_its_name_in_the_annex(name: str) -> None:
    recipient = heard_recipients()[name]
    row = next(row for row in notice_text.annex_of(UNIT, date(2026, 9, 1)).recipients if row.name.startswith(recipient.label))
    told = items_at(recipient, Level.FULL, UNIT.rules)
    assert [label_of(path) for path in told] == list(row.full)


def test_an_item_that_no_one_names_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test of every item can fail: an item taken out of the annex is missed."""
    annex = notice_text.annex_of(UNIT, date(2026, 9, 1))
    short = dataclasses.replace(annex, items=annex.items[1:])
    monkeypatch.setattr(notice_text, "annex_of", lambda _settings, _day: short)
    with pytest.raises(AssertionError):
        test_every_item_is_in_the_annex()


def test_every_section_that_is_used_has_its_place() -> None:
    used = {item.section for item in every_item().values()} | {item.section for item in items_of(UnitSettings)}
    assert used <= set(Section)


def test_every_code_list_that_an_item_names_ships() -> None:
    names = {item.codes for item in (*every_item().values(), *items_of(UnitSettings)) if item.codes}
    assert all(resource("codes", f"{name}.toml").is_file() for name in names)
