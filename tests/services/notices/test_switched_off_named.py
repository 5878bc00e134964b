"""What a unit has switched off is not in its notice, unless something of it is on file still."""

import dataclasses

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


def test_to_switch_off_makes_a_new_edition_and_says_why(unit: Unit) -> None:
    before = notice_editions.current_edition(unit.desk)
    switch(unit, on=False)
    after = notice_editions.current_edition(unit.desk)
    assert (after.catalogue != before.catalogue, after.wording == before.wording) == (True, True)
