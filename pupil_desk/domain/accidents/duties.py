"""What is to be done about an accident, and by when: a parent told, the letter after a knock on the head, RIDDOR decided, and the report made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.dates import age_on
from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.accidents.riddor import riddor, riddor_rules


@dataclass(frozen=True, slots=True)
class AccidentDuty:
    """One thing that is left to do, by the item in which it is entered, in words, and its last day. ``by_law``: the law asks for it."""

    item: str
    words: str
    due: date
    by_law: bool = False


def duties_of(accident: Accident, dob: date | None = None) -> Iterator[AccidentDuty]:
    """What is left to do about an accident, in the order of doing it. No parent is told of one that befell an adult; ``dob`` is None if not known."""
    rules, decision = riddor_rules(), riddor(accident)
    is_child = dob is None or age_on(dob, accident.day) < rules.adult
    if is_child and accident.parent_told_on is None:
        yield AccidentDuty("parent_told_on", _("tell a parent"), accident.day + timedelta(days=rules.parent))
    if is_child and accident.is_of_head and accident.letter_on is None:
        yield AccidentDuty(
            "letter_on", _("give the parent the letter about a knock on the head"), accident.day + timedelta(days=rules.letter)
        )
    report_by = decision.due(accident)
    if decision.rule is None:
        yield AccidentDuty(decision.question, _("answer the RIDDOR questions"), decision.answer_by(accident))
    elif report_by is not None and accident.reported_on is None:
        if decision.rule.at_once:
            yield AccidentDuty("reported_on", _("tell HSE at once"), accident.day, by_law=True)
        yield AccidentDuty("reported_on", _("report it to HSE"), report_by, by_law=True)
