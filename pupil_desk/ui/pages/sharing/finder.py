"""Finding a pupil: type, Enter. Nobody's record is opened until one is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.sharing.sharing import Decision, youth_support_service
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.sharing import sharing
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import NAME, Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.pages.sharing.words import decided_words, level_words


@dataclass(frozen=True, slots=True)
class SharingMatch:
    """One pupil of the list, with what the youth support service would be told today."""

    id: str
    name: str
    dob: date
    age: int
    now: Decision | None


def pupil_table(desk: Desk) -> Table[SharingMatch]:
    """The pupils to choose from."""
    empty = EmptyState("magnifying-glass", _("No pupil has a name or number like that"), _("Try the beginning of a surname, or a UPN."))
    columns = (
        badged(
            desk,
            Column[SharingMatch]("name", _("Pupil"), lambda row: row.name, stretch=True, most=NAME, tip=_tip),
            lambda row: row.id,
            in_colour=True,
        ),
        Column[SharingMatch]("age", _("Age"), lambda row: str(row.age), align="right", tip=_tip),
        Column[SharingMatch]("now", _("Youth support today"), _now, tip=_reason),
        Column[SharingMatch](
            "decided",
            _("Decided by"),
            lambda row: decided_words(row.now.decided_by) if row.now else "",
            width=12,
            stretch=True,
            tip=_reason,
        ),
    )
    return Table(columns, name=_("Pupils to choose from"), empty=empty, stands_on_first=False)


def _now(row: SharingMatch) -> str:
    return level_words(row.now.level) if row.now else _("Not on roll")


def _tip(row: SharingMatch) -> str:
    return _("Born {day}").format(day=show_date(row.dob))


def _reason(row: SharingMatch) -> str:
    return row.now.reason if row.now else _("Not on the unit’s roll: nothing is told.")


def decisions(context: Context) -> dict[str, Decision]:
    """What the youth support service would be told today, by pupil."""
    return {row.pupil.id: row.decision for row in sharing.preview(context.desk, youth_support_service().name)}


def matching_pupils(context: Context, text: str, now: Mapping[str, Decision]) -> list[SharingMatch]:
    """The pupils on roll; those that are not, too, once something is typed to find them."""
    today = context.desk.today
    rows = []
    for values in pupils.listing(context.desk, find=text):
        pupil_id, _ref, surname, forename, preferred, born, _year, _upn, _status, _protected = values
        if not text.strip() and pupil_id not in now:
            continue
        known_as = f" ({preferred})" if preferred and preferred != forename else ""
        dob = date.fromisoformat(str(born))
        name = f"{surname}, {forename}{known_as}"
        rows.append(SharingMatch(str(pupil_id), name, dob, age_on(dob, today), now=now.get(str(pupil_id))))
    return rows
