"""The records that a pupil of a transfer file brings beside its own: how each kind is made, checked and found again.

All of them are looked for within the one pupil: two families' data never meet.
"""

import dataclasses
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import Disability
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod, check_care, check_need, check_period, group_of
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.catalogue.validation import Problem, show
from pupil_desk.domain.learning.assessment import Assessment, check_assessment, scales_by_name, settled
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.schooling import AttendanceTotal, SchoolAttended, check_school, check_total
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several
from pupil_desk.store.tables import assessments as assessments_store
from pupil_desk.store.tables import contacts as contacts_store

type Index = Mapping[str, Mapping[Hashable, Any]]
"""By pupil and key, what is held."""


@dataclass(frozen=True, slots=True)
class PartKind:
    """One kind. ``new_title`` titles one that is not here yet; ``left_out_message`` is the warning that one is left out, of {what} and {why}.

    ``judge`` makes a record as it would be kept beside others of the pupil, and says what is wrong with it, of a pupil born on a
    day, judged on another.
    """

    record: type
    new_title: str
    left_out_message: str
    lost_code: str
    key: Callable[[Any], Hashable]
    title: Callable[[Any], str]
    details: Callable[[Any], str]
    hold: Callable[[Vault], tuple[Index, Any]]
    judge: Callable[[Any, Any, date, date, Sequence[Any]], tuple[Any, tuple[Problem, ...]]]

    def in_words(self, record: Any) -> str:
        """A record in a line: what it is, then what is told of it."""
        return "; ".join(filter(None, (self.title(record), self.details(record))))

    def left_out(self, name: str, reason: str) -> Problem:
        """The warning that one is not taken."""
        return Problem.warning("", self.lost_code, self.left_out_message.format(what=name[:100], why=reason))


def _index(records: Iterable[Any], key: Callable[[Any], Hashable]) -> Index:
    index: dict[str, dict[Hashable, Any]] = {}
    for record in records:
        index.setdefault(record.pupil_id, {}).setdefault(key(record), record)
    return index


def _contact_key(contact: Contact) -> Hashable:
    return fold(contact.surname), fold(contact.forename or ""), contact.relationship


def _contact_title(contact: Contact) -> str:
    return f"{contact.full_name}, {codelist('relationship').label_of(contact.relationship)}"


def _contact_details(contact: Contact) -> str:
    in_title = {"title", "forename", "surname", "relationship", "order"}
    items = (item for item in items_of(Contact) if item.name not in in_title and getattr(contact, item.name) is not None)
    return "; ".join(f"{item.label}: {show(item, getattr(contact, item.name))}" for item in items)


def _hold_contacts(vault: Vault) -> tuple[Index, None]:
    return _index((c for contacts in contacts_store.by_pupil(vault).values() for c in contacts), _contact_key), None


def _result_key(entry: Assessment) -> Hashable:
    """As the import of assessments knows one again; of those without a date, the year tells two apart."""
    when = entry.date or entry.year
    return entry.stage, fold(entry.subject), entry.method, fold(entry.component or ""), entry.status, when


def _result_title(entry: Assessment) -> str:
    stage = codelist("assessment_stage").label_of(entry.stage)
    return ", ".join(filter(None, (stage, str(entry.year or ""), entry.title)))


def _hold_results(vault: Vault) -> tuple[Index, Any]:
    """Each by its date, and by its year too: transfer files seldom give the day."""
    entries = assessments_store.standing(vault)
    undated = (dataclasses.replace(entry, date=None) for entry in entries)
    by_day, by_year = _index(entries, _result_key), dict(zip(((e.pupil_id, _result_key(e)) for e in undated), entries, strict=True))
    index = {pupil_id: dict(results) for pupil_id, results in by_day.items()}
    for (pupil_id, key), entry in by_year.items():
        index[pupil_id].setdefault(key, entry)
    return index, scales_by_name(assessments_store.scales(vault))


def _judge_result(
    scales: Any, entry: Assessment, dob: date, today: date, _file_records: Sequence[Any]
) -> tuple[Assessment, tuple[Problem, ...]]:
    entry = settled(entry, scales)
    return entry, check_assessment(entry, dob, today, scales)


def _period_details(period: SenPeriod | CarePeriod | SchoolAttended) -> str:
    start = show_date(period.start_date) if period.start_date else _("a day that is not known")
    if period.end_date:
        return _("from {start} to {end}").format(start=start, end=show_date(period.end_date))
    return _("from {start}").format(start=start)


