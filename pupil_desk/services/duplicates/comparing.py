"""Two records side by side before they are merged: item by item, what hangs on each, and where the two contradict."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod, group_of, meet
from pupil_desk.domain.catalogue.identifiers import is_temporary
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment, on_roll
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil
from pupil_desk.domain.sharing.sharing import SharingCase, decide, heard_recipients
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import merging, several
from pupil_desk.store.tables import cases, contacts, enrolments, protections, pupils, register

FOLLOWS = ("sen_provision", "sen_need_1", "sen_need_2", "looked_after", "care_authority")
"""Items of a pupil's row that follow from dated entries, of which both records keep theirs."""
_SHOWN = 5  # sessions named; the others are counted


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """One item of both records; ``name`` is empty where there is nothing to choose."""

    name: str
    label: str
    kept_text: str
    other_text: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.kept_text != self.other_text


@dataclass(frozen=True, slots=True)
class Comparison[R: (Pupil, Contact)]:
    """Two records: which would be kept, what each says, how much hangs on each, and what to know before merging."""

    kept_record: R
    other_record: R
    lines: list[ComparisonLine]
    row_counts: list[ComparisonLine]
    warnings: list[str]


def better_first(desk: Desk, first: Pupil, second: Pupil) -> tuple[Pupil, Pupil]:
    """Of two the one proposed to be kept first: with a lasting UPN, on the roll, the longer on file."""

    def worth(pupil: Pupil) -> tuple[bool, bool]:
        lasting = bool(pupil.upn) and not is_temporary(pupil.upn)
        return lasting, on_roll(enrolments.of_pupil(desk.vault, pupil.id), desk.today)

    return (second, first) if (worth(second), first.ref) > (worth(first), second.ref) else (first, second)


def compare(desk: Desk, kept_id: str, other_id: str) -> Comparison[Pupil]:
    """Two pupils side by side. Raises WrongUse where one is not on file as a record of its own; looking is logged."""
    desk.require(Action.READ_RECORD, "pupil", kept_id)
    kept_pupil, other_pupil = (pupil_to_merge(desk.vault, pupil_id) for pupil_id in (kept_id, other_id))
    desk.viewed("pupil", kept_pupil.id)
    desk.viewed("pupil", other_pupil.id)
    return Comparison(
        kept_pupil,
        other_pupil,
        list(_lines(kept_pupil, other_pupil)),
        list(_row_counts(desk.vault, kept_pupil, other_pupil)),
        list(_warnings(desk, kept_pupil, other_pupil)),
    )


def pupil_to_merge(vault: Vault, pupil_id: str) -> Pupil:
    """A pupil's record that stands for no other. Raises WrongUse."""
    pupil = pupils.get(vault, pupil_id)
    if pupil is None or not pupils.stands_for_itself(vault, pupil_id):
        raise WrongUse(_("One of the two is no longer on file as a record of its own. Look for duplicates again."))
    return pupil


def _lines(kept_pupil: Pupil, other_pupil: Pupil) -> Iterator[ComparisonLine]:
    for item in items_of(Pupil):
        if item.name in ADDRESS:
            if item.name == ADDRESS[0]:
                yield ComparisonLine("address", _("Address"), ", ".join(kept_pupil.address_lines), ", ".join(other_pupil.address_lines))
            continue
        values = [show(item, getattr(pupil, item.name)) for pupil in (kept_pupil, other_pupil)]
        name = "" if item.name in FOLLOWS else item.name
        if any(values):
            yield ComparisonLine(name, item.label, values[0], values[1])


