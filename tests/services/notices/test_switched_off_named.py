"""What a unit has switched off is not in its notice, unless something of it is on file still."""

import dataclasses
from collections.abc import Collection

from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.services.governance import papers
from pupil_desk.services.incidents import recording
from pupil_desk.services.notices import notice_editions
from pupil_desk.services.unit import settings, uses
from tests.services.exports.made import DAY, Unit
from tests.services.figures.known import pupils_of

WORDS = "incidents, behaviour and rewards"


def switch(unit: Unit, *, on: bool) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, records_incidents=on))


def named(unit: Unit) -> set[bool]:
    """Whether each place of the notice, and of the record of processing, names incidents."""
    said = notice_editions.said_now(unit.desk)
    rows = papers.activity_rows(unnamed=uses.unnamed(unit.desk))
    special = papers.special_rows(unnamed=uses.unnamed(unit.desk))
    return {
        any(path.startswith("incident") for path in said.items),
        any(item.category == WORDS for item in said.items.values()),
        WORDS in str(said.filling["categories"]),
        WORDS in str(said.filling["kept_table"]).casefold(),
        any(path.startswith("incident") for recipient in said.recipients.values() for path in recipient.full),
        any(row[0].casefold() == WORDS for row in rows),
        any("incident" in items.casefold() for items, _condition in special),
    }


def test_it_is_named_while_it_is_used_or_held_and_else_not(unit: Unit) -> None:
    pupil, *_rest = pupils_of(unit)
    assert named(unit) == {True}
    switch(unit, on=False)
    assert named(unit) == {False}
    switch(unit, on=True)
    recording.enter(unit.desk, [Incident(pupil_id=pupil.id, kind="effort", day=DAY, part="took-part")])
    switch(unit, on=False)
    assert named(unit) == {True}, "what is held is told"


def places_of(unit: Unit, records: Collection[str], categories: Collection[str]) -> list[bool]:
    """Whether each place of the notice, and of the record of processing, names what is of these kinds of record and of these categories alone."""
    said, unnamed = notice_editions.said_now(unit.desk), uses.unnamed(unit.desk)

    def of_records(path: str) -> bool:
        return path.partition(".")[0] in records

    in_words = [
        category.casefold() in str(said.filling[name]).casefold() for name in ("categories", "kept_table") for category in categories
    ]
    return [
        any(map(of_records, said.items)),
        *in_words,
        *(any(row[0].casefold() == category.casefold() for row in papers.activity_rows(unnamed=unnamed)) for category in categories),
    ]


def test_each_use_is_named_in_every_place_and_in_none_once_it_is_off(unit: Unit) -> None:
    switches = [use.switch for use in uses._USES]
    all_on = dataclasses.replace(unit.desk.settings, **dict.fromkeys(switches, True))
    for use in uses._USES:
        settings.save_settings(unit.desk, all_on)
        items = notice_editions.said_now(unit.desk).items
        others = {item.category for path, item in items.items() if path.partition(".")[0] not in use.records}
        of_it = {item.category for path, item in items.items() if path.partition(".")[0] in use.records} - others
        assert set(places_of(unit, use.records, of_it)) == {True}, (use.switch, of_it, places_of(unit, use.records, of_it))
        settings.save_settings(unit.desk, dataclasses.replace(all_on, **{use.switch: False}))
        assert set(places_of(unit, use.records, of_it)) == {False}, use.switch


def test_to_switch_off_makes_a_new_edition_and_says_why(unit: Unit) -> None:
    before = notice_editions.current_edition(unit.desk)
    switch(unit, on=False)
    after = notice_editions.current_edition(unit.desk)
    assert (after.catalogue != before.catalogue, after.wording == before.wording) == (True, True)
