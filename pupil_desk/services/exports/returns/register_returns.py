"""What returns to the authority have in common: the stays of the two everyday ones, and the families that go with them.

What makes a return due is in ``authority_returns`` of the domain.

Of the two about absence: whom they are about, their name and address, and runs of school days.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.catalogue.items import Basis
from pupil_desk.domain.notices.addressees import home_withheld
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment, on_roll
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import ADMINISTRATIVE, NOT_POSSIBLE, codes_of
from pupil_desk.domain.register.authority_returns import ByStay, longest_run, was_returned
from pupil_desk.domain.sharing.recipients import AUTHORITY
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import (
    Ask,
    Export,
    ExportColumn,
    ExportedPupil,
    ExportRow,
    LeftOut,
    Period,
    Problem,
    Selection,
    single,
)
from pupil_desk.services.exports.layouts import PUPIL_ADDRESS, columns_of, items_told
from pupil_desk.services.exports.protected import add_unless_protected, held_back
from pupil_desk.services.exports.register import school_year_to
from pupil_desk.services.pupils.admission import is_parent
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.tables import addresses, contacts, enrolments, protections, pupils, returned, standing

authority_return = partial(
    Export,
    recipient_key=AUTHORITY,
    law=_("School Attendance (Pupil Registration) (England) Regulations 2024 (SI 2024/208), regulation 13"),
    basis=Basis.LEGAL_OBLIGATION,
)
"""An export that the regulation asks for."""

type IsDue = Callable[[Enrolment, date, date | None], bool]
"""Whether a stay is one that is returned by a day, if it has not been; the last argument is the day before which others did it."""


@dataclass(frozen=True, slots=True)
class RegisterReturn:
    """A pupil with the stay to return, the parents that the register names, since when the address holds, and protections in force.

    ``withheld``: where the pupil lives is to be withheld, for the pupil's sake or for somebody's who lives there.
    """

    pupil: Pupil
    stay: Enrolment
    parents: Sequence[Contact]
    address_since: date | None
    protections: Sequence[Protection]
    withheld: bool


def stays_due(desk: Desk, ask: Ask, return_kind: str, is_due: IsDue) -> Iterator[RegisterReturn]:
    """The stays to return, by name: those not returned yet; with pupils asked for, theirs alone, returned before or not."""
    vault, since = desk.vault, desk.settings.returns_from
    stays, families, earlier = (store.by_pupil(vault, ask.pupils) for store in (enrolments, contacts, addresses))
    protections_by_pupil, returned_stays = (
        protections.by_pupil(vault, ask.day, desk.today),
        returned.everything(vault, return_kind, but=ask.compared_export_id),
    )
    for pupil in pupils.all_pupils(vault, ask.pupils):
        due_stays = [stay for stay in stays[pupil.id] if is_due(stay, ask.day, None if ask.by_name else since)]
        if ask.by_name and not due_stays:  # the last of an earlier school year, which was forgotten then
            due_stays = [stay for stay in stays[pupil.id] if is_due(stay, min(stay.end_date or ask.day, ask.day), None)][-1:]
        for stay in _to_return(due_stays, return_kind, returned_stays, by_name=ask.by_name):
            parents = [contact for contact in families[pupil.id] if is_parent(contact)]
            yield RegisterReturn(
                pupil,
                stay,
                parents,
                max((address.moved_on for address in earlier[pupil.id] if address.moved_on), default=None),
                protections_by_pupil[pupil.id],
                withheld=home_withheld(pupil, families[pupil.id], protections_by_pupil[pupil.id]),
            )


def _to_return(stays: Sequence[Enrolment], return_kind: str, returned_stays: ByStay, *, by_name: bool) -> Sequence[Enrolment]:
    """Those not returned yet; of a pupil asked for by name, where all were, the last."""
    open_ = [stay for stay in stays if not was_returned(stay, return_kind, returned_stays)]
    return open_ or (stays[-1:] if by_name else ())


def not_due(desk: Desk, ask: Ask, due_returns: Collection[RegisterReturn], reason: str, in_short: str) -> Iterator[LeftOut]:
    """Those who are asked for by name and of whom there is nothing to return, by name, and why."""
    if ask.by_name and ask.pupils is not None:
        for pupil in pupils.some(desk.vault, ask.pupils - {due_return.pupil.id for due_return in due_returns}):
            yield LeftOut(pupil, reason, in_short)


def addresses_withheld(due_return: RegisterReturn, parents: Sequence[Contact], ask: Ask) -> Iterator[Problem]:
    """A word for each address that the return carries, as the law has it, and that is to be withheld; ``parents`` are those in it.

    One who is left out until confirmed by name is in no return yet.
    """
    is_left_out = held_back(due_return.pupil, due_return.protections, ask.confirm) is not None
    if is_left_out:
        rest = _(
            "The pupil is left out until you tick the name; the return then carries it. Be sure first who may see it at the authority."
        )
    else:
        rest = _("The return carries it. Be sure who may see it at the authority.")
    if due_return.withheld and due_return.pupil.address_lines:
        yield Problem(due_return.pupil, "pupil.address_1", f"{_('The address is to be withheld.')} {rest}")
    withheld_contact_ids = {protection.contact_id for protection in due_return.protections if protection.kind == ADDRESS_WITHHELD}
    if any(parent.id in withheld_contact_ids and parent.address_lines for parent in parents):
        yield Problem(due_return.pupil, "contact.address_1", f"{_('A parent’s address is to be withheld.')} {rest}")


def told_of(
    due_return: RegisterReturn,
    reason: str,
    columns: Sequence[ExportColumn],
    items: Sequence[str],
    of_parents: Sequence[Cell],
    *,
    derived_from: Collection[str] = (),
) -> ExportedPupil:
    """A pupil told in full, with a row of the stay: the ``items`` of both, then the cells ``of_parents``; ``derived_from`` is told by whose these are."""
    values: dict[str, Cell] = {f"pupil.{name}": getattr(due_return.pupil, name) for name in Pupil.__dataclass_fields__}
    values |= {f"enrolment.{name}": getattr(due_return.stay, name) for name in Enrolment.__dataclass_fields__}
    values["former_address.moved_on"] = due_return.address_since
    cells = (*(values[item] for item in items), *of_parents)
    rows = (ExportRow(cells, due_return.stay.id),)
    return ExportedPupil(
        due_return.pupil,
        reason,
        items_told(columns, cells, derived_from),
        rows,
        protections=tuple(due_return.protections),
        stays=(due_return.stay,),
    )


WHO = columns_of(("pupil.upn", "pupil.surname", "pupil.forename", "pupil.middle_names", *PUPIL_ADDRESS))
"""Full name and address, as the regulation has it, and the number by which the authority knows the pupil."""


@dataclass(frozen=True, slots=True)
class AbsenceScope:
    """The days looked at, with the calendar's open ones; the pupils on the register on the last of them, with their stays and protections."""

    period: Period
    school_days: Sequence[date]
    pupils: Sequence[Pupil]
    stays: Mapping[str, Sequence[Enrolment]]
    protections: Mapping[str, Sequence[Protection]]

    def registered(self, pupil_id: str, by_day: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """Of the codes of each day those of days on the roll: what was marked of a guest is not the registered pupil's."""
        return {day: codes for day, codes in by_day.items() if on_roll(self.stays[pupil_id], date.fromisoformat(day))}

    def longest_runs(self, desk: Desk, ids: Collection[str], missed: frozenset[str], minimum: int = 0) -> dict[str, list[date]]:
        """The longest run of days that each of these pupils missed; with ``minimum`` only runs of so many days, and nobody without one.

        Looked at are the open days, and any other that has a mark, such as before terms were entered.
        """
        since, until = self.period.since, self.period.until
        if minimum and ids:  # most have none, and need not be read
            ids = standing.with_a_run(
                desk.vault, since, until, minimum, codes=missed, between=codes_of(NOT_POSSIBLE, ADMINISTRATIVE), ids=ids
            )
        runs = {}
        for pupil_id, marks in standing.by_pupil(desk.vault, since, until, ids=ids).items() if ids else ():
            by_day = self.registered(pupil_id, marks.codes())
            run = longest_run(by_day, sorted({*self.school_days, *map(date.fromisoformat, by_day)}), missed)
            if len(run) >= minimum:
                runs[pupil_id] = run
        return runs

    def selection(self, columns: tuple[ExportColumn, ...], entries: Iterable[tuple[Pupil, str, tuple[Cell, ...]]], ask: Ask) -> Selection:
        """Those whom the return is about: each with the reason, and a row."""
        selection = Selection(single(columns))
        for pupil, reason, cells in entries:
            pupil_protections = tuple(self.protections.get(pupil.id, ()))
            add_unless_protected(
                selection, ExportedPupil(pupil, reason, items_told(columns, cells), (ExportRow(cells),), protections=pupil_protections), ask
            )
        return selection


def look(desk: Desk, ask: Ask) -> AbsenceScope:
    """Whom a return of that day may be about: everyone on the register at the end of its period, or those asked for."""
    period = ask.period or school_year_to(ask.day)
    stays, calendar = enrolments.by_pupil(desk.vault, ask.pupils), school_calendar(desk.vault)
    registered_pupils = [pupil for pupil in pupils.all_pupils(desk.vault, ask.pupils) if on_roll(stays[pupil.id], period.until)]
    protections_by_pupil = protections.by_pupil(desk.vault, period.until, desk.today)
    return AbsenceScope(period, calendar.school_days(period.since, period.until), registered_pupils, stays, protections_by_pupil)


def who_cells(pupil: Pupil) -> tuple[str | None, ...]:
    """The cells of ``WHO``."""
    return tuple(getattr(pupil, column.item.partition(".")[2]) for column in WHO)


def sums(names: Sequence[str], item: str = "mark.code") -> tuple[ExportColumn, ...]:
    """Columns worked out from the register."""
    return tuple(ExportColumn(name, item) for name in names)
