"""What would become of a pupil of a transfer file. A new one goes in with all that is told; of one who is here, everything that
differs or is new is shown, and only what a person takes is kept. Contacts and results are compared within the one pupil, never across.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import SenNeed, SenPeriod
from pupil_desk.domain.catalogue.identifiers import is_temporary
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.catalogue.validation import Problem, check_age, check_pupil
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.imports.by_hand import parts_of_addresses
from pupil_desk.services.imports.ctf.leftover import Holders
from pupil_desk.services.imports.ctf.parts import PARTS, StoredParts, judged_part
from pupil_desk.services.imports.ctf.taking import new_part, same_part
from pupil_desk.services.imports.kinds import LEFT_OUT_ROW, NEW, THEIRS, Fate, Judging, Plan, ReadPart, ReadRow, Write, writes_over
from pupil_desk.services.imports.people import Match, People, PupilsOnFile, name_key
from pupil_desk.services.imports.stays import stay_words
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import pupils as pupils_store

NOT_HERE = "not_here"  # the code of a row of a partial file about somebody who is not here
_CURRENT = "C"  # no status is told of our own roll: the command line's section «Enrolment»


@dataclass(slots=True)
class StoredRecords(PupilsOnFile):
    """With what hangs on the pupils on file."""

    parts: StoredParts


def hold(vault: Vault) -> StoredRecords:
    """What rows are compared with."""
    return StoredRecords(People.on_file(vault), int(pupils_store.next_ref(vault)[1:]), StoredParts.on_file(vault))


def plan(stored: StoredRecords, row: ReadRow, judging: Judging) -> Plan:
    """What would become of the pupil of a row."""
    match = _find(stored.people, row.values).said(judging.answer_for(row.number))
    if match.pupil is None and row.is_partial and judging.answer_for(row.number) != NEW:
        return Plan(Fate.UNCHANGED, alike=match.alike, answer=LEFT_OUT_ROW, problems=(_not_here(row),), is_set_aside=True)
    if match.must_be_said:
        return match.undecided()
    judging = match.judging(judging, row.number)
    old, holders = match.pupil, Holders(judging.today)
    row_plan = (
        _plan_of_new(stored, row, judging, holders)
        if old is None
        else _plan_of_known(stored, old, row, judging, holders, by_name=match.by_name)
    )
    parts = tuple((part.record, tuple(part.values.items())) for part in row.parts)
    return dataclasses.replace(
        row_plan,
        contents=(dict(row.values), parts),
        problems=(*row_plan.problems, *_remarks(match, row, row_plan, judging.today)),
        not_taken=holders.not_taken(row.leaves),
        alike=match.alike,
        answer=match.answer,
    )


def _not_here(row: ReadRow) -> Problem:
    """Why a row of a file that tells a part of each record is left out, where the pupil is not here."""
    tells_results = bool(row.parts) and all(part.record is Assessment for part in row.parts)
    words = (
        _("These are results for somebody who is not here. Nothing is taken, unless you say that it is a new pupil.")
        if tells_results
        else _(
            "The file tells a part of a record, and of somebody who is not here. Nothing is taken, unless you say that it is a new pupil."
        )
    )
    return Problem.warning("", NOT_HERE, words)


def _find(people: People, values: Mapping[str, Any]) -> Match:
    """Whom a row is about: by UPN or former UPN, else by name and date of birth."""
    for number in (values.get("upn"), values.get("former_upn")):
        if number and (pupil := people.with_number(number)):
            return Match(pupil)
    name = name_key(values["surname"], values["forename"], values["dob"])
    alike = people.alike(name)
    return Match.by_names(people, values, people.waiting(name) or (alike[0] if len(alike) == 1 else None), alike)


def _plan_of_new(stored: StoredRecords, row: ReadRow, judging: Judging, holders: Holders) -> Plan:
    pupil = Pupil(id=new_id(), ref=f"P{stored.next_ref:04d}", **row.values)
    stay = Enrolment(id=new_id(), pupil_id=pupil.id, status=_CURRENT)
    tells_sen = _tells_sen(row)
    parts, problems = _parts(
        stored.parts, pupil, row, judging, lambda record: tells_sen or not isinstance(record, SenPeriod | SenNeed), holders=holders
    )
    if tells_sen:  # the periods, which have days, tell it; the row of the pupil follows from them
        pupil = dataclasses.replace(pupil, sen_provision=None, sen_need_1=None, sen_need_2=None)
    holders.add("", pupil)
    for part, record in parts:
        holders.add(part.place, record)
    return Plan(
        Fate.ADDED,
        pupil.id,
        key=pupil.id,
        problems=problems,
        writes=(Write(None, pupil), Write(None, stay), *(Write(None, record) for _part, record in parts)),
        further_records=(stay_words(stay), *(PARTS[type(record)].in_words(record) for _part, record in parts)),
    )


def _tells_sen(row: ReadRow) -> bool:
    """Whether the periods of a row tell the provision that its own cells tell, from a day on."""
    now = [part.values for part in row.parts if part.record is SenPeriod and "end_date" not in part.values]
    return len(now) == 1 and "start_date" in now[0] and now[0]["provision"] == row.values.get("sen_provision")


def _beside_cells(record: Any) -> bool:
    """Whether a record tells more than the cells of a pupil here already: those tell the provision now, and two needs."""
    if isinstance(record, SenPeriod):
        return record.end_date is not None
    return not isinstance(record, SenNeed) or record.rank > 2


def _parts(
    stored: StoredParts, pupil: Pupil, row: ReadRow, judging: Judging, takes: Callable[[Any], bool], *, holders: Holders
) -> tuple[list[tuple[ReadPart, Any]], tuple[Problem, ...]]:
    """The further records of a row as they would be kept, each once; and of each other one why it is left out."""
    parts: list[tuple[ReadPart, Any]] = []
    left_out, keys = [], set()
    for part in row.parts:
        kind = PARTS[part.record]
        entry = part.record(id=new_id(), pupil_id=pupil.id, **part.values)
        if not takes(entry):
            continue
        record, problems = judged_part(stored, entry, pupil.dob, judging.today, [earlier for _part, earlier in parts])
        stopping = [problem.message for problem in problems if problem.stops]
        if (part.record, kind.key(record)) in keys:
            stopping.append(_("The same stands further up."))
        if stopping:
            left_out.append(kind.left_out(kind.title(record), " ".join(stopping)))
            holders.leave(part.place, left_out[-1].message)
            continue
        keys.add((part.record, kind.key(record)))
        parts.append((part, record))
    return parts, tuple(left_out)


def _plan_of_known(stored: StoredRecords, old: Pupil, row: ReadRow, judging: Judging, holders: Holders, *, by_name: bool) -> Plan:
    values = dict(row.values)
    if stored.people.is_merged(values.get("upn") or ""):
        del values["upn"]  # the sender knows only the number of the record that was merged
    if old.upn and values.get("upn", old.upn) != old.upn:
        if values["upn"] == old.former_upn:
            del values["upn"]  # the sender knows only the number of before
        elif by_name and judging.accept_for(row.number, "upn") == THEIRS:
            values["former_upn"] = old.upn
    differences = judging.told_apart(row.number, {item.name: item for item in items_of(Pupil)}, old, values)
    writes = writes_over(old, differences)
    holders.add("", writes[0].new if writes else old)
    parts, problems = _parts(stored.parts, old, row, judging, _beside_cells, holders=holders)
    for part, record in parts:
        stored_part = stored.parts.find(record)
        part_differences, part_writes = (
            new_part(part, record, row.number, judging)
            if stored_part is None
            else same_part(stored_part, part, record, row.number, judging)
        )
        holders.add(part.place, part_writes[0].new if part_writes else stored_part)
        differences, writes = (*differences, *part_differences), (*writes, *part_writes)
    problems = (*problems, *parts_of_addresses(differences))
    fate = Fate.CHANGED if writes else Fate.UNCHANGED
    return Plan(fate, old.id, key=old.id, differences=differences, writes=writes, problems=problems)


def _remarks(match: Match, row: ReadRow, row_plan: Plan, today: date) -> Iterator[Problem]:
    """Warnings about which pupil a row was taken for, about the number, and across the items that would be kept."""
    yield from _about_match(match, row.values)
    old, upn = match.pupil, row.values.get("upn")
    if is_temporary(upn) and (old is None or old.upn == upn):
        yield Problem.warning("upn", "temporary_upn", _("The UPN is a temporary one. Replace it as soon as the lasting one is known."))
    if not upn and (old is None or not old.upn):
        yield Problem.warning("upn", "no_upn", _("The pupil has no UPN yet. Add it when it is known."))
    for write in row_plan.writes:
        if isinstance(write.new, Pupil):
            as_told = write.new if write.old else dataclasses.replace(write.new, **row.values)
            yield from (problem for problem in check_pupil(as_told) if problem.column in row.values)
            yield from check_age(as_told, today)


def _about_match(match: Match, values: Mapping[str, Any]) -> Iterator[Problem]:
    name, old = name_key(values["surname"], values["forename"], values["dob"]), match.pupil
    if old is None:
        if match.alike:
            yield match.check_they_are_two()
        return
    if match.by_name:
        yield Problem.warning(
            "upn", "matched_by_name", _("Found here by name and date of birth alone, not by UPN. Check that it is the same pupil.")
        )
        return
    if values.get("upn") not in (None, old.upn) and values.get("upn") == old.former_upn:
        yield Problem.warning("upn", "old_upn", _("This is the pupil’s former UPN. The UPN held here stays."))
    stored_name = name_key(old.surname, old.forename, old.dob)
    if stored_name[2] != name[2] and stored_name[:2] != name[:2]:
        yield Problem.warning(
            "upn", "name_differs", _("The pupil with this UPN has another name and date of birth here. Check that it is the same pupil.")
        )