def compare_contacts(desk: Desk, kept_id: str, other_id: str) -> Comparison[Contact]:
    """Two contacts of one pupil side by side. Raises WrongUse for those of two pupils: two families' data never meet."""
    kept_contact, other_contact = (contacts.get(desk.vault, contact_id) for contact_id in (kept_id, other_id))
    if kept_contact is None or other_contact is None:
        raise WrongUse(_("One of the two is no longer on file as a contact of its own. Look for duplicates again."))
    if kept_contact.pupil_id != other_contact.pupil_id:
        raise WrongUse(_("These are contacts of two pupils. Contacts are merged within one pupil’s record alone."))
    desk.require(Action.READ_RECORD, "pupil", kept_contact.pupil_id)
    lines = []
    for item in items_of(Contact):
        if item.name in ADDRESS:
            if item.name == ADDRESS[0]:
                lines.append(
                    ComparisonLine("address", _("Address"), ", ".join(kept_contact.address_lines), ", ".join(other_contact.address_lines))
                )
            continue
        values = [show(item, getattr(contact, item.name)) for contact in (kept_contact, other_contact)]
        if any(values):
            lines.append(ComparisonLine(item.name, item.label, values[0], values[1]))
    warnings = []
    if protected := [
        p
        for p in protections.of_pupil(desk.vault, kept_contact.pupil_id, desk.today)
        if p.contact_id in (kept_contact.id, other_contact.id)
    ]:
        kinds = sorted({codelist("protection_kind").label_of(p.kind) for p in protected})
        warnings.append(_("Protections of either hold for the one kept: {kinds}.").format(kinds=join_words(kinds)))
    if kept_contact.parental_responsibility != other_contact.parental_responsibility:
        warnings.append(_("The two differ on parental responsibility. Look at the papers before you choose."))
    return Comparison(kept_contact, other_contact, lines, [], warnings)


def _row_counts(vault: Vault, kept_pupil: Pupil, other_pupil: Pupil) -> Iterator[ComparisonLine]:
    for table, label in _HELD.items():
        numbers = [merging.number_of(vault, table, pupil.id) for pupil in (kept_pupil, other_pupil)]
        if any(numbers):
            yield ComparisonLine("", label, *(f"{number:,}" if number else "" for number in numbers))


_HELD: Mapping[str, str] = {
    "enrolment": _("Stays"),
    "contact": _("Contacts"),
    "mark": _("Marks in the register"),
    "suspension": _("Suspensions"),
    "accident": _("Accidents"),
    "plan": _("Versions of plans"),
    "assessment": _("Assessments"),
    "exam_entry": _("Exam entries"),
    "exam_arrangement": _("Access arrangements for exams"),
    "exam_collector": _("Who may have exam results"),
    "leave_request": _("Requests for leave, each wording"),
    "target_review": _("Reviews of targets"),
    "report_comment": _("Comments in progress reports"),
    "sen_period": _("Times under a SEN provision"),
    "sen_need": _("Needs"),
    "care_period": _("Care, meals and premiums"),
    "health_item": _("Conditions and allergies"),
    "medicine": _("Medicines"),
    "dose": _("Doses given"),
    "learning": _("Learning after 14"),
    "destination": _("Destinations"),
    "note": _("Notes"),
    "attachment": _("Papers kept"),
    "protection": _("Protections"),
    "choice": _("Sharing choices"),
    "notice_issue": _("Notices given"),
    "disclosure": _("Disclosures"),
}


def _warnings(desk: Desk, kept_pupil: Pupil, other_pupil: Pupil) -> Iterator[str]:
    vault = desk.vault
    if kept_pupil.upn and other_pupil.upn:
        merged = merged_pupil(kept_pupil, other_pupil, ())
        words = _(
            "Both have a UPN, and files with either find the record kept. Unless you take the other, its UPN is {upn}, its former UPN {former}."
        )
        yield words.format(upn=merged.upn, former=merged.former_upn)
    yield from _marks(vault, kept_pupil, other_pupil)
    yield from _stays(enrolments.of_pupil(vault, kept_pupil.id), enrolments.of_pupil(vault, other_pupil.id))
    for kind in (SenPeriod, SenNeed, CarePeriod):
        yield from _periods(several.of_pupil(vault, kind, kept_pupil.id), several.of_pupil(vault, kind, other_pupil.id))
    yield from _sharing(desk, kept_pupil, other_pupil)
    protected = [p for pupil in (kept_pupil, other_pupil) for p in protections.of_pupil(vault, pupil.id, desk.today)]
    if protected:
        kinds = sorted({codelist("protection_kind").label_of(p.kind) for p in protected})
        yield _("Protections of either record hold for the pupil: {kinds}.").format(kinds=join_words(kinds))


