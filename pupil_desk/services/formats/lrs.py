"""What the Learning Records Service asks for and answers, as data: ``resources/lrs``, which says how sure each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pupil_desk.basics.rulefiles import by_rules, rule_data


@dataclass(frozen=True, slots=True)
class BatchColumn:
    """A column of the batch file. ``items`` are those that stand in it, ``always`` what is the same for everyone; neither: it stays empty.

    ``header`` says what it tells of the file itself, in the row of the first learner alone. ``longest`` is in characters; a ``needed`` one is
    never empty; ``address`` marks what is left out where the address is withheld. ``says`` says in words what stands in one that is the same for everyone.
    """

    heading: str
    longest: int
    needed: bool = False
    items: tuple[str, ...] = ()
    always: str = ""
    address: bool = False
    header: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class BatchLayout:
    """How one source has it: the headings that it spells otherwise, whether each value stands in quotes, and what stands as the file's name in it."""

    source: str
    sure: str
    quoted: bool
    row_name: str
    headings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """The batch file of one version in one layout: its columns in order, its name, and its codes."""

    version: str
    name: str
    from_age: int
    no_postcode: str
    gender: Mapping[str, str]
    verification: Mapping[str, str]
    layout: BatchLayout
    columns: tuple[BatchColumn, ...]

    def file_name(self, ukprn: str, moment: datetime) -> str:
        """The name that the service takes, of a moment in local time."""
        return self.name.format(ukprn=ukprn, moment=moment)

    def header_of(self, column: BatchColumn, name: str, ukprn: str, count: int) -> str:
        """What a column tells of the file itself; «» for one that tells of a learner."""
        row_name = self.layout.row_name.format(name=name, stem=name.rpartition(".")[0])
        return {"version": self.version, "name": row_name, "ukprn": ukprn, "count": str(count)}.get(column.header, "")


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
def batch(layout: str = "") -> Batch:
    """The batch file by the rules in force, in the layout that the data names, or in another."""
    data = rule_data("lrs", "batch.toml")
    chosen = BatchLayout(**data["layouts"][layout or data["layout"]])
    columns = tuple(
        BatchColumn(
            **(column | {"heading": chosen.headings.get(column["heading"], column["heading"]), "items": tuple(column.get("items", ()))})
        )
        for column in data["columns"]
    )
    return Batch(
        version=data["version"],
        name=data["name"],
        from_age=data["from_age"],
        no_postcode=data["no_postcode"],
        gender=data["gender"],
        verification=data["verification"],
        layout=chosen,
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
