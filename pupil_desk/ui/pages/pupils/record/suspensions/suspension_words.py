"""What the part on suspensions says of a decision: what it comes to, what it does to the register, and what is asked before something becomes of it."""

from collections.abc import Callable, Sequence
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.register.attendance import CODES
from pupil_desk.domain.register.calendar import AM, Half, SchoolCalendar
from pupil_desk.domain.suspensions.suspension import (
    Suspension,
    SuspensionCase,
    SuspensionEvent,
    SuspensionEventKind,
    SuspensionStanding,
    back_from,
)
from pupil_desk.services.desk import Desk
from pupil_desk.services.suspensions import decisions, marks
from pupil_desk.services.suspensions.decisions import plan_of, words_of
from pupil_desk.services.suspensions.rules import Planned
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.household_paper import HouseholdPaperWords

_MOST_MARKS = 4  # saved marks named at the foot; the question before saving names all
SHOWN = (  # the items of the form, in order
    "category",
    "start",
    "session",
    "sessions",
    "reason_1",
    "reason_2",
    "reason_3",
    "circumstances",
    "exam_missed",
    "school",
    "decided_by",
)
LETTER = HouseholdPaperWords(
    name=_("The letter about the suspension"),
    nobody_words=_("There is nobody to send a letter to"),
    choice_hint=_("Each household has its own letter, addressed to it."),
    making=_("Making the letter"),
)
QUESTIONS = {  # title, text, and what the two buttons do
    SuspensionEventKind.CANCELLED: (
        _("Cancel this suspension?"),
        _(
            "The pupil may be back from {back}. The sessions from then on are no longer marked E, unless another decision covers them. Days served still count."
        ),
        _("Cancel the suspension"),
        _("Keep it"),
    ),
    SuspensionEventKind.REINSTATED: (
        _("Has the committee or board let the pupil back in?"),
        _("The pupil may be back from {back}. The sessions from then on are no longer marked E, unless another decision covers them."),
        _("Record it"),
        _("Not now"),
    ),
    SuspensionEventKind.MISTAKEN: (
        _("Was this entered by mistake?"),
        _(
            "It then counts nothing, and its E marks are taken back, unless another decision covers them. It stays on file as a mistake, with the reason."
        ),
        _("It was a mistake"),
        _("Keep it"),
    ),
}


def planned_words(suspension: Suspension, comes_to: Planned) -> str:
    """The days of a decision, the way back, day six, and what is to be minded."""
    parts = []
    if comes_to.halves:
        words = _("{days} school day, {first} to {last}.") if suspension.days == 1 else _("{days} school days, {first} to {last}.")
        parts.append(words.format(days=f"{suspension.days:g}", first=_half(comes_to.halves[0]), last=_half(comes_to.halves[-1])))
    if comes_to.back:
        parts.append(_("Back {half}.").format(half=_half(comes_to.back)))
    if comes_to.day_six:
        parts.append(_("Day six is {day}.").format(day=short_date(comes_to.day_six)))
    return " ".join((*parts, *(problem.message for problem in comes_to.problems)))


def _half(half: Half) -> str:
    words = _("{day}, morning") if half[1] == AM else _("{day}, afternoon")
    return words.format(day=short_date(half[0]))


def marks_words(desk: Desk, suspension: Suspension, comes_to: Planned, before: SuspensionCase | None) -> str:
    """What saving does to the register, by the rule by which it is done: the sessions marked E, and of one put right those that are so no more."""
    marked = marks.marked(suspension, comes_to.halves, desk)
    sessions_without = set(marks.marked(before.suspension, before.halves, desk) if before is not None else ()) - set(marked)
    if before is not None:
        sessions_without -= decisions.covered_by_others(desk, before.suspension)
    if not marked and not sessions_without:
        return _("No mark of the register changes.")
    parts = []
    if marked:
        words = _("Saving marks {sessions} E (suspended) in the register at once, those to come too: {first} to {last}.")
        parts.append(words.format(sessions=_sessions(len(marked)), first=_half(marked[0]), last=_half(marked[-1])))
    if sessions_without:
        parts.append(_("{sessions} are E no more.").format(sessions=_sessions(len(sessions_without))))
    return " ".join(parts)


