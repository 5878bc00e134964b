"""What Home tells of suspensions and exclusions, and of reviews and medicines: cards whose lines lead into the record."""

from collections.abc import Sequence
from functools import partial

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.services.home.deadlines import ReviewsDue
from pupil_desk.services.suspensions.suspension_due import OpenSteps
from pupil_desk.ui.kit.context import Place
from pupil_desk.ui.pages.home.cards import CardLine, Go, HomeCard

_PARTS = {"medicine": "health", "sen_period": "needs", "enrolment": "stays", "timetable": "timetables"}
_MOST_STEPS = 3  # of one decision; the rest are counted


def steps_card(open_steps: Sequence[OpenSteps], go: Go) -> HomeCard:
    """One line a decision: what is left to do about it."""
    lines = [
        CardLine(_step_words(steps), partial(go, "pupils", _decision(steps)), "bad" if steps.late else "check") for steps in open_steps
    ]
    return HomeCard(_("Suspensions and exclusions: still to do"), lines, all=partial(go, "pupils"), short=_("Suspensions"))


def _decision(steps: OpenSteps) -> str:
    return str(Place(steps.pupil_id, "suspensions", "suspension", steps.decision, ""))


def _step_words(steps: OpenSteps) -> str:
    left = len(steps.words) - _MOST_STEPS
    step_words = [*steps.words[:_MOST_STEPS], *([_("{number} more").format(number=left)] if left > 0 else [])]
    return _("{name}: {what} ({about})").format(name=steps.name, about=begun_small(steps.subject), what=join_words(step_words))


def reviews_card(groups: Sequence[ReviewsDue], go: Go) -> HomeCard:
    """One line a kind, which leads to the first of them."""
    return HomeCard(
        _("Reviews and medicines in the next 30 days"),
        [CardLine(_words(group), partial(go, "pupils", _first(group)), "bad" if group.late else "accent") for group in groups],
        short=_("Reviews and medicines"),
    )


def _first(group: ReviewsDue) -> str:
    return str(Place(group.first.pupil_id, _PARTS[group.kind], group.kind, group.first.id, group.item))


def _words(group: ReviewsDue) -> str:
    """Of a medicine neither its name nor what it is for: others may see the screen."""
    nouns = {
        "medicine": (_("medicine to be used up or replaced"), _("medicines to be used up or replaced")),
        "sen_period": (_("plan to be reviewed"), _("plans to be reviewed")),
        "enrolment": (_("placement to be reviewed"), _("placements to be reviewed")),
        "timetable": (_("part-time timetable to be reviewed"), _("part-time timetables to be reviewed")),
    }[group.kind]
    words = count_of(group.count, *nouns)
    if group.late:
        words = (
            _("{what}, {number} of them late").format(what=words, number=group.late)
            if group.count > 1
            else _("{what}, late").format(what=words)
        )
    first = _("{name}, {day}") if group.count == 1 else _("the first is {name}, {day}")
    return _("{what}: {first}").format(what=words, first=first.format(name=group.name, day=short_date(group.day)))
