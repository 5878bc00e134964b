"""What the register asks someone to look at, as cards: each line leads to the register at that pupil and day.

What the authority is to be told of the register, as a card: a line for who came, one for who goes, one for whose file goes to the next school; each leads to its export.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.register.authority_returns import DELETION, ENTRY
from pupil_desk.services.home.deadlines import DueReturn, ReturnsDue
from pupil_desk.services.home.part_time import PartTimeDue
from pupil_desk.services.home.week_files import WeekFilesDue
from pupil_desk.services.leave.leave_due import LeaveDue
from pupil_desk.services.reconciling.weeks_compared import WeekToCompare
from pupil_desk.services.register import Watch, WatchLine
from pupil_desk.services.register.unexplained import UnexplainedAbsence
from pupil_desk.services.schools.clashes import PupilClash
from pupil_desk.ui.kit.context import Place
from pupil_desk.ui.kit.linkline import LinkTone
from pupil_desk.ui.pages.home.cards import CardLine, Go, HomeCard


def register_cards(watch: Watch, today: date, go: Go) -> list[HomeCard]:
    """A card a list; those without a line are left out by the page. What the authority is told of is told without delay."""
    note, pupils, tell = (
        _("The authority is told of it."),
        _("{count} pupils: look at what would help"),
        _("{count} pupils: tell the authority"),
    )
    return [
        *(_unmarked_card([line for line in watch.unmarked if (line.due == today) is is_today], go) for is_today in (False, True)),
        HomeCard(
            _("Absences without a reason"),
            _lines(watch.unsettled, go, "check"),
            several=_("{count} sessions: find the reason, or change them to O"),
        ),
        HomeCard(_("Absent without leave"), _lines(watch.ten_days, go, "bad", today), note, several=tell),
        HomeCard(_("Ill"), _lines(watch.fifteen_days, go, "check", today), note, several=tell),
        HomeCard(
            _("Penalty notice to consider"),
            [
                replace(line, go=partial(go, "pupils", str(Place(line.pupil_id or "", "absence"))))
                for line in _lines(watch.penalty, go, "check")
            ],
            _("A school must consider one. It need not ask for one: support comes first."),
            several=_("{count} pupils: decide what would help"),
        ),
        HomeCard(_("Severe absence"), _lines(watch.severe, go, "bad"), several=pupils),
        HomeCard(_("Persistent absence"), _lines(watch.persistent, go, "check"), several=pupils),
    ]


def unexplained_card(absences: Sequence[UnexplainedAbsence], go: Go) -> HomeCard:
    """A line for each pupil with a social worker whom nobody has explained by noon; it leads to the register, where that it was told is recorded."""
    lines = [
        CardLine(
            _("{pupil}: absent without a reason this morning").format(pupil=absence.name),
            partial(go, "register", f"{absence.pupil_id}@{absence.day.isoformat()}@{absence.session}"),
            "bad",
            absence.day,
            absence.pupil_id,
        )
        for absence in absences
    ]
    return HomeCard(_("Tell the social worker"), lines, several=_("{count} pupils: tell each social worker"))


def leave_card(leave: Sequence[LeaveDue], go: Go) -> HomeCard:
    """A line a request for leave: to be decided, or its marks to be entered; it leads to the request. Not what it is for: others may see the screen."""
    lines = [
        CardLine(
            _("{pupil}: {words}").format(pupil=request.name, words=request.words),
            partial(go, "pupils", str(Place(request.pupil_id, "leave", "leave_request", request.entry_id, ""))),
            "bad" if request.late else "check",
            request.due,
            request.pupil_id,
        )
        for request in leave
    ]
    return HomeCard(_("Leave asked for"), lines, several=_("{count} requests for leave: decide, or enter the marks"))


def part_time_card(part_time: Sequence[PartTimeDue], go: Go) -> HomeCard:
    """A line a pupil on a part-time timetable of which the authority was not told as it is now; each leads to the return."""
    to_export = partial(go, "exports", "la-part-time")
    new, changed = (
        _("{name}: a part-time timetable, tell the authority"),
        _("{name}: the part-time timetable has changed, tell the authority"),
    )
    lines = [
        CardLine((changed if due.changed else new).format(name=due.pupil.full_name), to_export, "check", None, due.pupil.id)
        for due in part_time
    ]
    return HomeCard(
        _("Part-time return"),
        lines,
        _("Authorities ask for it; no regulation does."),
        all=to_export,
        several=_("{count} part-time timetables: tell the authority"),
    )


def comparison_card(week: WeekToCompare | None, today: date, go: Go) -> HomeCard:
    """That the week before was not compared with the school system's register, or what was left open; it leads to the register."""
    lines = []
    if week is not None:
        words = _("{first} to {last}: compare the school system’s register with ours")
        if week.left_open:
            words = _("{first} to {last}: {differences} not settled, compare again")
        number = count_of(week.left_open, _("difference"), _("differences"))
        sentence = words.format(first=short_date(week.first), last=short_date(week.last), differences=number)
        lines = [CardLine(sentence, partial(go, "register"), "check", today)]
    return HomeCard(_("Registers to compare"), lines, _("On Register, F7."))


