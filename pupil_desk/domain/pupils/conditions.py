"""What a list of pupils can be narrowed by: a small closed set of questions, each with its kind of answer. All conditions of a filter must hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import MONTHS
from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, Kind, item_named, own_items_of
from pupil_desk.domain.catalogue.validation import read
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil


class AnswerKind(Enum):
    """What is to be said beside a question."""

    NOTHING = "nothing"
    CODE = "code"
    CHOICE = "choice"
    SCHOOL = "school"
    TYPED = "typed"
    AGES = "ages"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class ConditionQuestion:
    """One thing to ask of each pupil. ``says`` is the condition in words, with ``{value}`` in it where there is one."""

    key: str
    label: str
    says: str
    answer: AnswerKind = AnswerKind.NOTHING
    item: Item | None = None
    choices: Mapping[str, str] | None = None
    hint: str = ""

    @property
    def special(self) -> bool:
        """Whether it asks of something that the law protects most."""
        return self.item is not None and self.item.facts.special is not None


ON_ROLL, GUEST, GONE = "on-roll", "guest", "gone"
LATE, SOON = "late", "soon"


def _code(key: str, record_type: type, name: str, says: str) -> ConditionQuestion:
    item = item_named(record_type, name)
    return ConditionQuestion(key, item.label, says, AnswerKind.CODE, item)


def _typed_question(key: str, name: str, says: str, hint: str) -> ConditionQuestion:
    item = item_named(Pupil, name)
    return ConditionQuestion(key, item.label, says, AnswerKind.TYPED, item, hint=hint)


_OF_PROGRAM: Mapping[str, ConditionQuestion] = {
    question.key: question
    for question in (
        ConditionQuestion(
            "here",
            _("Here today"),
            _("Here today: {value}"),
            AnswerKind.CHOICE,
            choices={ON_ROLL: _("on roll"), GUEST: _("not on the roll, such as a guest"), GONE: _("not here")},
        ),
        _code("year-group", Pupil, "year_group", _("Year group: {value}")),
        _typed_question("tutor-group", "tutor_group", _("Tutor group: {value}"), _("Its name, such as 9A")),
        _typed_question("site", "site", _("Site: {value}"), _("Its name, as it stands in the record")),
        _typed_question("subject-set", "subject_sets", _("Subject set: {value}"), _("One set, such as Maths 2")),
        _code("status", Enrolment, "status", _("Enrolment status: {value}")),
        ConditionQuestion(
            "main-school",
            _("Main school"),
            _("Main school: {value}"),
            AnswerKind.SCHOOL,
            item_named(Enrolment, "main_school"),
            hint=_("DfE number, such as 919/4001"),
        ),
        ConditionQuestion(
            "age", _("Age today"), _("Age today: {value}"), AnswerKind.AGES, hint=_("From and to, such as 14-16; or one age")
        ),
        ConditionQuestion(
            "born-in",
            _("Month of birth"),
            _("Born in {value}"),
            AnswerKind.CHOICE,
            choices={str(place): words for place, words in enumerate(MONTHS, 1)},
        ),
        _code("sex", Pupil, "sex", _("Sex: {value}")),
        _code("sen", Pupil, "sen_provision", _("SEN provision: {value}")),
        ConditionQuestion(
            "any-sen", _("Has SEN support or a plan"), _("Has SEN support or a plan"), item=item_named(Pupil, "sen_provision")
        ),
        _code("plan-kind", PupilPlan, "kind", _("Has a plan that runs: {value}")),
        ConditionQuestion(
            "plan-due",
            _("Something is due of a plan"),
            _("Something of a plan is {value}"),
            AnswerKind.CHOICE,
            item_named(PupilPlan, "kind"),
            choices={LATE: _("late"), SOON: _("late, or due within 30 days")},
        ),
        ConditionQuestion(
            "looked-after", _("Looked after by an authority"), _("Looked after by an authority"), item=item_named(Pupil, "looked_after")
        ),
        ConditionQuestion("protected", _("Something is to be kept from somebody"), _("Protected")),
        ConditionQuestion("no-notice", _("No notice was given"), _("No notice was given")),
        ConditionQuestion(
            "attendance-below",
            _("Attendance this school year below"),
            _("Attendance this school year below {value} %"),
            AnswerKind.PERCENT,
            hint=_("Per cent of the possible sessions, such as 90"),
        ),
    )
}
"""The program's own questions. The keys stand in saved filters: none is ever given another meaning."""
YES, NO, EMPTY, OVER, TO_COME = "yes", "no", "empty", "over", "to-come"
_OF_FLAG = {YES: _("yes"), NO: _("no"), EMPTY: _("nothing entered")}
_OF_DAY = {OVER: _("before today"), TO_COME: _("today or later"), EMPTY: _("nothing entered")}


