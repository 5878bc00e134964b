"""What the register comes to for every pupil, counted by the store in one go."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Totals, attendance_groups
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import attendance_counts, pupils
from pupil_desk.store.tables import register as store


@dataclass(frozen=True, slots=True)
class PupilTotals:
    """A pupil's sessions in a period. Percentages have one decimal; None where nothing was possible."""

    pupil: Pupil
    possible: int
    attended: int
    authorised: int
    unauthorised: int
    attendance_pct: float | None
    absence_pct: float | None
    unauthorised_pct: float | None
    persistent: bool
    severe: bool
    rows: int


def totals(desk: Desk, since: date, until: date) -> list[PupilTotals]:
    """Of every pupil on the register in these days, or with a mark in them, by name. Raises WrongUse for days in the wrong order."""
    desk.require(Action.READ_RECORD)
    if until < since:
        raise WrongUse(_("The period ends before it begins. Correct one of the two days."))
    counts_by_pupil = counts(desk, since, until)
    registered_ids = {row["id"] for row in store.on_register(desk.vault, since, until)}
    return [
        _pupil_totals(pupil, counts_by_pupil.get(pupil.id, Totals()))
        for pupil in pupils.all_pupils(desk.vault)
        if pupil.id in counts_by_pupil or pupil.id in registered_ids
    ]


def counts(desk: Desk, since: date, until: date, ids: Collection[str] | None = None) -> dict[str, Totals]:
    """The totals of every pupil with a mark in these days, of days on the roll alone, by the pupil's identity; with ``ids`` of these alone."""
    return {
        pupil_id: Totals(numbers.rows, *numbers.groups)
        for pupil_id, numbers in attendance_counts.count_sessions(desk.vault, since, until, attendance_groups(), ids).items()
    }


def totals_of_codes(codes: Mapping[str, int]) -> Totals:
    """The totals of a pupil with so many sessions of each code."""
    return Totals(sum(codes.values()), *(sum(codes.get(code, 0) for code in group) for group in attendance_groups()))


def _pupil_totals(pupil: Pupil, sums: Totals) -> PupilTotals:
    return PupilTotals(
        pupil=pupil,
        possible=sums.possible,
        attended=sums.attended,
        authorised=sums.authorised,
        unauthorised=sums.unauthorised,
        attendance_pct=sums.attendance_pct,
        absence_pct=sums.absence_pct,
        unauthorised_pct=sums.unauthorised_pct,
        persistent=sums.persistent,
        severe=sums.severe,
        rows=sums.rows,
    )
