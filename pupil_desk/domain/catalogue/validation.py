"""The one check of each kind of item, and the rules across items. *Stop* and *warn* are told apart.

A form and an import ask the same functions, so that what one refuses the other refuses in the same words.
"""

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import NoSuchDay, read_date, show_date, why_no_day
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import control_character, tidy, tidy_lines
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.identifiers import BadIdentifier, read_authority, read_postcode, read_school, read_uln, read_upn
from pupil_desk.domain.catalogue.items import Item, Kind, items_of
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one item. ``code`` is the command line's; severity ``error`` stops, ``warning`` does not."""

    column: str
    code: str
    message: str
    severity: str = "error"

    @classmethod
    def warning(cls, column: str, code: str, message: str) -> "Problem":
        """One that is pointed out, and stops nothing."""
        return cls(column, code, message, "warning")

    @property
    def stops(self) -> bool:
        """Whether it refuses the record."""
        return self.severity == "error"


def gathered[**P](check: Callable[P, Iterator[Problem]]) -> Callable[P, tuple[Problem, ...]]:
    """A check that yields what is wrong, as a function that returns all of it."""

    @wraps(check)
    def gather(*args: P.args, **kwargs: P.kwargs) -> tuple[Problem, ...]:
        return tuple(check(*args, **kwargs))

    return gather


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text was understood as, and what is wrong with it. A value that is stopped is None."""

    value: Any
    problems: tuple[Problem, ...] = ()


_YES = frozenset({"y", "yes", "true", "t", "1"})
_NO = frozenset({"n", "no", "false", "f", "0"})
BAD_PHONE = "bad_phone"
_NUMBER = re.compile(r"[\d\s()+\-./#*]+")
_LEAST_BEFORE = 6  # digits of a number before its extension: «0163x 960299» is a slip
_EXTENSION = re.compile(r"(?<=\d)[\s,;]*(?:\(\s*)?(?:ext(?:ension|n)?\.?|x\.?)\s*:?\s*\d{1,6}(?:\s*\))?$", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_YEAR_BEGINS, _AGES, _YEARS_BESIDE = 9, (2, 25), 2  # a month; ages of anybody who is a pupil; years above and below one’s own
_MEASURED = frozenset({Kind.NAME, Kind.TEXT, Kind.LINES, Kind.PHONE, Kind.EMAIL, Kind.LINK})


def read(item: Item, text: str, today: date) -> Reading:
    """What a text means as that item, judged on ``today``. An empty text is None, or ``missing`` where one is required."""
    if control_character(text, may_break=item.kind is Kind.LINES):
        return _rejected(item, "bad_text", _("{label} holds a character that is not text. Type it again."))
    text = tidy_lines(text) if item.kind is Kind.LINES else tidy(text)
    if not text:
        return _rejected(item, "missing", _("{label} is missing. Enter it.")) if item.required else Reading(None)
    if item.longest and item.kind in _MEASURED and len(text) > item.longest:
        return _rejected(item, "too_long", _("{label} is too long: at most {most} characters.").format(label="{label}", most=item.longest))
    return _READERS[item.kind](item, text, today)


def _rejected(item: Item, code: str, message: str) -> Reading:
    return Reading(None, (Problem(item.name, code, message.format(label=item.quoted_label)),))


def _as_text(item: Item, text: str, today: date) -> Reading:
    return Reading(text)


def _as_date(item: Item, text: str, today: date) -> Reading:
    is_birthday = item.name == "dob"
    try:
        day = read_date(text, latest=today if is_birthday else None)
    except NoSuchDay as why:
        return _rejected(item, "bad_date", _("{label}: {why}").format(label="{label}", why=why))
    except ValueError:
        if why_never := why_no_day(text, ""):
            return _rejected(item, "bad_date", _("{label}: {why}").format(label="{label}", why=why_never))
        return _rejected(item, "bad_date", _("{label} is not a date we can read. Write it like 27/3/2007 or 27 Mar 2007."))
    if is_birthday and day > today:
        return _rejected(item, "future_date", _("{label} lies in the future. Check the year."))
    return Reading(day)


def _as_code(item: Item, text: str, today: date) -> Reading:
    assert item.codes is not None
    code = codelist(item.codes).match(_without_decimal(text) if item.codes == "year_group" else text)
    if code is None:
        return _rejected(item, "unknown_code", _("{label} is not a code or name in the list. Choose one from the list."))
    if not item.dated and not code.valid_on(today):
        return _rejected(item, "retired_code", _("{label} is a code that is no longer used. Choose one from the list."))
    return Reading(code.code)


def _without_decimal(text: str) -> str:
    """A spreadsheet's 9.0 as 9."""
    return re.sub(r"^(\d+)\.0+$", r"\1", text)


