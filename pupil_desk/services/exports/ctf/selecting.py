"""Of whom a transfer file goes, to which destination, with which values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.next_steps import Destination as NextStep
from pupil_desk.domain.learning.next_steps import last_confirmed
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.pupils.sending import Destination, NotYet, TransferRouting
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.contents import OF_FILE
from pupil_desk.services.exports.ctf.held import Leaver, TransferRecord, read_transfer_records
from pupil_desk.services.exports.ctf.missed import kept_out, missed, missing
from pupil_desk.services.exports.ctf.values import values_of
from pupil_desk.services.exports.export import Ask, ExportColumn, ExportedPupil, ExportRow, ExportSheet, LeftOut, Problem, Selection
from pupil_desk.services.exports.protected import held_back
from pupil_desk.services.formats.ctf import CtfElement, elements, version_on
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.rows import several
from pupil_desk.store.tables import enrolments, protections, pupils, transfers

NAME = "ctf"
_SHEETS = (ExportSheet("", (ExportColumn(_("value of each element"), "", OF_FILE),), values=True),)


@dataclass(slots=True)
class _Choosing:
    """The pupils under way: those told so far, and where the file of each goes."""

    desk: Desk
    ask: Ask
    sending: TransferRouting
    protected: Mapping[str, Sequence[Protection]]
    last_sent: Mapping[str, str]
    activities: Mapping[str, str]
    selection: Selection = field(default_factory=lambda: Selection(_SHEETS))
    going: list[tuple[Leaver, Destination]] = field(default_factory=list)

    def judge(self, pupil: Pupil, stays: Sequence[Enrolment]) -> None:
        """One pupil: nothing to do, goes, or left out."""
        leaver = self._case(pupil, stays)
        if leaver is None:
            return
        if isinstance(leaver, NotYet):
            self._leave_out(pupil, leaver)
            return
        destination = self.sending.of_copy(leaver.stay) if leaver.is_copy else self._leaving(leaver)
        if isinstance(destination, NotYet):
            self._leave_out(pupil, destination)
        elif obstacles := list(missing(pupil)):
            self.selection.problems.extend(obstacles)
            self.selection.left_out.append(
                LeftOut(pupil, " ".join(problem.words for problem in obstacles), _("something is missing without which no file is valid"))
            )
        elif (withheld := held_back(pupil, self.protected.get(pupil.id, ()), self.ask.confirm)) is not None:
            self.selection.left_out.append(_with_addresses(withheld))
        else:
            self.going.append((leaver, destination))

    def _case(self, pupil: Pupil, stays: Sequence[Enrolment]) -> Leaver | NotYet | None:
        """By which stay a pupil is concerned; None for one of whom nothing is due."""
        day, by_name = self.ask.day, self.ask.by_name
        stays_on_roll = [stay for stay in stays if stay.puts_on_roll]
        ended_stays = [
            stay for stay in stays_on_roll if stay.end_date is not None and (stay.end_date < day or (by_name and stay.end_date == day))
        ]
        current_stays = [stay for stay in stays_on_roll if stay.on_roll(day) and stay not in ended_stays]
        if current_stays:
            return Leaver(pupil, max(current_stays, key=_began), stays, is_copy=True) if by_name else None
        if by_name and not stays_on_roll:
            return NotYet(_("Not registered here, so no transfer file is owed from here."), _("not registered here"))
        stay = max(ended_stays, key=_end_of, default=None) or (max(stays_on_roll, key=_began) if by_name else None)
        if stay is None or not (by_name or self.sending.is_due(_end_of(stay), self.last_sent.get(pupil.id, ""))):
            return None
        return Leaver(pupil, stay, stays, is_copy=False)

    def _leaving(self, leaver: Leaver) -> Destination | NotYet:
        if leaver.stay.end_date is None or leaver.stay.end_date > self.ask.day:
            words = _("The leaving day is not on file. Enter it, and the file can go.")
            return NotYet(words, _("no leaving day on file"), "enrolment.end_date")
        return self.sending.of_leaver(leaver.pupil, leaver.stay, self.activities.get(leaver.pupil.id, ""))

    def _leave_out(self, pupil: Pupil, obstacle: NotYet) -> None:
        self.selection.left_out.append(LeftOut(pupil, obstacle.reason, obstacle.in_short))
        if obstacle.item:
            self.selection.problems.append(Problem(pupil, obstacle.item, obstacle.reason, stops=True))


def select(desk: Desk, ask: Ask) -> Selection:
    """Those of whom a file is due, or who are asked for by name."""
    unit, vault = desk.settings, desk.vault
    choosing = _Choosing(
        desk=desk,
        ask=ask,
        sending=TransferRouting(unit.dfe_number, ask.day, school_calendar(vault)),
        protected=protections.by_pupil(vault, ask.day, desk.today),
        last_sent=transfers.last_told(vault, NAME),
        activities={
            pupil_id: confirmed_step.activity
            for pupil_id, steps in several.by_pupil(desk.vault, NextStep, ask.pupils).items()
            if (confirmed_step := last_confirmed(steps)) is not None
        },
    )
    stays = enrolments.by_pupil(vault, ask.pupils)
    for pupil in pupils.all_pupils(vault, ask.pupils):
        choosing.judge(pupil, stays[pupil.id])
    version = version_on(ask.day, unit.ctf_version)
    structure = elements(version)
    records = read_transfer_records(vault, [leaver for leaver, _destination in choosing.going], choosing.protected, ask.day)
    for record, (leaver, destination) in zip(records, choosing.going, strict=True):
        confirmed = tuple(choosing.protected.get(leaver.pupil.id, ()))
        choosing.selection.exported.append(_exported_pupil(record, destination, values_of(record, unit, structure), confirmed))
        choosing.selection.problems.extend(missed(record))
    spec = _("Common Transfer File, version {version}. Checked against the published structure as rebuilt, not certified.")
    return replace(choosing.selection, spec=spec.format(version=version))


def _began(stay: Enrolment) -> date:
    return stay.start_date or date.min


def _end_of(stay: Enrolment) -> date:
    return stay.end_date or date.min


def _exported_pupil(
    record: TransferRecord, destination: Destination, values: list[tuple[str, str, CtfElement]], confirmed: tuple[Protection, ...]
) -> ExportedPupil:
    leaver = record.leaver
    if leaver.is_copy:
        reason = _("Registered at another school too: a copy.")
    else:
        reason = _("Left on {day}.").format(day=show_date(leaver.stay.end_date or record.day))
    absent = tuple(
        f"{name}." for name, rows in (("school_attended", record.schools), ("attendance_total", record.totals_elsewhere)) if not rows
    )
    items = dict.fromkeys(item for _path, _value, element in values for item in element.items if not item.startswith(absent))
    rows = tuple(ExportRow((value,), path) for path, value, _element in values)
    return ExportedPupil(
        leaver.pupil,
        reason,
        tuple(items),
        rows,
        protections=confirmed,
        recipient=destination.words,
        part=destination.code,
        kept_out=tuple(kept_out(record)),
    )


def _with_addresses(left_out: LeftOut) -> LeftOut:
    """With a warning where it is an address that must be withheld."""
    if any(protection.kind == ADDRESS_WITHHELD for protection in left_out.protections):
        reason = _("{reason} A transfer file carries the pupil’s address and the family’s.").format(reason=left_out.reason)
        return LeftOut(left_out.pupil, reason, left_out.receipt_reason, left_out.protections)
    return left_out
