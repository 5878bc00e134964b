"""The log of breaches: anybody reports one, the data officer handles it, and it stays on file with its clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from pupil_desk.basics.clock import local_time, read_time, stamp
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import governance
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, show
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.governance.breach import Breach, BreachEvent, ReportState, StepState, left, open_steps, order, possible, steps
from pupil_desk.domain.governance.breach_forms import FORMS, BreachEventKind, BreachReport
from pupil_desk.services import guard
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import breaches as store


def listing(desk: Desk) -> list[Breach]:
    """The breaches that the person at the desk may see, the most pressing first: all, or those that they reported themselves."""
    desk.require(Action.REPORT_BREACH, "breach")
    breaches = store.everything(desk.vault)
    if not desk.may(Action.READ_BREACHES):
        breaches = [breach for breach in breaches if breach.events[0].by_id == desk.user.id]
    return order(breaches, desk.clock.now())


def report(desk: Desk, form: BreachReport) -> Changed:
    """Report that something went wrong. Raises NotAllowed, Refused."""
    desk.require(Action.REPORT_BREACH, "breach")
    refuse(problems_with(desk, BreachEventKind.REPORTED, form))
    event = BreachEvent(
        breach_id=new_id(),
        kind=BreachEventKind.REPORTED,
        at=desk.clock.now(),
        moment=_moment(form.day, form.time),
        happened=form.happened,
        text=form.text,
    )
    return _keep(desk, Action.REPORT_BREACH, event)


def record(desk: Desk, breach_id: str, kind: BreachEventKind, form: Any) -> Changed:
    """Record what was found out, done or decided about a breach. ``form`` is the record of that kind (``breach.FORMS``).

    Raises NotAllowed, Refused, WrongUse (no such breach; it is closed; it cannot be closed yet).
    """
    desk.require(Action.HANDLE_BREACH, "breach", breach_id)
    breach = next((breach for breach in store.everything(desk.vault) if breach.id == breach_id), None)
    if breach is None or kind not in possible(breach):
        raise WrongUse(_("That cannot be recorded of this breach as it stands. Look at it again."))
    if kind is BreachEventKind.CLOSED and (missing := open_steps(breach)):
        to_do = "; ".join(begun_small(step.words) for step in missing)
        raise WrongUse(_("It cannot be closed yet. Still to be done: {steps}.").format(steps=to_do))
    refuse(problems_with(desk, kind, form, breach))
    words = {name: str(getattr(form, name, None) or "") for name in ("text", "data", "risk", "reference")}
    day = getattr(form, "day", None)
    event = BreachEvent(
        breach_id=breach_id,
        kind=kind,
        at=desk.clock.now(),
        moment=_moment(day, getattr(form, "time", None) or "12:00") if day else None,
        people=_number(getattr(form, "people", None)),
        entries=_number(getattr(form, "entries", None)),
        text=words["text"],
        data=words["data"],
        risk=words["risk"],
        reference=words["reference"],
    )
    return _keep(desk, Action.HANDLE_BREACH, event)


def _keep(desk: Desk, action: Action, event: BreachEvent) -> Changed:
    with desk.act(action, "breach", event.breach_id, event.kind.value) as work:
        store.add(desk.vault, event, moment=work.stamp, actor=work.actor)
    return Changed.of("breach")


def problems_with(desk: Desk, kind: BreachEventKind, form: Any, breach: Breach | None = None) -> tuple[Problem, ...]:
    """What is wrong with what is to be recorded: a name, a moment to come, a report before anybody knew, a late one without the reason."""
    texts = {name: getattr(form, name, None) or "" for name in ("text", "data", "reference")}
    problems = [*problems_of(form, desk.today), *guard.problems(desk, texts)]
    day, time_text = getattr(form, "day", None), getattr(form, "time", "12:00")
    if day is None or problems:
        return tuple(problems)
    if read_time(time_text) is None:
        return (Problem("time", "bad_time", _("Write the time like 09:40.")),)
    moment = _moment(day, time_text)
    has_time = hasattr(form, "time")
    if (moment > desk.clock.now()) if has_time else (day > desk.today):
        return (
            Problem(
                "time" if day == desk.today and has_time else "day",
                "future_date",
                _("That lies in the future. Check the day and the time."),
            ),
        )
    if breach is not None and has_time and moment < breach.aware:
        return (Problem("day", "before_aware", _("That was before we became aware of it. Check the day and the time.")),)
    if breach is not None and kind is BreachEventKind.ICO_TOLD and moment > breach.due and not form.text:
        return (Problem("text", "missing", _("It was reported later than 72 hours after we became aware. Enter why.")),)
    happened = getattr(form, "happened", None)
    if happened is not None and happened > day:
        return (Problem("happened", "after_aware", _("It cannot have happened after we became aware of it. Check the two days.")),)
    return ()


def _moment(day: date, time_text: str) -> datetime:
    """A day and a time on the office's clock as a moment."""
    written = read_time(time_text)
    assert written is not None, "checked before"
    return datetime.combine(day, time.fromisoformat(written)).astimezone()


