"""Of whom a transfer file goes, to which destination, with which values; and what is missed in their records."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.care.needs import TYPE_BESIDE_NO_NEED
from pupil_desk.domain.catalogue.identifiers import is_temporary
from pupil_desk.domain.learning.next_steps import Destination as NextStep
from pupil_desk.domain.learning.next_steps import last_confirmed
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.ctf.held import Leaver, TransferRecord, read_transfer_records
from pupil_desk.services.exports.ctf.sending import Destination, NotYet, TransferRouting
from pupil_desk.services.exports.ctf.values import values_of
from pupil_desk.services.exports.export import Ask, ExportColumn, ExportedPupil, ExportRow, ExportSheet, LeftOut, Problem, Selection
from pupil_desk.services.exports.protected import held_back
from pupil_desk.services.formats.ctf import CtfElement, elements, version_on
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.rows import several
from pupil_desk.store.tables import enrolments, protections, pupils, transfers

NAME, SUBSIDIARY = "ctf", "S"
_SHEETS = (ExportSheet("", (ExportColumn(_("value of each element"), ""),), values=True),)


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
        elif missing := list(_missing(pupil)):
            self.selection.problems.extend(missing)
            self.selection.left_out.append(
                LeftOut(pupil, " ".join(problem.words for problem in missing), _("something is missing without which no file is valid"))
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
    structure = elements(version_on(ask.day, unit.ctf_version))
    records = read_transfer_records(vault, [leaver for leaver, _destination in choosing.going], choosing.protected, stays, ask.day)
    for record, (leaver, destination) in zip(records, choosing.going, strict=True):
        confirmed = tuple(choosing.protected.get(leaver.pupil.id, ()))
        choosing.selection.exported.append(_exported_pupil(record, destination, values_of(record, unit, structure), confirmed))
        choosing.selection.problems.extend(_missed(record))
    return choosing.selection


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
    items = dict.fromkeys(item for _path, _value, element in values for item in element.items)
    rows = tuple(ExportRow((value,), path) for path, value, _element in values)
    return ExportedPupil(
        leaver.pupil, reason, tuple(items), rows, protections=confirmed, recipient=destination.words, part=destination.code
    )


def _with_addresses(left_out: LeftOut) -> LeftOut:
    """With a warning where it is an address that must be withheld."""
    if any(protection.kind == ADDRESS_WITHHELD for protection in left_out.protections):
        reason = _("{reason} A transfer file carries the pupil’s address and the family’s.").format(reason=left_out.reason)
        return LeftOut(left_out.pupil, reason, left_out.receipt_reason, left_out.protections)
    return left_out


def _missing(pupil: Pupil) -> Iterator[Problem]:
    """What no valid file is without."""
    if pupil.upn is None:
        yield Problem(pupil, "pupil.upn", _("There is no UPN, without which no school system reads the file."), stops=True)


def _missed(record: TransferRecord) -> Iterator[Problem]:
    """What the law asks for and is not on file, and what else to look at; the file is valid without it."""
    pupil = record.leaver.pupil
    checks = (
        (
            record.leaver.is_copy and record.leaver.stay.status == SUBSIDIARY,
            "enrolment.status",
            _("A copy is owed by the school that was the first of the two. Be sure that it was this one."),
        ),
        (is_temporary(pupil.upn), "pupil.upn", _("The UPN is a temporary one. Ask for the lasting one before the file goes.")),
        (pupil.sex is None, "pupil.sex", _("The sex is not on file: it goes as U, unknown.")),
        (pupil.ethnicity is None, "pupil.ethnicity", _("The ethnic group is not on file, and the law asks for it.")),
        (pupil.first_language is None, "pupil.first_language", _("The first language is not on file, and the law asks for it.")),
        (
            not record.sen,
            "sen_period.provision",
            _("No SEN provision is on file, not even that there is no need, and the law asks for it."),
        ),
        (record.totals is None, "mark.code", _("No session is marked in this school year, so the file has no attendance.")),
        (any(stay.start_date is None for stay in record.stays), "enrolment.start_date", _("The starting day is not on file.")),
        (
            any(period.start_date is None for period in record.meals),
            "care_period.start_date",
            _("A time with free school meals has no first day, and is left out."),
        ),
        (
            bool(record.kept_out),
            "contact.surname",
            _("{contacts} under a protection of their own are not in the file. Tell the school what it must know.").format(
                contacts=count_of(record.kept_out, _("contact"), _("contacts"))
            ),
        ),
        (record.no_need and bool(record.needs), "sen_need.need", TYPE_BESIDE_NO_NEED),
        (
            record.withheld,
            "pupil.address_1",
            _("The address is to be withheld, and the file carries it. Be sure who may see it at the other school."),
        ),
    )
    yield from (Problem(pupil, item, words) for missed, item, words in checks if missed)
