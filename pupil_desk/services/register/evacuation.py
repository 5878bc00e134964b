"""Who is in the building now, by the register: for the fire warden. Names, protected ones too; no address, number or contact.

By the mark of the session of the time. A pupil without a mark may be anywhere, and so is listed apart, by group too, to be looked for. Guests are in the
register, and on the sheet; staff and visitors are not in this program, which the sheet says.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import begun_small, fold
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import evacuation as layout
from pupil_desk.documents.papers.evacuation import BASE, Someone
from pupil_desk.documents.typography.fonts import named_with_boxes
from pupil_desk.domain.care.health import Disability
from pupil_desk.domain.care.needs import lasts_on
from pupil_desk.domain.register.attendance import CODES, ELSEWHERE, Session, category_of, on_site, started
from pupil_desk.domain.register.attendance import DUAL as AT_THE_OTHER_SCHOOL
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.register import RegisterRow
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several

__all__ = ["BASE", "RollCall", "log_print", "paper", "roll_call"]

_GUEST, _SEVERAL = "G", 2


@dataclass(frozen=True, slots=True)
class RollCall:
    """Who is where in the session of a moment, by the register as it stands now; each list by name.

    ``in_building`` are those marked as on our site, by group; ``unmarked`` have no mark; ``elsewhere`` are taught off site; ``absent`` are the rest.
    """

    moment: datetime
    session: Session
    in_building: Mapping[str, Sequence[RegisterRow]]
    unmarked: Sequence[RegisterRow]
    elsewhere: Sequence[RegisterRow]
    absent: Sequence[RegisterRow]
    closed: str = ""  # why, as a sentence, on a day on which nobody is expected

    @property
    def when(self) -> str:
        """«24 November 2026, 10:05, morning»."""
        names = {Session.AM: _("morning"), Session.PM: _("afternoon")}
        return _("{day}, {time}, {session}").format(
            day=show_date(self.moment.date()), time=f"{self.moment:%H:%M}", session=names[self.session]
        )

    @property
    def foot(self) -> str:
        """What stands at the foot of each page: in haste they come apart."""
        return _("Evacuation sheet, {when}").format(when=self.when)

    @property
    def number_in(self) -> int:
        """How many are marked as in."""
        return sum(map(len, self.in_building.values()))

    @property
    def ids(self) -> set[str]:
        """Everybody whom a sheet of it names."""
        return {row.pupil_id for rows in (*self.in_building.values(), self.unmarked, self.elsewhere) for row in rows}


def roll_call(desk: Desk, moment: datetime | None = None) -> RollCall:
    """Who is in at a moment of the office's own time, by default now. Raises NotAllowed."""
    desk.require(Action.CONTACT_SHEET)
    local_moment = moment or desk.clock.now().astimezone()
    day = local_moment.date()
    session = Session.PM if started(day, Session.PM, local_moment, desk.settings.session_starts) else Session.AM
    view = register.view(desk, day, day)
    present: list[RegisterRow] = []
    unmarked: list[RegisterRow] = []
    elsewhere: list[RegisterRow] = []
    absent: list[RegisterRow] = []
    for row in view.rows:
        code = _code(row, day, session)
        if on_site(code):
            present.append(row)
        elif not code:
            unmarked.append(row)
        else:
            (elsewhere if category_of(code) == ELSEWHERE or code == AT_THE_OTHER_SCHOOL else absent).append(row)
    reason = view.closed.get(day, "")
    closed = _("The unit is closed on this day: {reason}.").format(reason=reason) if reason else ""
    return RollCall(local_moment, session, _by_group(present), unmarked, elsewhere, absent=absent, closed=closed)


def _by_group(rows: Iterable[RegisterRow]) -> dict[str, list[RegisterRow]]:
    """In the order in which the groups are called out."""
    by_group = grouped((_group(row), row) for row in rows)
    return {name: by_group[name] for name in sorted(by_group, key=lambda name: _order(by_group[name][0]))}


def _code(row: RegisterRow, day: date, session: Session) -> str:
    cell = row.cells.get((day, session))
    return (cell.code or "") if cell is not None else ""


def _group(row: RegisterRow) -> str:
    """Who stands together when it is called out: the site, and there the tutor group, else the year group."""
    year = _("Year {year}").format(year=row.year_group) if row.year_group else _("No year group on file")
    tutor_group = _("Tutor group {name}").format(name=row.tutor_group) if row.tutor_group else year
    return (
        _("{site}, {group}").format(site=row.site, group=begun_small(tutor_group) if row.tutor_group else year) if row.site else tutor_group
    )