def _number(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


# -- in words


@dataclass(frozen=True, slots=True)
class BreachClock:
    """The 72 hours in words, and whether they press: «soon» from a day before, «late» after."""

    words: str
    pressing: str


def clock(desk: Desk, breach: Breach) -> BreachClock:
    """How it stands with the 72 hours, in a sentence."""
    now, due = desk.clock.now(), moment_words(breach.due)
    event = breach.last(BreachEventKind.ICO_TOLD)
    match breach.report(now):
        case ReportState.IN_TIME:
            assert event is not None
            return BreachClock(_("Reported on {when}, within the 72 hours.").format(when=moment_words(event.moment or event.at)), "")
        case ReportState.TOLD_LATE:
            assert event is not None
            return BreachClock(
                _("Reported on {when}, later than the 72 hours.").format(when=moment_words(event.moment or event.at)), "late"
            )
        case ReportState.NOT_NEEDED:
            return BreachClock(_("Need not be reported."), "")
        case ReportState.LATE:
            return BreachClock(_("The 72 hours were over on {due}. Report it now, with the reason why it is late.").format(due=due), "late")
        case _:
            hours = left(breach, now)
            words = _("{left} left: report it by {due}, unless a risk to people is unlikely.")
            return BreachClock(words.format(left=_left_words(hours), due=due), "soon" if hours <= timedelta(hours=24) else "")


def _left_words(span: timedelta) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    if hours:
        return count_of(hours, _("hour"), _("hours"))
    return count_of(minutes, _("minute"), _("minutes"))


def moment_words(moment: datetime) -> str:
    """«24 November 2026, 09:40», on the office's clock."""
    local = local_time(stamp(moment))
    return _("{day}, {time}").format(day=show_date(local.date()), time=local.strftime("%H:%M"))


def title(breach: Breach) -> str:
    """«Breach 3»."""
    return _("Breach {number}").format(number=breach.number)


def state_words(desk: Desk, breach: Breach) -> str:
    """How it stands, in two or three words."""
    if breach.ended is not None:
        return _("No breach") if breach.ended.kind is BreachEventKind.NO_BREACH else _("Closed")
    state = breach.report(desk.clock.now())
    return {
        ReportState.LATE: _("Report it now"),
        ReportState.RUNNING: _("72 hours running"),
        ReportState.IN_TIME: _("Reported"),
        ReportState.TOLD_LATE: _("Reported late"),
        ReportState.NOT_NEEDED: _("No report needed"),
    }[state]


def event_title(event: BreachEvent) -> str:
    """What an event says, in words."""
    return _("Reported within the unit") if event.kind is BreachEventKind.REPORTED else FORMS[event.kind][0]


def event_facts(event: BreachEvent) -> list[tuple[str, str]]:
    """The facts of an event, each with the label of its form."""
    form: type = BreachReport if event.kind is BreachEventKind.REPORTED else FORMS[event.kind][1]
    facts = []
    for item in items_of(form):
        if item.name == "day":
            value = (
                moment_words(event.moment)
                if event.moment and "time" in {form_item.name for form_item in items_of(form)}
                else _day_words(event)
            )
        elif item.name == "time":
            continue
        elif item.name == "risk":
            value = codelist("breach_risk").label_of(event.risk)
        else:
            value = show(item, getattr(event, item.name))
        if value:
            facts.append((item.label, value))
    return facts


def _day_words(event: BreachEvent) -> str:
    return show_date(local_time(stamp(event.moment)).date()) if event.moment else ""


def recorded_words(event: BreachEvent) -> str:
    """When and by whom it was recorded."""
    return _("Recorded on {when} by {who}").format(when=moment_words(event.at), who=event.by)


# -- on paper


def paper(desk: Desk, breach_id: str) -> tuple[list[Block], str]:
    """One breach's record as a story, and its title. Logged by ``log_print``. Raises NotAllowed, WrongUse."""
    desk.require(Action.READ_BREACHES, "breach", breach_id)
    breach = required(
        next((breach for breach in listing(desk) if breach.id == breach_id), None), _("There is no such breach any more. Look again.")
    )
    printed_line = _("Printed on {day} by {user}.").format(day=show_date(desk.today), user=desk.user.name)
    risk = codelist("breach_risk").label_of(breach.risk.value) if breach.risk else _("Not judged yet")
    facts = [
        (_("We became aware"), moment_words(breach.aware)),
        (_("Report due by"), moment_words(breach.due)),
        (_("Report"), clock(desk, breach).words),
        (_("Risk to people"), risk),
        (_("How it stands"), state_words(desk, breach)),
    ]
    step_rows = [(step.words, _STATES[step.state]) for step in steps(breach)]
    events = [(event_title(event), recorded_words(event) + ".", event_facts(event)) for event in breach.events]
    return governance.breach_record(
        governance.BreachPaper(title(breach), desk.settings.name, printed_line, facts, step_rows, events=events)
    ), title(breach)


_STATES = {StepState.OPEN: _("To be done"), StepState.DONE: _("Done"), StepState.NOT_NEEDED: _("Not needed")}


def log_print(desk: Desk, breach_id: str) -> None:
    """Log that a breach's record was printed."""
    desk.log(Action.READ_BREACHES, "breach", breach_id, "printed")


def pressing(desk: Desk) -> Sequence[Breach]:
    """The breaches under way whose report is still to be decided: what Home warns of, for those who may handle them."""
    if not desk.may(Action.HANDLE_BREACH):
        return ()
    now = desk.clock.now()
    return [breach for breach in listing(desk) if breach.ended is None and breach.report(now) in (ReportState.RUNNING, ReportState.LATE)]
