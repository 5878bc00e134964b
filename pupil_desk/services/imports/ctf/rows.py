"""A pupil of a transfer file as a row: the pupil's own cells, contacts and results as parts of it, and what has no place here."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pupil_desk.basics.dates import read_date
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import NO_DISABILITY
from pupil_desk.domain.catalogue.items import Item, items_of
from pupil_desk.domain.catalogue.validation import Problem, Reading, read
from pupil_desk.services.imports import unknown_words
from pupil_desk.services.imports.cells.telephones import kept_as_written
from pupil_desk.services.imports.ctf.leaves import Leaf, around
from pupil_desk.services.imports.ctf.parts import CONTACT, DISABILITY, MEALS, NEED, PERIOD, RESULT, SCHOOL, TOTAL, PartKind
from pupil_desk.services.imports.ctf.told import (
    ENGLAND,
    Header,
    MealPeriod,
    SchoolStay,
    SenNeed,
    SenPeriod,
    StageResult,
    ToldContact,
    ToldPupil,
    YearTotals,
    contact_numbers,
    first_language,
    main_phone,
    meal_code,
    says_yes,
)
from pupil_desk.services.imports.headings import tells_of_order
from pupil_desk.services.imports.kinds import Order, ReadPart, ReadRow
from pupil_desk.services.imports.rows import RowReader

_UNKNOWN_QUALIFIER, _LONGEST_CODE = "unknown_qualifier", 20


def row_of(reader: RowReader, number: int, pupil: ToldPupil, header: Header, today: date) -> ReadRow:
    """One pupil of the file, the first being row 1."""
    order = Order.UNCLEAR if _tells_of_order(pupil) else Order.NONE
    row = reader.row(number, _texts(pupil), order)
    parts, refusals, warnings = _parts(pupil, today)
    remarks = (*refusals.values(), *dict.fromkeys(warnings), *_remarks(pupil, header))
    return dataclasses.replace(
        row, parts=parts, remarks=remarks, leaves=tuple(_with_reasons(pupil.leaves, refusals)), is_partial=_tells_a_part(pupil, header)
    )


def _tells_a_part(pupil: ToldPupil, header: Header) -> bool:
    """Whether a file in part tells nothing by which a new pupil is entered: results, as a rule, and neither an address nor a contact."""
    items = dict(pupil.items)
    return header.is_partial and not pupil.contacts and not (items.get("address_1") or items.get("postcode"))


def _with_reasons(leaves: Iterable[Leaf], refusals: Mapping[str, Problem]) -> Iterator[Leaf]:
    """The values of a pupil, those of a part that cannot be understood with the reason."""
    for leaf in leaves:
        part = next(filter(refusals.__contains__, around(leaf.place)), "") if refusals else ""
        yield dataclasses.replace(leaf, reason=refusals[part].message) if part else leaf


def _tells_of_order(pupil: ToldPupil) -> bool:
    """Whether the file holds something of an order, on the pupil or on a contact: no part that is known says more of it."""
    return any(map(tells_of_order, (*pupil.unread, *(name for contact in pupil.contacts for name in contact.unread))))


def _texts(pupil: ToldPupil) -> Mapping[str, str]:
    """The cells of the pupil, by the names of our record."""
    texts = dict(pupil.items)
    needs = [need.need for need in _by_rank(pupil)]
    texts |= {
        "phone": main_phone(pupil.phones),
        "first_language": first_language(pupil),
        "sen_provision": _provision_now(pupil.sen),
        "sen_need_1": needs[0] if needs else "",
        "sen_need_2": needs[1] if len(needs) > 1 else "",
        "looked_after": pupil.in_care,
        "care_authority": pupil.care_authority,
        "previous_school": next((stay.school.number for stay in pupil.schools if says_yes(stay.last) and stay.leaving), ""),
    }
    return {name: text for name, text in texts.items() if text}


def _provision_now(periods: tuple[SenPeriod, ...]) -> str:
    """The provision that has not ended, the latest begun if there are several."""
    still = [period for period in periods if not period.end]
    return max(still, key=lambda period: period.start).provision if still else ""


def _parts(pupil: ToldPupil, today: date) -> tuple[tuple[ReadPart, ...], dict[str, Problem], list[Problem]]:
    """The contacts and results that can be understood, of each other one, by its place, why it is not taken; and what is kept as told."""
    parts: list[ReadPart] = []
    refusals: dict[str, Problem] = {}
    warnings: list[Problem] = []
    for name, kind, place, texts in _part_texts(pupil):
        values, problems = _read_part(kind.record, texts, _last_day(texts) or today)
        if stopping := [problem.message for problem in problems if problem.stops]:
            refusals[place] = kind.left_out(_name_of(texts), " ".join(stopping))
        else:
            parts.append(ReadPart(name, kind.record, values, place))
            warnings += [_of_part(kind, texts, problem) for problem in problems if problem.code in (_UNKNOWN_QUALIFIER, unknown_words.CODE)]
    return tuple(parts), refusals, warnings


def _part_texts(pupil: ToldPupil) -> Iterator[tuple[str, PartKind, str, Mapping[str, str]]]:
    """Each further record that a pupil of the file brings: its name in the row, its kind, its place in the file, and its texts."""
    for n, contact in enumerate(pupil.contacts, start=1):
        yield f"contact-{n}", CONTACT, contact.place, _contact_texts(contact)
    for n, result in enumerate(pupil.results, start=1):
        yield f"result-{n}", RESULT, result.place, _result_texts(result)
    for n, period in enumerate(pupil.sen, start=1):
        yield f"sen-{n}", PERIOD, period.place, _period_texts(period)
    reviewed = _reviewed(pupil.meals)
    for n, meals in enumerate(pupil.meals, start=1):
        yield f"meals-{n}", MEALS, meals.place, _meal_texts(meals, pupil.meals_review if meals is reviewed else "")
    for n, need in enumerate(_by_rank(pupil), start=1):
        yield f"need-{n}", NEED, need.place, {"need": need.need, "rank": need.rank or str(n)}
    for n, disability in enumerate(pupil.disabilities, start=1):
        if disability.code not in NO_DISABILITY:
            yield f"disability-{n}", DISABILITY, disability.place, {"disability": disability.code}
    for n, stay in enumerate(pupil.schools, start=1):
        yield f"school-{n}", SCHOOL, stay.place, _school_texts(stay)
    for n, totals in enumerate(pupil.totals, start=1):
        yield f"attendance-{n}", TOTAL, totals.place, _total_texts(totals)


def _by_rank(pupil: ToldPupil) -> list[SenNeed]:
    return sorted(pupil.needs, key=lambda need: need.rank.zfill(4) if need.rank else "9999")


def _period_texts(period: SenPeriod) -> dict[str, str]:
    return {"provision": period.provision, "start_date": period.start, "end_date": period.end}


def _reviewed(periods: Sequence[MealPeriod]) -> MealPeriod | None:
    """The time that the one day of review of a file speaks of: that which goes on, or else the latest."""
    return max(periods, key=lambda period: (not period.end, period.start), default=None)


def _meal_texts(meals: MealPeriod, review: str) -> dict[str, str]:
    return {
        "kind": meal_code(meals),
        "start_date": meals.start,
        "end_date": meals.end,
        "verified_on": meals.verified,
        "review_date": review,
    }


def _school_texts(stay: SchoolStay) -> dict[str, str]:
    return {
        "school": stay.school.number,
        "name": stay.school.name,
        "urn": stay.school.urn,
        "start_date": stay.entry,
        "end_date": stay.leaving,
        "leaving_reason": stay.reason,
        "removal_grounds": stay.grounds,
        "was_last": stay.last,
    }


def _total_texts(totals: YearTotals) -> dict[str, str]:
    numbers = {name: getattr(totals, name) for name in ("year", "possible", "attended", "authorised", "unauthorised")}
    return {**numbers, "school": totals.school.number, "name": totals.school.name}


def _last_day(texts: Mapping[str, str]) -> date | None:
    """The day on which the codes of a time that has ended were good."""
    try:
        return read_date(texts["end_date"]) if texts.get("end_date") else None
    except ValueError:
        return None


def _name_of(texts: Mapping[str, str]) -> str:
    """What there is to call a record by that cannot be understood."""
    names = (
        "title",
        "forename",
        "name",
        "school",
        "surname",
        "stage",
        "year",
        "subject",
        "component",
        "provision",
        "need",
        "disability",
        "kind",
    )
    return " ".join(texts[name] for name in names if texts.get(name)) or "?"


def _read_part(record: type, texts: Mapping[str, str], today: date) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for item in items_of(record):
        reading = _as_told(item, texts.get(item.name, ""), read(item, texts.get(item.name, ""), today))
        problems += reading.problems
        if reading.value is not None:
            values[item.name] = reading.value
    return values, problems


def _of_part(kind: PartKind, texts: Mapping[str, str], problem: Problem) -> Problem:
    """A warning about a part, which a contact’s name tells from those about others."""
    if kind is not CONTACT:
        return problem
    return dataclasses.replace(problem, column="", message=f"{_name_of(texts)}: {problem.message}")


def _as_told(item: Item, text: str, reading: Reading) -> Reading:
    """A qualifier that we do not know is kept as it is told: what the result counts on is the sender's to say. So is a contact whose relationship we do not know."""
    reading = kept_as_written(item, text, unknown_words.taken_as_other(item, text, reading))
    if item.codes != "assessment_qualifier" or len(text) > _LONGEST_CODE or [p.code for p in reading.problems] != ["unknown_code"]:
        return reading
    message = _("The qualifier “{code}” of a result is not one we know. It is kept as told.").format(code=tidy(text))
    return Reading(tidy(text), (Problem.warning("", _UNKNOWN_QUALIFIER, message),))


