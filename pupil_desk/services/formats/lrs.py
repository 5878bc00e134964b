"""What the Learning Records Service asks for and answers, as data: ``resources/lrs``, which says how sure each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pupil_desk.basics.rulefiles import by_rules, rule_data


@dataclass(frozen=True, slots=True)
class BatchColumn:
    """A column of the batch file. ``items`` are those that stand in it, ``always`` what is the same for everyone; neither: it stays empty.

    ``longest`` is in characters; a ``needed`` one is never empty; ``address`` marks what is left out where the address is withheld.
    """

    heading: str
    longest: int
    needed: bool = False
    items: tuple[str, ...] = ()
    always: str = ""
    address: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """The batch file of one version: its columns in order, what its header row holds, its name."""

    version: str
    name: str
    header: tuple[str, ...]
    from_age: int
    no_postcode: str
    gender: Mapping[str, str]
    columns: tuple[BatchColumn, ...]

    def file_name(self, ukprn: str, moment: datetime) -> str:
        """The name that the service takes, of a moment in local time."""
        return self.name.format(ukprn=ukprn, moment=moment)


class LrsOutcome(StrEnum):
    """What a row of the answer comes to."""

    FOUND = "found"
    REGISTERED = "registered"
    POSSIBLE = "possible"
    NONE = "none"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LrsAnswer:
    """The words of the service's answer: the headings by our name of the column, headings passed over, outcomes and reasons by its words."""

    headings: Mapping[str, tuple[str, ...]]
    passed_over: tuple[str, ...]
    outcomes: Mapping[LrsOutcome, tuple[str, ...]]
    reasons: Mapping[str, str]


@by_rules
def batch() -> Batch:
    """The batch file by the rules in force."""
    data = rule_data("lrs", "batch.toml")
    columns = tuple(BatchColumn(**(column | {"items": tuple(column.get("items", ()))})) for column in data["columns"])
    return Batch(
        version=data["version"],
        name=data["name"],
        header=tuple(data["header"]),
        from_age=data["from_age"],
        no_postcode=data["no_postcode"],
        gender=data["gender"],
        columns=columns,
    )


@by_rules
def answer() -> LrsAnswer:
    """The answer's words by the rules in force."""
    data = rule_data("lrs", "answer.toml")
    return LrsAnswer(
        headings={name: tuple(spellings) for name, spellings in data["headings"].items()},
        passed_over=tuple(data["passed_over"]["headings"]),
        outcomes={LrsOutcome(name): tuple(words) for name, words in data["outcomes"].items()},
        reasons=data["reasons"],
    )