def merged_pupil(kept_pupil: Pupil, other_pupil: Pupil, take: Collection[str]) -> Pupil:
    """The record kept, with what is taken over, and the second UPN as its former one, where it has none."""
    names = {name for name_taken in take for name in (ADDRESS if name_taken == "address" else (name_taken,))} - set(FOLLOWS)
    values = {name: getattr(other_pupil, name) for name in names}
    upn = values.get("upn", kept_pupil.upn)
    spare = next((number for number in (kept_pupil.upn, other_pupil.upn) if number and number != upn), None)
    if spare and not values.get("former_upn", kept_pupil.former_upn):
        values["former_upn"] = spare
    return replace(kept_pupil, **values)


def _marks(vault: Vault, kept_pupil: Pupil, other_pupil: Pupil) -> Iterator[str]:
    kept_marks, other_marks = (register.all_of_pupil(vault, pupil.id) for pupil in (kept_pupil, other_pupil))
    marked_twice = sorted(kept_marks.keys() & other_marks.keys(), key=lambda half: (half[0], str(half[1])))
    differ = [half for half in marked_twice if kept_marks[half].code != other_marks[half].code]
    if marked_twice:
        number = count_of(len(marked_twice), _("session is marked"), _("sessions are marked"))
        yield _("{number} in both records. The mark of the record kept counts; the other stays on file beneath it.").format(number=number)
    if differ:
        examples = [
            _("{day} {session}: {kept} and {other}").format(
                day=show_date(half[0]), session=half[1], kept=kept_marks[half].code, other=other_marks[half].code
            )
            for half in differ[:_SHOWN]
        ]
        remainder = _(" and {number} more").format(number=len(differ) - _SHOWN) if len(differ) > _SHOWN else ""
        words = _("The codes differ on {sessions}{more}. If the other record is right, amend the mark of the one kept.")
        yield words.format(sessions="; ".join(examples), more=remainder)


def _stays(kept_stays: Sequence[Enrolment], other_stays: Sequence[Enrolment]) -> Iterator[str]:
    if any(meet(kept_stay, other_stay) for kept_stay in kept_stays for other_stay in other_stays):
        yield _("Both have a stay for some of the same days. Both stay on file; correct or end the one that is wrong afterwards.")


def _periods(kept_rows: Sequence[Any], other_rows: Sequence[Any]) -> Iterator[str]:
    """Where dated entries of which only one can hold at a time last on common days, and the two differ."""
    for kept_row in kept_rows:
        for other_row in other_rows:
            if _rivals(kept_row, other_row) and meet(kept_row, other_row):
                words = _(
                    "Both have an entry of the kind “{kind}” for some of the same days. Both stay on file; end the one that is wrong afterwards."
                )
                first = items_of(type(kept_row))[0]
                yield words.format(kind=first.label)
                return


def _rivals(kept_row: Any, other_row: Any) -> bool:
    if isinstance(kept_row, CarePeriod):
        return group_of(kept_row) == group_of(other_row)
    return not isinstance(kept_row, SenNeed) or kept_row.rank == other_row.rank or kept_row.need == other_row.need


def _sharing(desk: Desk, kept_pupil: Pupil, other_pupil: Pupil) -> Iterator[str]:
    day: date = desk.today
    kept_case, other_case = (cases.of_pupil(desk.vault, pupil.id, day, day) for pupil in (kept_pupil, other_pupil))
    if kept_case is None or other_case is None:
        return
    stays = (*kept_case.enrolments, *other_case.enrolments)
    for recipient in heard_recipients().values():
        levels = [decide(_judged_as(case, kept_pupil, stays), recipient, day, desk.settings.rules) for case in (kept_case, other_case)]
        if levels[0] and levels[1] and levels[0].level is not levels[1].level:
            words = _("The two say different things on what {recipient} may be told. The stricter holds until it is said anew.")
            yield words.format(recipient=recipient.label)


def _judged_as(case: SharingCase, pupil: Pupil, stays: Sequence[Enrolment]) -> SharingCase:
    """What one record says, judged as of the person that the two would be."""
    return replace(case, pupil=pupil, enrolments=stays, others=tuple(_judged_as(other_case, pupil, stays) for other_case in case.others))