def week_files_card(week_files: WeekFilesDue, today: date, go: Go) -> HomeCard:
    """A line a school for which the file of the week was not made; each leads to the export."""
    to_export = partial(go, "exports", "school-week")
    lines = [
        CardLine(
            _("{school}: make the file of the week to {day}").format(school=school, day=short_date(week_files.day)),
            to_export,
            "accent" if week_files.day == today else "check",
            week_files.day,
        )
        for school in week_files.schools
        if week_files.day is not None
    ]
    return HomeCard(_("Week for schools"), lines, all=to_export, several=_("{count} schools: make the week’s files"))


def clashes_card(clashes: Sequence[PupilClash], today: date, go: Go) -> HomeCard:
    """A line a session of which our register and a school's contradict each other; each leads to the list of them."""
    to_list = partial(go, "schools", "clashes")
    lines = [
        CardLine(
            _("{pupil}, {day} {session}: our register and that of {school} contradict each other").format(
                pupil=pupil_clash.pupil.full_name,
                day=short_date(pupil_clash.clash.day),
                session=pupil_clash.clash.session.value,
                school=pupil_clash.school_name,
            ),
            to_list,
            "check",
            today,
            pupil_clash.pupil.id,
        )
        for pupil_clash in clashes
    ]
    several = _("{count} sessions: put our mark right, or tell the school")
    return HomeCard(_("Clashes with schools"), lines, all=to_list, several=several)


def _unmarked_card(watch_lines: Sequence[WatchLine], go: Go) -> HomeCard:
    """It leads to the first session that is not marked, and counts marks as the register does: one a pupil and session."""
    lines = _lines(watch_lines, go, "check")
    missing = sum(line.missing for line in watch_lines)
    first = min(watch_lines, key=lambda line: line.day or date.max, default=None)
    return HomeCard(
        _("Sessions not marked"),
        lines,
        all=partial(go, "register", _where(first)) if first else None,
        several=_("{pupils} pupils, {marks} missing").format(pupils="{count}", marks=count_of(missing, _("mark"), _("marks"))),
    )


def _lines(watch_lines: Sequence[WatchLine], go: Go, tone: LinkTone, due: date | None = None) -> list[CardLine]:
    return [
        CardLine(
            _("{name}: {words}").format(name=line.name, words=line.words),
            partial(go, "register", _where(line)),
            tone,
            line.due or due,
            line.pupil_id,
        )
        for line in watch_lines
    ]


def _where(line: WatchLine) -> str:
    """The pupil, and the day and the session where the line is of one, as the register takes them."""
    return "@".join(part for part in (line.pupil_id, line.day.isoformat() if line.day else "", line.session or "") if part)


CTF = "ctf"


def returns_cards(returns: ReturnsDue, today: date, go: Go) -> list[HomeCard]:
    """A card a kind, and a line each, which leads to its export."""
    kinds = (
        (ENTRY, returns.entries, _("New pupils"), _("{count} new pupils: tell the authority")),
        (DELETION, returns.deletions, _("Leavers"), _("{count} leavers: tell the authority")),
        (CTF, returns.transfers, _("Transfer files"), _("{count} Common Transfer Files: send them")),
    )
    return [
        HomeCard(
            title,
            [_line(name, one, today, go) for one in due],
            _("Where it was told before this program was used, say from when on under Settings, Cautions."),
            all=partial(go, "exports", name),
            several=several,
        )
        for name, due, title, several in kinds
    ]


_RETURNS = {
    ENTRY: _("{name}: tell the authority by {day}"),
    DELETION: _("{name}: tell the authority by {day}"),
    CTF: _("{name}: send the Common Transfer File by {day}"),
}


def _line(name: str, due: DueReturn, today: date, go: Go) -> CardLine:
    words = _RETURNS[name].format(name=due.pupil.full_name, day=short_date(due.due_day))
    return CardLine(words, partial(go, "exports", name), "bad" if due.due_day < today else "accent", due.due_day, due.pupil.id)
