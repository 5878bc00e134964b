"""How long the unit keeps each class: seen before what a change would do, kept as a version with its day, and given back to what we propose.

Nothing else has to be done: the notice becomes a new edition by itself, and what is due follows from the version that holds.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.validation import Problem, gathered, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.governance.retention import CONSENT, NAME, REQUEST, RetentionClass, RetentionEvent, check_class, proposed_schedule
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import due_for_erasure
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import retention_events as store

LONGEST_SOURCE = 200


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """What setting a class would change: its sentence, and of how many things held the day comes earlier or later.

    ``pupils`` is how many pupils that concerns; ``due_now`` how many things would be due at once that are not due today.
    """

    before: RetentionClass
    after: RetentionClass
    earlier: int
    later: int
    pupils: int
    due_now: int

    @property
    def words(self) -> str:
        """The same for whoever decides."""
        sentences = [
            _("Until now: {before}.").format(before=self.before.sentence),
            _("From then on: {after}.").format(after=self.after.sentence),
        ]
        if not self.earlier and not self.later:
            sentences.append(_("Nothing that is held falls due on another day."))
            return "\n".join(sentences)
        template = _("{things} of {pupils}: {earlier} earlier, {later} later.")
        sentences.append(
            template.format(
                things=count_of(
                    self.earlier + self.later, _("thing held falls due on another day"), _("things held fall due on another day")
                ),
                pupils=count_of(self.pupils, _("pupil"), _("pupils")),
                earlier=self.earlier,
                later=self.later,
            )
        )
        if self.due_now:
            sentences.append(_("Due at once: {number}. Nothing is erased by itself.").format(number=self.due_now))
        return "\n".join(sentences)


def events_of(name: str) -> tuple[RetentionEvent, ...]:
    """From what a class may count. A consent and a request have their own event; of the rest what is known of every pupil."""
    return {CONSENT: (RetentionEvent.LAPSED,), REQUEST: (RetentionEvent.CLOSED,), NAME: ()}.get(
        name, (RetentionEvent.BIRTH, RetentionEvent.ENTRY, RetentionEvent.LEFT)
    )


def proposal(name: str) -> RetentionClass:
    """A class as we propose it."""
    return proposed_schedule()[name]


@gathered
def problems(desk: Desk, retention_class: RetentionClass, holds_from: date) -> Iterator[Problem]:
    """What stands against a class: a law's minimum, what must outlive what it proves, an event that is not known of it, a day that is over."""
    yield from _problems_from(desk, retention_class, holds_from)
    known_events = {
        *events_of(retention_class.name),
        *(RetentionEvent.BIRTH for part in retention_class.parts if part.if_hurt and retention_class.name == CONSENT),
    }
    if not retention_class.parts or not {part.event for part in retention_class.parts} <= known_events:
        yield Problem("event", "not_known", _("Choose from what the time counts."))
    if len(retention_class.source) > LONGEST_SOURCE:
        yield Problem("source", "too_long", _("Say it in at most 200 characters."))
    if holds_from < desk.today:
        yield Problem("holds_from", "past_date", _("This day is over. What held then stays as it was: choose today or a later day."))


def _problems_from(desk: Desk, retention_class: RetentionClass, holds_from: date) -> Iterator[Problem]:
    """What stands against a class on the day from which it is to hold, or on a later one from which another is set to hold."""
    days = (holds_from, *store.days_of_change(desk.vault, holds_from))
    found = (problem for day in days for problem in check_class(retention_class, store.schedule(desk.vault, day)))
    yield from dict.fromkeys(found)


def would_change(desk: Desk, retention_class: RetentionClass) -> PeriodChange:
    """What would change if a class were set so, of all that is held today. Raises NotAllowed."""
    desk.require(Action.EDIT_SETTINGS, "retention", retention_class.name)
    before, earlier, later, pupils, due_now = desk.schedule[retention_class.name], 0, 0, set[str](), 0
    for held_item in due_for_erasure.held_items(desk):
        if held_item.retention_class.name != retention_class.name:
            continue
        old, new = before.due(held_item.happened), retention_class.due(held_item.happened)
        if old == new:
            continue
        pupils.add(held_item.pupil_id)
        sooner = (new or date.max) < (old or date.max)
        earlier, later = earlier + sooner, later + (not sooner)
        due_now += new is not None and new <= desk.today and (old is None or old > desk.today)
    return PeriodChange(before, retention_class, earlier, later, len(pupils - {""}), due_now=due_now)


def save(desk: Desk, retention_class: RetentionClass, holds_from: date | None = None) -> Changed:
    """Keep how long a class is kept from a day on (today). Raises NotAllowed, Refused."""
    desk.require(Action.EDIT_SETTINGS, "retention", retention_class.name)
    holds_from, retention_class = holds_from or desk.today, replace(retention_class, source=tidy(retention_class.source))
    refuse(problems(desk, retention_class, holds_from))
    with desk.act(Action.EDIT_SETTINGS, "retention", retention_class.name, f"kept otherwise from {holds_from.isoformat()}") as work:
        store.add(desk.vault, retention_class, retention_class.name, holds_from=holds_from, moment=work.stamp, actor=work.actor)
    return Changed.of("settings", "retention", "erasure")


def reset(desk: Desk, name: str) -> Changed:
    """Give a class back to what we propose, from today. Raises NotAllowed, Refused (proof would go before its record)."""
    desk.require(Action.EDIT_SETTINGS, "retention", name)
    refuse(_problems_from(desk, proposal(name), desk.today))
    with desk.act(Action.EDIT_SETTINGS, "retention", name, "as proposed") as work:
        store.add(desk.vault, None, name, holds_from=desk.today, moment=work.stamp, actor=work.actor)
    return Changed.of("settings", "retention", "erasure")


def history(desk: Desk) -> list[tuple[str, str]]:
    """Every version there was, the latest first: the class with the day from which it holds, and what was set by whom."""
    desk.require(Action.READ_RECORD)
    entries, later_rows = [], defaultdict[str, list[Row]](list)
    for row in store.versions(desk.vault):
        rows = later_rows[row["class"]]
        entries.append(_history_entry(row, has_held=not any(_replaced_before(row, later_row) for later_row in rows)))
        rows.append(row)
    return entries


def _replaced_before(row: Row, later_row: Row) -> bool:
    """Whether one set later was set before the day of a version, and holds from that day or an earlier one."""
    return bool(later_row["holds_from"] <= row["holds_from"] and local_time(later_row["at"]).date().isoformat() < row["holds_from"])


def _history_entry(row: Row, *, has_held: bool) -> tuple[str, str]:
    default = proposed_schedule()[row["class"]]
    retention_class = store.class_of(default, row)
    template = _("{class_}, from {day}") if has_held else _("{class_}, meant from {day}, replaced before")
    title = template.format(class_=default.label, day=show_date(date.fromisoformat(row["holds_from"])))
    return title, _("{sentence} ({source}), set by {who}").format(
        sentence=retention_class.sentence, source=retention_class.source, who=row["by"]
    )