def comes_to_words(desk: Desk, suspension: Suspension, before: SuspensionCase | None, *, is_typed: bool) -> tuple[str, str]:
    """What a decision comes to, and the look of that; while it is typed what saving does to the register too."""
    comes_to = plan_of(desk, suspension)
    planned, stops = planned_words(suspension, comes_to), any(problem.stops for problem in comes_to.problems)
    if not is_typed and before is not None and before.standing(desk.today) is SuspensionStanding.MISTAKEN:
        return _("Entered by mistake: it counts nothing, and nothing is marked for it."), "label"
    if not is_typed:
        return planned, "problem" if stops else "muted"
    replaced = replaced_words(desk, suspension, comes_to, most=_MOST_MARKS)
    sentences = (planned, "" if stops else marks_words(desk, suspension, comes_to, before), replaced)
    return "\n".join(filter(None, sentences)), "banner-problem" if stops else "banner-note" if replaced else "card"


def saved_words(desk: Desk, case: SuspensionCase) -> str:
    """That a decision was saved, with the marks that it made."""
    saved = _("Saved: {decision}.").format(decision=title_of(case.suspension))
    if not (marked := marks.marked(case.suspension, case.halves, desk)):
        return saved
    words = _("{saved} Marked E (suspended) in the register: {sessions}, {first} to {last}.")
    return words.format(saved=saved, sessions=_sessions(len(marked)), first=_half(marked[0]), last=_half(marked[-1]))


def replaced_words(desk: Desk, suspension: Suspension, comes_to: Planned, most: int | None = None) -> str:
    """The marks saved in the register that saving would change to E, by session, ``most`` of them; empty for none."""
    label_of, replaced = codelist(CODES).label_of, marks.replaced(desk, suspension, comes_to.halves)
    lines = [
        _("{session}: {code}, {meaning}").format(session=_half(half), code=code, meaning=label_of(code)) for half, code in replaced[:most]
    ]
    if len(replaced) > len(lines):
        lines.append(_("and {count} more").format(count=len(replaced) - len(lines)))
    return "\n".join([_("These saved marks become E (suspended):"), *lines]) if lines else ""


def back_words(calendar: SchoolCalendar, event: SuspensionEvent) -> str:
    """The session from which an ending lets the pupil back in: the first of the next school day where its own day is none."""
    back = back_from(event)
    return _half(next(calendar.halves_from(*back), back))


def register_words(before: frozenset[Half], after: frozenset[Half]) -> str:
    """What an act changed of the sessions of which the register says E; empty where it changed none."""
    changed = ((_("Marked E again in the register"), sorted(after - before)), (_("No longer E in the register"), sorted(before - after)))
    lines = []
    for words, halves in changed:
        if halves:
            line = _("{what}: {sessions}, {first} to {last}.") if len(halves) > 1 else _("{what}: {sessions}, {first}.")
            sessions, first, last = _sessions(len(halves)), _half(halves[0]), _half(halves[-1])
            lines.append(line.format(what=words, sessions=sessions, first=first, last=last))
    return " ".join(lines)


def _sessions(number: int) -> str:
    return count_of(number, _("session"), _("sessions"))


def columns(case_of: Callable[[Suspension], SuspensionCase], today: date) -> Sequence[Column[Suspension]]:
    """The list of decisions. One entered by mistake counts nothing, and says so where others say how long they are."""

    def is_mistake(suspension: Suspension) -> bool:
        return case_of(suspension).standing(today) is SuspensionStanding.MISTAKEN

    def days(suspension: Suspension) -> str:
        return "0" if is_mistake(suspension) else f"{suspension.days:g}" if suspension.sessions else ""

    return (
        Column("start", _("From"), lambda suspension: short_date(suspension.start)),
        Column("until", _("To"), lambda suspension: "" if is_mistake(suspension) else until_words(case_of(suspension))),
        Column("days", _("Days"), days),
        Column(
            "kind",
            _("Kind"),
            lambda suspension: codelist("exclusion_category").label_of(suspension.category),
            stretch=True,
            icon=lambda suspension: "x-circle" if is_mistake(suspension) else "",
        ),
        Column(
            "standing",
            _("How it stands"),
            lambda suspension: words_of(case_of(suspension), today),
            width=24,
            longest=_("Entered by mistake"),
        ),
        Column("reason", _("Main reason"), lambda suspension: codelist("exclusion_reason").label_of(suspension.reason_1), width=30),
    )


def until_words(case: SuspensionCase) -> str:
    """The last day; empty for none."""
    return short_date(case.halves[-1][0]) if case.halves else ""


def title_of(suspension: Suspension) -> str:
    """«Suspension from 26 Nov 2026»."""
    return _("{kind} from {day}").format(
        kind=codelist("exclusion_category").label_of(suspension.category), day=short_date(suspension.start)
    )
