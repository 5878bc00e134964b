"""How long what is held is kept: the periods as data, and the day from which something may be erased.

Source: domain reference 12 (the IRMS toolkit as local authorities cite it; SI 2024/208 regulation 7 for the register). Each
period says how sure we are of it. Nothing goes by itself on its day: people decide.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import birthday
from pupil_desk.basics.places import resource

RECORD, PROOF = "pupil-record", "disclosure"
"""The class of most of what is held; and that of what proves choices, notices and disclosures, which is kept longer."""


@dataclass(frozen=True, slots=True)
class Period:
    """One class of record: kept until so many years after birth, ``more`` years beyond that, and so many from the last entry.

    ``sure`` is how sure we are («high», «medium», «low» or «design»), ``source`` who says so, ``note`` what to think of.
    """

    name: str
    birthday: int
    more: int
    from_entry: int
    sure: str
    source: str
    note: str

    @property
    def label(self) -> str:
        """The period in words, as the notice has it."""
        return codelist("retention").label_of(self.name)

    def until(self, dob: date, last_entry: date | None = None) -> date:
        """The first day on which it need not be kept any longer. 29 February is 1 March in years without it."""
        day = birthday(dob, self.birthday + self.more)
        if self.from_entry and last_entry is not None:
            day = max(day, birthday(last_entry, self.from_entry))
        return day


@cache
def periods() -> Mapping[str, Period]:
    """Every class of record with its period, by the code of the list «retention»."""
    with open(resource("retention", "periods.toml"), "rb") as file:
        data = tomllib.load(file)
    return {
        name: Period(
            name=name, birthday=facts["birthday"], more=facts.get("more", 0), from_entry=facts.get("from_entry", 0), sure=facts["sure"],
            source=facts["source"], note=facts.get("note", ""),
        )
        for name, facts in data["periods"].items()
    }  # fmt: skip


def longest(names: frozenset[str]) -> str:
    """Of several classes the one that is kept the longest: where records cannot be parted, all of them stay as long as it."""
    found = periods()
    return max(names, key=lambda name: (found[name].birthday + found[name].more, found[name].from_entry, name)) if names else RECORD