def _as_yes_no(item: Item, text: str, today: date) -> Reading:
    if text.casefold() in _YES | _NO:
        return Reading(text.casefold() in _YES)
    return _rejected(item, "unknown_code", _("{label} must be yes or no."))


def _as_upn(item: Item, text: str, today: date) -> Reading:
    try:
        upn = read_upn(text)
    except BadIdentifier as bad:
        if bad.problem == "bad_upn_letter":
            return _rejected(
                item,
                bad.problem,
                _(
                    "{label}: the first letter does not fit the number; it would be {letter}. Check it against a letter or file from the previous school."
                ).format(label="{label}", letter=bad.right_letter),
            )
        return _rejected(
            item, bad.problem, _("{label} must be a letter and 12 digits, or a letter, 11 digits and a letter. I, O and S are not used.")
        )
    if upn.known_la:
        return Reading(upn.text)
    warning = _("{label}: no authority we know has the number {la}. That can be right for an old or a Welsh number.").format(
        label=item.label, la=upn.text[1:4]
    )
    return Reading(upn.text, (Problem.warning(item.name, "unknown_la", warning),))


def _reader_of(reader: Callable[[str], str], code: str, message: str) -> Callable[[Item, str, date], Reading]:
    def as_identifier(item: Item, text: str, today: date) -> Reading:
        try:
            return Reading(reader(text))
        except BadIdentifier:
            return _rejected(item, code, message)

    return as_identifier


def _as_email(item: Item, text: str, today: date) -> Reading:
    if _EMAIL.fullmatch(text):
        return Reading(text)
    warning = _("{label} does not look like an e-mail address. It is kept as it is.").format(label=item.quoted_label)
    return Reading(text, (Problem.warning(item.name, "odd_email", warning),))


def _as_phone(item: Item, text: str, today: date) -> Reading:
    number = _EXTENSION.sub("", text)
    is_short = number != text and sum(map(str.isdigit, number)) < _LEAST_BEFORE
    if is_short or not _NUMBER.fullmatch(number):
        message = _("{label} can hold digits, spaces, + and brackets, and an extension such as “ext. 12”. Take out the rest.")
        return _rejected(item, BAD_PHONE, message)
    digits = re.sub(r"[\s()+\-.]", "", text)
    if digits.isdigit() and len(digits) == 10 and not text.startswith(("0", "+")):
        warning = _("{label} may have lost its first 0 in a spreadsheet. It is kept as it is.").format(label=item.quoted_label)
        return Reading(text, (Problem.warning(item.name, "lost_zero", warning),))
    return Reading(text)


def _as_number(item: Item, text: str, today: date) -> Reading:
    text = _without_decimal(text)
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return Reading(int(text))
    return _rejected(item, "unknown_code", _("{label} must be a whole number of at most 4 digits."))


_READERS: Mapping[Kind, Callable[[Item, str, date], Reading]] = {
    Kind.NAME: _as_text,
    Kind.TEXT: _as_text,
    Kind.LINES: _as_text,
    Kind.LINK: _as_text,
    Kind.DATE: _as_date,
    Kind.CODE: _as_code,
    Kind.YES_NO: _as_yes_no,
    Kind.UPN: _as_upn,
    Kind.EMAIL: _as_email,
    Kind.PHONE: _as_phone,
    Kind.NUMBER: _as_number,
    Kind.ULN: _reader_of(read_uln, "bad_uln", _("{label} must be 10 digits that pass the check. Check each digit.")),
    Kind.POSTCODE: _reader_of(
        read_postcode, "bad_postcode", _("{label} is not a postcode of this country, such as AL28 2QN. Leave it empty if there is none.")
    ),
    Kind.SCHOOL: _reader_of(
        read_school, "unknown_code", _("{label} must be a DfE number: 3 digits, a stroke and 4 digits, such as 919/4001.")
    ),
    Kind.AUTHORITY: _reader_of(read_authority, "unknown_code", _("{label} must be an authority’s number of 3 digits, such as 919.")),
}


def show(item: Item, value: Any) -> str:
    """An item's value in words, for the screen and for papers; nothing held is an empty text."""
    if value is None:
        return ""
    if item.kind is Kind.DATE:
        return show_date(value)
    if item.kind is Kind.YES_NO:
        return _("Yes") if value else _("No")
    if item.kind is Kind.CODE and item.codes:
        return codelist(item.codes).label_of(value)
    return str(value)