def _order(row: RegisterRow) -> tuple[str, int, str, str]:
    codes = list(codelist("year_group").codes)
    year = row.year_group or ""
    return (fold(row.site), codes.index(year) if year in codes else len(codes), year, fold(row.tutor_group))


def paper(desk: Desk, moment: datetime | None = None) -> tuple[list[Block], str, Guard, RollCall]:
    """The sheet as a story, its title, the guard of those whom it names, and what it tells. Logged by ``log_print``. Raises NotAllowed."""
    call = roll_call(desk, moment)
    ids = call.ids
    hindered = several.by_pupil(desk.vault, Disability, ids)
    someone = _Telling(
        call,
        {
            pupil_id: [disability for disability in rows if disability.needs_help_out and lasts_on(disability, call.moment.date())]
            for pupil_id, rows in hindered.items()
        },
    )
    footer_words = _(
        "{unit}. Made on {day} at {time} by {user}, from the register as it stood when this was made. Keep it locked away. Shred it after a drill; after a real alarm, keep it for those who look into what happened."
    )
    now = desk.clock.now().astimezone()
    sheet = layout.EvacuationSheet(
        when=call.when,
        groups=[(name, [someone.present_line(row) for row in rows]) for name, rows in call.in_building.items()],
        unmarked=[(name, [someone.unmarked(row) for row in rows]) for name, rows in _by_group(call.unmarked).items()],
        elsewhere=[someone.elsewhere(row) for row in call.elsewhere],
        absent=len(call.absent),
        imprint=footer_words.format(unit=desk.settings.name, day=show_date(now.date()), time=f"{now:%H:%M}", user=desk.user.name),
        closed=call.closed,
        sites=_site_counts(call),
    )
    return layout.story(sheet), _("Evacuation sheet"), guard(desk, ids, "evacuation sheet"), call


def _site_counts(call: RollCall) -> list[str]:
    """How many are to be found at each site, of several: each has its own way out and place to meet."""
    rows = [*(row for rows in call.in_building.values() for row in rows), *(() if call.closed else call.unmarked)]
    numbers = Counter(row.site for row in sorted(rows, key=lambda row: fold(row.site)))
    if len(numbers) < _SEVERAL:
        return []
    words = _("To be found at {site}: {number}.")
    nowhere = _("a site that is not on file")
    return [words.format(site=site or nowhere, number=number) for site, number in numbers.items()]


def log_print(desk: Desk, call: RollCall) -> None:
    """Log that the sheet was printed or written: how many were in, and how many had no mark."""
    summary = f"evacuation sheet of {call.moment:%Y-%m-%d %H:%M}: {call.number_in} in, {len(call.unmarked)} without a mark"
    desk.log(Action.CONTACT_SHEET, "register", "", summary)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Puts a pupil of the roll-call into the words of the sheet."""

    roll_call: RollCall
    hindered: Mapping[str, Sequence[Disability]]

    def present_line(self, row: RegisterRow) -> Someone:
        """One who is in: with the words of the mark."""
        return self._someone(row, codelist(CODES).label_of(_code(row, self.roll_call.moment.date(), self.roll_call.session)))

    def elsewhere(self, row: RegisterRow) -> Someone:
        """One who is taught off site: where."""
        return Someone(
            named_with_boxes(row.name, row.ref), codelist(CODES).label_of(_code(row, self.roll_call.moment.date(), self.roll_call.session))
        )

    def unmarked(self, row: RegisterRow) -> Someone:
        """One without a mark: what the morning said, and what a timetable says of the session."""
        day, words = self.roll_call.moment.date(), []
        if self.roll_call.session is Session.PM and (morning := _code(row, day, Session.AM)):
            words.append(_("this morning: {mark}").format(mark=codelist(CODES).label_of(morning).lower()))
        if expected := row.expected.get((day, self.roll_call.session)):
            words.append(_("timetable: {mark}").format(mark=codelist(CODES).label_of(expected).lower()))
        return self._someone(row, "; ".join(words))

    def _someone(self, row: RegisterRow, words: str) -> Someone:
        guest = _("a guest") if row.status == _GUEST else ""
        help_out = join_words(
            [begun_small(codelist("disability").label_of(disability.disability)) for disability in self.hindered.get(row.pupil_id, ())]
        )
        return Someone(named_with_boxes(row.name, row.ref), "; ".join(filter(None, (words, guest))), help_out)