def _hold_periods(vault: Vault) -> tuple[Index, Any]:
    periods_by_pupil = several.by_pupil(vault, SenPeriod)
    return _index((row for rows in periods_by_pupil.values() for row in rows), _period_key), periods_by_pupil


def _period_key(period: SenPeriod) -> Hashable:
    return period.provision, period.start_date


def _judge_period(
    periods_by_pupil: Any, period: SenPeriod, _dob: date, _today: date, file_records: Sequence[Any]
) -> tuple[SenPeriod, tuple[Problem, ...]]:
    periods = [row for row in periods_by_pupil.get(period.pupil_id, ()) if _period_key(row) != _period_key(period)]
    return period, check_period(period, [*periods, *(row for row in file_records if isinstance(row, SenPeriod))])


def _need_key(need: SenNeed) -> Hashable:
    return need.need


def _hold_needs(vault: Vault) -> tuple[Index, Any]:
    needs_by_pupil, periods = several.by_pupil(vault, SenNeed), several.by_pupil(vault, SenPeriod)
    return _index((row for rows in needs_by_pupil.values() for row in rows), _need_key), (needs_by_pupil, periods)


def _judge_need(on_file: Any, need: SenNeed, _dob: date, _today: date, file_records: Sequence[Any]) -> tuple[SenNeed, tuple[Problem, ...]]:
    needs = [row for row in on_file[0].get(need.pupil_id, ()) if row.need != need.need]
    periods = [*on_file[1].get(need.pupil_id, ()), *(row for row in file_records if isinstance(row, SenPeriod))]
    last = [row for row in periods if row.end_date is None]  # a need without days goes with the provision that lasts
    return need, check_need(need, [*needs, *(row for row in file_records if isinstance(row, SenNeed))], last)


def _care_key(period: CarePeriod) -> Hashable:
    return group_of(period), period.start_date


def _hold_care(vault: Vault) -> tuple[Index, Any]:
    periods_by_pupil = several.by_pupil(vault, CarePeriod)
    return _index((row for rows in periods_by_pupil.values() for row in rows), _care_key), periods_by_pupil


def _judge_care(
    periods_by_pupil: Any, period: CarePeriod, _dob: date, _today: date, file_records: Sequence[Any]
) -> tuple[CarePeriod, tuple[Problem, ...]]:
    periods = [row for row in periods_by_pupil.get(period.pupil_id, ()) if _care_key(row) != _care_key(period)]
    return period, check_care(period, [*periods, *(row for row in file_records if isinstance(row, CarePeriod))])


def _as_it_is(_on_file: Any, record: Any, _dob: date, _today: date, _file_records: Sequence[Any]) -> tuple[Any, tuple[Problem, ...]]:
    """For a record that needs no judging beside its items."""
    return record, ()


def _hold[R](record_type: type[R], key: Callable[[Any], Hashable]) -> Callable[[Vault], tuple[Index, None]]:
    """For a kind that is compared with what is on file, and judged by nothing else."""
    return lambda vault: (_index((row for rows in several.by_pupil(vault, record_type).values() for row in rows), key), None)


def _checked_by(
    check: Callable[[Any], tuple[Problem, ...]],
) -> Callable[[Any, Any, date, date, Sequence[Any]], tuple[Any, tuple[Problem, ...]]]:
    """For a record that is judged by the rules across its own items alone."""
    return lambda _on_file, record, _dob, _today, _file_records: (record, check(record))


def _disability_key(row: Disability) -> Hashable:
    return row.disability


def _school_key(school: SchoolAttended) -> Hashable:
    return school.school or fold(school.name or ""), school.start_date


def _total_key(total: AttendanceTotal) -> Hashable:
    return total.year, total.school or fold(total.name or "")


def _total_details(total: AttendanceTotal) -> str:
    numbers = {
        _("possible"): total.possible,
        _("attended"): total.attended,
        _("authorised"): total.authorised,
        _("unauthorised"): total.unauthorised,
    }
    return ", ".join(f"{words} {number:,}" for words, number in numbers.items() if number is not None)


