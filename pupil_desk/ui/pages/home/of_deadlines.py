"""What Home tells of suspensions, incidents, accidents, safeguarding, plans, exams, providers, transport, and of reviews and medicines: cards whose lines lead to where each is dealt with."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.services.accidents.accidents_due import OpenAccident
from pupil_desk.services.exams.exams_due import ExamTask, OpenExam
from pupil_desk.services.exams.recording import paper_words
from pupil_desk.services.home.deadlines import ReviewDue
from pupil_desk.services.incidents.incidents_due import OpenIncident
from pupil_desk.services.plans.plans_due import OpenPlan
from pupil_desk.services.providers.provider_due import ProvidersDue
from pupil_desk.services.safeguarding.due import SafeguardingDue
from pupil_desk.services.safeguarding.files import unopened_words
from pupil_desk.services.suspensions.suspension_due import OpenSteps
from pupil_desk.services.transport.transport_due import TransportDue
from pupil_desk.ui.kit.context import Place
from pupil_desk.ui.pages.home.cards import CardLine, Go, HomeCard

_PARTS = {
    "medicine": "health",
    "sen_period": "needs",
    "enrolment": "stays",
    "timetable": "timetables",
    "school_place": "school-places",
    "placement": "placements",
}
_MOST_STEPS = 3  # of one decision or incident; the rest are counted


def steps_card(open_steps: Sequence[OpenSteps], go: Go) -> HomeCard:
    """One line a decision: what is left to do about it."""
    lines = [
        CardLine(
            _left_words(steps.name, steps.words, begun_small(steps.subject)),
            partial(go, "pupils", _decision(steps)),
            "bad" if steps.late else "check",
            steps.due,
            steps.pupil_id,
        )
        for steps in open_steps
    ]
    several = _("{count} decisions: tell whom the law names, and send the letters")
    return HomeCard(_("Suspensions"), lines, several=several)


def incidents_card(incidents: Sequence[OpenIncident], go: Go) -> HomeCard:
    """One line an incident: what is left to do about it, and of whom. Not what it was: others may see the screen."""
    lines = [
        CardLine(
            _left_words(incident.name, incident.words, _("incident of {day}").format(day=short_date(incident.day))),
            partial(go, "incidents", incident.incident_id),
            "bad" if incident.late else "check",
            incident.due,
            incident.pupil_id,
        )
        for incident in incidents
    ]
    return HomeCard(_("Incidents"), lines, several=_("{count} incidents: sign, report to the parents, and talk them over"))


def accidents_card(accidents: Sequence[OpenAccident], go: Go) -> HomeCard:
    """One line an accident: what is left to do about it, and of whom. Not what the injury was: others may see the screen."""
    lines = [
        CardLine(
            _left_words(accident.name, accident.words, _("accident of {day}").format(day=short_date(accident.day))),
            partial(go, "pupils", str(Place(accident.pupil_id, "accidents", "accident", accident.accident_id, ""))),
            "bad" if accident.late else "check",
            accident.due,
            accident.pupil_id,
        )
        for accident in accidents
    ]
    return HomeCard(_("Accidents"), lines, several=_("{count} accidents: tell a parent, and decide about RIDDOR"))


def plans_card(plans: Sequence[OpenPlan], go: Go) -> HomeCard:
    """One line a plan: what is due of it, and of whom. Of which kind it is stands in the record: others may see the screen."""
    lines = [
        CardLine(
            _left_words(plan.name, plan.words),
            partial(go, "pupils", str(Place(plan.pupil_id, "plans", "plan", plan.entry_id, ""))),
            "bad" if plan.late else "check",
            plan.due,
            plan.pupil_id,
        )
        for plan in plans
    ]
    return HomeCard(_("Plans"), lines, several=_("{count} plans: a step of their review is due"))


def exams_card(exams: Sequence[OpenExam], today: date, go: Go) -> HomeCard:
    """One line an exam that comes, an entry still to be made, or a result that is missing. Nothing of access arrangements: others may see the screen."""
    lines = [
        CardLine(
            _exam_words(exam),
            partial(go, "pupils", str(Place(exam.pupil_id, "exams", "exam_entry", exam.entry.id, ""))),
            "accent" if exam.task is ExamTask.COMING else "bad" if exam.day < today else "check",
            exam.day,
            exam.pupil_id,
        )
        for exam in exams
    ]
    return HomeCard(_("Exams"), lines, several=_("{count} exams: they come, are to be entered with the board, or have no result"))


def _exam_words(exam: OpenExam) -> str:
    words = _("{name}: {what}, {paper}").format(name=exam.name, what=exam.task.value, paper=paper_words(exam.entry))
    return words if exam.task is ExamTask.NO_RESULT else _("{line}, {day}").format(line=words, day=short_date(exam.day))


def safeguarding_card(due: SafeguardingDue, go: Go) -> HomeCard:
    """How much is to be done in the files, for who can open them; no name, since others may see the screen."""
    go_there = partial(go, "safeguarding")
    lines = []
    if due.moved or due.sealed:
        lines.append(CardLine(_("Safeguarding: {words}").format(words=unopened_words(due.moved, due.sealed)), go_there, "bad"))
    if due.undecided:
        words = _("Safeguarding: {concerns} to decide, the oldest of {day}").format(
            concerns=count_of(due.undecided, _("concern"), _("concerns")), day=short_date(due.since) if due.since else ""
        )
        lines.append(CardLine(words, go_there, "bad", due.since))
    if due.actions:
        words = _("Safeguarding: {actions} due").format(actions=count_of(due.actions, _("action"), _("actions")))
        lines.append(CardLine(words, go_there, "check", due.due))
    if due.unwritten:
        words = _("Safeguarding: {meetings} to be written up").format(meetings=_meetings(due.unwritten))
        lines.append(CardLine(words, go_there, "check", due.unwritten[0]))
    if due.meetings:
        words = _("Safeguarding: {meetings}, the next on {day}").format(meetings=_meetings(due.meetings), day=short_date(due.meetings[0]))
        lines.append(CardLine(words, go_there, "check", due.meetings[0]))
    for step, (count, day) in due.transfers.items():
        words = _("Safeguarding: {step} ({files}), by {day}").format(
            step=begun_small(step.value), files=count_of(count, _("file"), _("files")), day=short_date(day)
        )
        lines.append(CardLine(words, go_there, "check", day))
    return HomeCard(
        _("Safeguarding"), lines, several=_("{count} things in the safeguarding files: decide about concerns, do the actions, meet")
    )


def _meetings(days: Sequence[date]) -> str:
    return count_of(len(days), _("meeting"), _("meetings"))


def providers_card(due: ProvidersDue, go: Go) -> HomeCard:
    """What is to be confirmed by providers, and what of them is to be seen, a line for each; no pupil's name."""
    lines = []
    if due.sessions:
        words = _("{sessions} to be confirmed, the earliest of {day}").format(
            sessions=count_of(due.sessions, _("session at a provider"), _("sessions at providers")),
            day=short_date(due.since) if due.since else "",
        )
        lines.append(CardLine(words, partial(go, "providers", "sessions"), "check", due.since))
    lines += [
        CardLine(
            _left_words(check.name, check.words),
            partial(go, "providers", check.provider),
            "bad" if check.due is None else "check",
            check.due,
        )
        for check in due.checks
    ]
    return HomeCard(_("Providers"), lines, several=_("{count} things about providers: confirm sessions, see the checks"))