@gathered
def check_pupil(pupil: Pupil) -> Iterator[Problem]:
    """The rules across a pupil's items (domain reference, 4.2 and 1.1)."""
    if pupil.sen_provision == "N" and (pupil.sen_need_1 or pupil.sen_need_2):
        yield Problem.warning(
            "sen_need_1", "need_without_provision", _("A need is entered, but SEN provision says there is none. Correct one of the two.")
        )
    if pupil.sen_need_1 and pupil.sen_need_1 == pupil.sen_need_2:
        yield Problem.warning("sen_need_2", "need_twice", _("Main need and second need are the same."))
    if "NSA" in (pupil.sen_need_1, pupil.sen_need_2) and pupil.sen_provision == "E":
        yield Problem.warning("sen_need_1", "need_unassessed", _("“No specialist assessment” goes only with SEN support."))
    if pupil.upn and pupil.upn == pupil.former_upn:
        yield Problem.warning("former_upn", "same_upn", _("The former UPN is the same as the UPN."))


def check_age(pupil: Pupil, today: date) -> tuple[Problem, ...]:
    """Whether somebody of this age can be a pupil, and in this year group: a warning, for a date of birth is often the slip.

    A pupil of Year 9 becomes 14 in it. Two years beside are common here, and no more.
    """
    age_in_year = today.year + (today.month >= _YEAR_BEGINS) - pupil.dob.year - (pupil.dob.month >= _YEAR_BEGINS)
    year = int(pupil.year_group) if pupil.year_group and pupil.year_group.isdecimal() else None
    youngest, oldest = _AGES if year is None else (year + 5 - _YEARS_BESIDE, year + 5 + _YEARS_BESIDE)
    if youngest <= age_in_year <= oldest:
        return ()
    words = _("Born on {day}, the pupil becomes {age} in this school year. Check the date of birth, and the year group.")
    return (Problem.warning("dob", "odd_age", words.format(day=show_date(pupil.dob), age=age_in_year)),)


@gathered
def check_enrolment(stay: Enrolment) -> Iterator[Problem]:
    """The rules across a stay's items."""
    if stay.start_date and stay.end_date and stay.end_date < stay.start_date:
        yield Problem("end_date", "ends_before_start", _("The leaving day is before the starting day. Correct one of the two."))
    if not stay.is_dated:
        yield Problem.warning("end_date", "no_leaving_day", _("A previous pupil has no leaving day. Enter it when it is known."))
    yield from bad_urn("last_school_urn", stay.last_school_urn)
    if stay.status in ("S", "M") and not stay.main_school:
        yield Problem.warning("main_school", "no_main_school", _("A dual registration names the other school. Enter its DfE number."))


_URN = re.compile(r"[1-9]\d{5}", re.ASCII)


def bad_urn(name: str, urn: str | None) -> tuple[Problem, ...]:
    """What is wrong with the unique reference number of a school."""
    if not urn or _URN.fullmatch(urn):
        return ()
    return (Problem(name, "bad_urn", _("A URN has 6 digits. Look it up in the department’s register of schools, or leave it empty.")),)


class Refused(WrongUse):
    """A record that must not be kept. ``problems`` says of each item what is wrong and what to do."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


@gathered
def problems_of(record: Any, today: date, names: Iterable[str] | None = None) -> Iterator[Problem]:
    """What is wrong with the values of a record, item by item; of ``names`` alone where they are given, so that a code
    retired since it was recorded does not stop another correction."""
    for item in items_of(type(record)):
        if names is None or item.name in names:
            value = getattr(record, item.name)
            if value is not None or item.required:  # nothing is wrong with nothing
                yield from read(item, _as_typed(value), today).problems


def tidied[R](record: R, today: date) -> R:
    """The record as its own texts are read: blanks trimmed, numbers in their tidy form. What cannot be read stays for ``problems_of``."""
    values: dict[str, Any] = {}
    for item in items_of(type(record)):
        value = getattr(record, item.name)
        if isinstance(value, str):
            reading = read(item, value, today)
            if not any(problem.stops for problem in reading.problems) and reading.value != value:
                values[item.name] = reading.value
    return dataclasses.replace(record, **values) if values else record  # type: ignore[type-var]  # every record is a dataclass


def _as_typed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def refuse(problems: Iterable[Problem]) -> None:
    """Raise Refused if any of the problems stops."""
    stopping = tuple(problem for problem in problems if problem.stops)
    if stopping:
        raise Refused(stopping)
