"""Whether an accident must be reported to the Health and Safety Executive: by rules that are data (``resources/accidents/riddor.toml``).

The rules are asked in their order. One whose answers are all given counts; one that an answer contradicts is passed over; where an answer that
it needs is missing, that is the question to ask next, and nothing is decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.domain.accidents.accident import QUESTIONS, Accident


@dataclass(frozen=True, slots=True)
class RiddorRule:
    """One rule: the answers by which it counts, what it says, on what law, and how sure we are. ``days`` is None where there is nothing to report;
    ``at_once``: HSE is told without delay too, before the report."""

    answers: Mapping[str, bool]
    because: str
    law: str
    sure: str
    days: int | None
    at_once: bool

    @property
    def is_to_report(self) -> bool:
        """Whether a report is due."""
        return self.days is not None


@dataclass(frozen=True, slots=True)
class RiddorRules:
    """The rules in their order, why each question is asked, and the days for what is to be done about any accident.

    ``parent``, ``letter`` and ``answers`` are calendar days until a parent is told, the letter is given and the questions are answered;
    ``unfit`` until it can be known whether somebody was unfit for more than seven days; ``followed`` for how many days what was left undone stays
    on Home; ``adult`` the age in years from which no parent is told.
    """

    rules: tuple[RiddorRule, ...]
    reasons: Mapping[str, str]
    parent: int
    letter: int
    answers: int
    unfit: int
    followed: int
    adult: int


@by_rules
def riddor_rules() -> RiddorRules:
    """As the file of rules in force has them. Raises ValueError for a question that there is not."""
    data = rule_data("accidents", "riddor.toml")
    rules = tuple(_rule(table, str(data["sure"])) for table in data["rules"].values())
    reasons = {name: str(table["why"]) for name, table in data["questions"].items()}
    if unknown := ({*reasons} | {name for rule in rules for name in rule.answers}) - {*QUESTIONS}:
        raise ValueError(f"there is no question {min(unknown)}")
    days = data["days"]
    return RiddorRules(rules, reasons, **{name: days[name] for name in ("parent", "letter", "answers", "unfit", "followed", "adult")})


def _rule(table: Mapping[str, object], sure: str) -> RiddorRule:
    answers, days = table["answers"], table.get("days")
    assert isinstance(answers, dict)
    return RiddorRule(
        answers={name: bool(value) for name, value in answers.items()},
        because=str(table["because"]),
        law=str(table["source"]),
        sure=str(table.get("sure", sure)),
        days=days if isinstance(days, int) else None,
        at_once=table.get("at_once") is True,
    )


@dataclass(frozen=True, slots=True)
class RiddorDecision:
    """The rule that counts; None with the ``question`` that must be answered first."""

    rule: RiddorRule | None
    question: str = ""

    def answer_by(self, accident: Accident) -> date:
        """The last day for the answer that is missing. Whether somebody was unfit for more than seven days is not known before these have gone by."""
        rules = riddor_rules()
        return accident.day + timedelta(days=rules.unfit if self.question == "over_seven_days" else rules.answers)

    def due(self, accident: Accident) -> date | None:
        """The last day for the report; None where none is due."""
        if self.rule is None or self.rule.days is None:
            return None
        return accident.day + timedelta(days=self.rule.days)


def riddor(accident: Accident) -> RiddorDecision:
    """What the rules say of an accident by its answers. Where no rule fits it is not decided: then the last question is to be looked at."""
    for rule in riddor_rules().rules:
        answers = {name: getattr(accident, name) for name in rule.answers}
        if any(answers[name] is not None and answers[name] is not wanted for name, wanted in rule.answers.items()):
            continue
        question = next((name for name in rule.answers if answers[name] is None), "")
        return RiddorDecision(None, question) if question else RiddorDecision(rule)
    return RiddorDecision(None, QUESTIONS[0])