CONTACT = PartKind(
    record=Contact,
    new_title=_("Further contact"),
    left_out_message=_("The contact {what} is left out. {why}"),
    lost_code="contact_left_out",
    key=_contact_key,
    title=_contact_title,
    details=_contact_details,
    hold=_hold_contacts,
    judge=_as_it_is,
)
RESULT = PartKind(
    record=Assessment,
    new_title=_("Further result"),
    left_out_message=_("The result “{what}” is left out. {why}"),
    lost_code="result_left_out",
    key=_result_key,
    title=_result_title,
    details=lambda entry: entry.result,
    hold=_hold_results,
    judge=_judge_result,
)
PERIOD = PartKind(
    record=SenPeriod,
    new_title=_("Earlier SEN provision"),
    left_out_message=_("SEN provision “{what}” is left out. {why}"),
    lost_code="sen_left_out",
    key=_period_key,
    title=lambda period: codelist("sen_provision").label_of(period.provision),
    details=_period_details,
    hold=_hold_periods,
    judge=_judge_period,
)
NEED = PartKind(
    record=SenNeed,
    new_title=_("Further need"),
    left_out_message=_("The need “{what}” is left out. {why}"),
    lost_code="sen_left_out",
    key=_need_key,
    title=lambda need: codelist("sen_need").label_of(need.need),
    details=lambda need: _("rank {rank}").format(rank=need.rank),
    hold=_hold_needs,
    judge=_judge_need,
)
MEALS = PartKind(
    record=CarePeriod,
    new_title=_("Further time with free school meals"),
    left_out_message=_("“{what}” is left out. {why}"),
    lost_code="meals_left_out",
    key=_care_key,
    title=lambda period: codelist("care_kind").label_of(period.kind),
    details=_period_details,
    hold=_hold_care,
    judge=_judge_care,
)
DISABILITY = PartKind(
    record=Disability,
    new_title=_("Further disability"),
    left_out_message=_("The disability “{what}” is left out. {why}"),
    lost_code="disability_left_out",
    key=_disability_key,
    title=lambda row: codelist("disability").label_of(row.disability),
    details=lambda _row: "",
    hold=_hold(Disability, _disability_key),
    judge=_as_it_is,
)
SCHOOL = PartKind(
    record=SchoolAttended,
    new_title=_("Another school"),
    left_out_message=_("The school “{what}” is left out. {why}"),
    lost_code="school_left_out",
    key=_school_key,
    title=lambda school: school.title,
    details=_period_details,
    hold=_hold(SchoolAttended, _school_key),
    judge=_checked_by(check_school),
)
TOTAL = PartKind(
    record=AttendanceTotal,
    new_title=_("Attendance at another school"),
    left_out_message=_("The attendance of “{what}” is left out. {why}"),
    lost_code="attendance_left_out",
    key=_total_key,
    title=lambda total: ", ".join(filter(None, (str(total.year), total.name or total.school))),
    details=_total_details,
    hold=_hold(AttendanceTotal, _total_key),
    judge=_checked_by(check_total),
)
PARTS: Mapping[type, PartKind] = {kind.record: kind for kind in (CONTACT, RESULT, PERIOD, NEED, MEALS, DISABILITY, SCHOOL, TOTAL)}


@dataclass(frozen=True, slots=True)
class StoredParts:
    """What of each kind is on file, and what it is judged by."""

    indexes: Mapping[type, Index]
    judged_by: Mapping[type, Any]

    @classmethod
    def on_file(cls, vault: Vault) -> "StoredParts":
        """All that is on file."""
        indexed = {record: kind.hold(vault) for record, kind in PARTS.items()}
        return cls(
            {record: index for record, (index, _judged_by) in indexed.items()},
            {record: judged_by for record, (_index, judged_by) in indexed.items()},
        )

    def find(self, record: Any) -> Any:
        """The record on file that this one speaks of; None where there is none."""
        return self.indexes[type(record)].get(record.pupil_id, {}).get(PARTS[type(record)].key(record))


def judged_part(stored: StoredParts, record: Any, dob: date, today: date, file_records: Sequence[Any]) -> tuple[Any, tuple[Problem, ...]]:
    """A record as it would be kept beside those that the same file brings, and what is wrong with it."""
    kind = PARTS[type(record)]
    return kind.judge(stored.judged_by[type(record)], record, dob, today, file_records)


def with_label(item: Any, name: str, title: str) -> Any:
    """An item of a part, named apart from those of the pupil and of other parts."""
    return dataclasses.replace(item, name=f"{name}-{item.name}", label=f"{title}: {item.label}")