@by_rules
def questions() -> Mapping[str, ConditionQuestion]:
    """Every question there is, in the order in which they are offered: the program's own, then one of each field of the unit's own."""
    own = [(own_item, own_label(record_type, own_item)) for record_type in OF_LISTS for own_item in own_items_of(record_type)]
    return {**_OF_PROGRAM, **{own_item.name: _of_own(own_item, label) for own_item, label in own}}


OF_LISTS: Mapping[type, str] = {Pupil: "", Contact: _("Contact: {label}"), PupilPlan: _("Plan: {label}")}
"""By whose fields of the unit's own a list is narrowed, and how those are called there that are not the pupil's."""


def own_label(record_type: type, own_item: Item) -> str:
    """What a field of the unit's own is called where one chooses by what to look at the list."""
    words = OF_LISTS[record_type]
    return words.format(label=own_item.offered_label) if words else own_item.offered_label


def _of_own(own_item: Item, label: str) -> ConditionQuestion:
    says = _("{label}: {value}").format(label=own_item.label, value="{value}")
    match own_item.kind:
        case Kind.CODE:
            return ConditionQuestion(own_item.name, label, says, AnswerKind.CODE, own_item)
        case Kind.YES_NO:
            return ConditionQuestion(own_item.name, label, says, AnswerKind.CHOICE, own_item, choices=_OF_FLAG)
        case Kind.DATE:
            return ConditionQuestion(own_item.name, label, says, AnswerKind.CHOICE, own_item, choices=_OF_DAY)
    return ConditionQuestion(own_item.name, label, says, AnswerKind.TYPED, own_item, hint=_("All that stands in it, as it was typed"))


_AGES = re.compile(r"(\d{1,2})(?:\s*(?:-|–|to)\s*(\d{1,2}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Condition:
    """A question with its answer, as a filter keeps it."""

    question: str
    value: str = ""

    @property
    def words(self) -> str:
        """It as a person reads it; of a question there is no more, its name."""
        question = questions().get(self.question)
        return question.says.format(value=_value_words(question, self.value)) if question is not None else self.question

    @property
    def ages(self) -> tuple[int, int]:
        """The first and last age of an answer that was read."""
        first, last = self.value.split("-")
        return int(first), int(last)


def _value_words(question: ConditionQuestion, value: str) -> str:
    match question.answer:
        case AnswerKind.CODE if question.item is not None and question.item.codes:
            return codelist(question.item.codes).label_of(value)
        case AnswerKind.CHOICE if question.choices is not None:
            return question.choices.get(value, value)
        case AnswerKind.AGES:
            first, _dash, last = value.partition("-")
            return first if first == last else _("{first} to {last}").format(first=first, last=last)
    return value


def read_condition(question: str, text: str, today: date) -> tuple[Condition | None, str]:
    """The condition that somebody asks for, or a file holds; else None, and what is wrong with it."""
    known_question = questions().get(question)
    if known_question is None:
        return None, _("This program does not know the question “{question}”.").format(question=question)
    value, wrong = _read_value(known_question, text.strip(), today)
    return (None, wrong) if wrong else (Condition(question, value), "")


def _read_value(question: ConditionQuestion, text: str, today: date) -> tuple[str, str]:
    match question.answer:
        case AnswerKind.NOTHING:
            return "", ""
        case AnswerKind.CHOICE:
            return (text, "") if text in (question.choices or {}) else ("", _("Choose an answer from the list."))
        case AnswerKind.CODE | AnswerKind.SCHOOL | AnswerKind.TYPED:
            return _read_item(question, text, today)
        case AnswerKind.AGES:
            return _read_ages(text)
        case AnswerKind.PERCENT:
            return _read_percent(text)


def _read_item(question: ConditionQuestion, text: str, today: date) -> tuple[str, str]:
    """A code that is no longer used may be asked for: some pupils have it."""
    assert question.item is not None
    if not text:
        return "", _("{label}: say which.").format(label=question.label)
    if question.item.codes:
        code = codelist(question.item.codes).match(text)
        return (
            (code.code, "")
            if code
            else ("", _("{label} is not a code or name in the list. Choose one from the list.").format(label=question.label))
        )
    reading = read(question.item, text, today)
    wrong = next((problem.message for problem in reading.problems if problem.stops), "")
    return ("", wrong) if wrong else (str(reading.value), "")


def _read_ages(text: str) -> tuple[str, str]:
    match = _AGES.fullmatch(text)
    if match is None:
        return "", _("Enter one age, or two with a dash between, such as 14-16.")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        return "", _("The first age is higher than the second. Correct one of the two.")
    return f"{first}-{last}", ""


def _read_percent(text: str) -> tuple[str, str]:
    text = text.removesuffix("%").strip()
    if text.isascii() and text.isdigit() and 0 < int(text) <= 100:
        return str(int(text)), ""
    return "", _("Enter a whole number from 1 to 100.")