def _result_texts(result: StageResult) -> dict[str, str]:
    return {
        "stage": result.stage,
        "subject": result.subject,
        "method": result.method,
        "component": result.component,
        "year": result.year,
        "status": result.status or "R",
        "qualifier": result.qualifier,
        "result": result.result,
        "date": result.date,
        "locale": "" if result.locale.upper() == ENGLAND else result.locale,  # as every result of ours is, unless it says otherwise
    }


def _contact_texts(contact: ToldContact) -> dict[str, str]:
    phone, mobile = contact_numbers(contact)
    texts = {
        "surname": contact.surname,
        "relationship": contact.relationship,
        "order": contact.order,
        "title": contact.title,
        "forename": contact.forename,
        "parental_responsibility": contact.responsibility,
        "lives_with": "yes" if contact.as_pupil else "",
        "phone": phone,
        "mobile": mobile,
        "email": contact.email,
    }
    return texts if contact.as_pupil else texts | {name: getattr(contact.address, name) for name in contact.address.__dataclass_fields__}


def _remarks(pupil: ToldPupil, header: Header) -> Iterator[Problem]:
    """What the office should know or do, that no cell says."""
    sender = header.source
    if sender.number and not any(stay.leaving for stay in pupil.schools if stay.school.number == sender.number):
        yield Problem.warning("end_date", "no_leaving_date", _still_there(pupil.enrolment, sender.words))
    if pupil.medical_flag:
        words = _("The sender holds medical information, which such a file does not carry. Ask {sender} for it.")
        yield Problem.warning("medical", "medical_flag", words.format(sender=sender.words or _("the sender")))


def _still_there(status: str, sender: str) -> str:
    if status == "M":
        return _(
            "{sender} gives no leaving date and tells of a dual registration, itself the main school. What a file says of enrolment is "
            "not kept: if it is so, make the stay here subsidiary and name the main school."
        ).format(sender=sender)
    return _("{sender} gives no leaving date, so the pupil may still be on its roll. Ask.").format(sender=sender)