def transport_card(due: TransportDue, go: Go) -> HomeCard:
    """Printed sheets that no longer hold, and drivers and escorts to be looked at again, a line a route; no pupil's name."""
    outdated = _("Transport sheet of {route}, printed on {day}: it no longer says what is so")
    lines = [
        CardLine(outdated.format(route=row.name, day=short_date(row.day)), partial(go, "transport", row.key), "bad", row.day)
        for row in due.sheets
    ]
    unseen = _("Driver and escort of {route}: last seen to on {day}. Are they still these?")
    lines += [
        CardLine(unseen.format(route=row.name, day=short_date(row.day)), partial(go, "transport", row.key), "check", row.day)
        for row in due.staff
    ]
    return HomeCard(_("Transport"), lines, several=_("{count} things about transport: print sheets anew, see who drives"))


def _decision(steps: OpenSteps) -> str:
    return str(Place(steps.pupil_id, "suspensions", "suspension", steps.decision, ""))


def _left_words(name: str, left_to_do: Sequence[str], about: str = "") -> str:
    """The first of what is left to do, and how much more; ``name`` of whom, ``about`` what, where the card does not say it."""
    more = len(left_to_do) - _MOST_STEPS
    words = [*left_to_do[:_MOST_STEPS], *([_("{number} more").format(number=more)] if more > 0 else [])]
    line = _("{name}: {what}").format(name=name, what=join_words(words))
    return _("{line} ({about})").format(line=line, about=about) if about else line


_NOUNS = {
    "medicine": (_("Medicines"), _("{name}, {day}: a medicine to be used up or replaced"), _("{count} to be used up or replaced")),
    "sen_period": (_("SEN provision"), _("{name}, {day}: the plan to be reviewed"), _("{count} to be reviewed")),
    "enrolment": (_("Placements"), _("{name}, {day}: the placement to be reviewed"), _("{count} to be reviewed")),
    "timetable": (_("Part-time timetables"), _("{name}, {day}: the timetable to be reviewed"), _("{count} to be reviewed")),
    "school_place": (_("Agreed places"), _("{name}, {day}: a place agreed with a school to be reviewed, or its last day"), _("{count} to be reviewed, or ending")),
    "placement": (_("Places at providers"), _("{name}, {day}: a place at a provider to be reviewed, or its last day"), _("{count} to be reviewed, or ending")),
}  # fmt: skip
"""By kind: several of them, one, and what one does with several. Of a medicine neither its name nor what it is for: others may see the screen."""


def reviews_cards(reviews: Sequence[ReviewDue], today: date, go: Go) -> list[HomeCard]:
    """A card a kind, and a line each, which leads to it."""
    return [_reviews_card(kind, [one for one in reviews if one.kind == kind], today, go) for kind in _NOUNS]


def _reviews_card(kind: str, reviews: Sequence[ReviewDue], today: date, go: Go) -> HomeCard:
    title, one, several = _NOUNS[kind]
    lines = [
        CardLine(
            one.format(name=review.name, day=short_date(review.day)),
            partial(go, "pupils", _place(review)),
            "bad" if review.day < today else "accent",
            review.day,
            review.record.pupil_id,
        )
        for review in reviews
    ]
    return HomeCard(title, lines, several=several)


def _place(review: ReviewDue) -> str:
    return str(Place(review.record.pupil_id, _PARTS[review.kind], review.kind, review.record.id, review.item))
