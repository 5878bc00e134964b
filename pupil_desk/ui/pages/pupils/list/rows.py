"""The lines of the list of pupils, as they are looked at."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

from pupil_desk.basics.dates import age_on
from pupil_desk.services.pupils.pupils import Listed


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One line of the list: a row of ``services.pupils.pupils.listing`` as on the day it was asked for.

    What a line says is worked out when it is looked at.
    """

    values: tuple[Any, ...]
    today: date

    @property
    def id(self) -> str:
        """Whose line it is."""
        return self.values[0]  # type: ignore[no-any-return]  # the first two columns are text

    @property
    def ref(self) -> str:
        """Our own short number."""
        return self.values[1]  # type: ignore[no-any-return]  # the first two columns are text

    @property
    def name(self) -> str:
        """Surname first, as the list is ordered; the name the pupil goes by in brackets."""
        _id, _ref, surname, forename, preferred, *_columns = self.values
        known_as = f" ({preferred})" if preferred and preferred != forename else ""
        return f"{surname}, {forename}{known_as}"

    @property
    def full_name(self) -> str:
        """The name the pupil goes by, as in a sentence."""
        _id, _ref, surname, forename, preferred, *_columns = self.values
        return f"{preferred or forename} {surname}"

    @property
    def dob(self) -> date:
        return date.fromisoformat(self.values[5])

    @property
    def age(self) -> int:
        """Whole years on the day."""
        return age_on(self.dob, self.today)

    @property
    def year_group(self) -> str:
        """The code of the year group; empty for none."""
        return self.values[6] or ""

    @property
    def upn(self) -> str:
        """The UPN; empty for none."""
        return self.values[7] or ""

    @property
    def on_roll(self) -> bool:
        """Whether the pupil is on the unit's roll."""
        kind = self.values[8]
        return kind is not None and kind[0] == "1"

    @property
    def standing(self) -> str:
        """«on roll», «guest» or «left»."""
        return "on roll" if self.on_roll else "guest" if self.values[8] else "left"

    @property
    def status(self) -> str:
        """The code of the enrolment status on the day; empty for one who is not here."""
        return (self.values[8] or "")[1:]

    @property
    def protected(self) -> bool:
        """Whether anything is to be kept from somebody."""
        return bool(self.values[9])


@dataclass(frozen=True, slots=True, eq=False)
class PupilRows(Sequence[PupilRow]):
    """The lines of the list. Each is made when it is looked at: of ten thousand, some thirty are on the screen."""

    matches: Listed
    today: date

    def __len__(self) -> int:
        return len(self.matches)

    @overload
    def __getitem__(self, place: int) -> PupilRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[PupilRow]: ...
    def __getitem__(self, place: int | slice) -> PupilRow | list[PupilRow]:
        if isinstance(place, slice):
            return [PupilRow(values, self.today) for values in self.matches[place]]
        return PupilRow(self.matches[place], self.today)

    def place_of(self, pupil_id: Hashable) -> int | None:
        """Where that pupil's line stands; None where it is not in the list."""
        return self.matches.place_of(pupil_id)
