"""What differs by the kind of unit: one table as data (``resources/unit/kinds.toml``), with its sources and how sure we are."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.words import _


class Owed(StrEnum):
    """Who owes full-time education from the sixth school day."""

    AUTHORITY = "authority"
    HOME_AUTHORITY = "home-authority"
    UNIT = "unit"
    NOBODY = "nobody"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitKind:
    """One kind of unit. Texts are as the papers and the help say them; ``reviews`` is whether the law on exclusions covers the unit.

    ``pupil_census`` is whether the unit makes the school census, which has a row for each pupil.

    ``code`` is empty where the unit has not said what it is: then nothing is taken for granted, and what is printed says so.
    """

    code: str = ""
    board: str = _("management committee or governing board")
    board_is: str = _("which considers such decisions")
    reviews: bool = True
    panel: str = ""
    day_six_suspension: Owed = Owed.UNKNOWN
    day_six_permanent: Owed = Owed.HOME_AUTHORITY
    controller: str = ""
    controller_sure: str = ""
    worship: str = ""
    worship_sure: str = ""
    sex_education: str = ""
    sex_education_sure: str = ""
    census: str = ""
    census_sure: str = ""
    pupil_census: bool = True
    source: str = ""
    sure: str = ""

    def who_owes_education(self, *, permanent: bool) -> Owed:
        """Who owes education from day six: after a permanent exclusion, else during a suspension."""
        return self.day_six_permanent if permanent else self.day_six_suspension

    def follows(self) -> tuple[tuple[str, str], ...]:
        """What follows from being of this kind, a label and words each, with how sure we are where we are not; nothing where it is not said."""
        if not self.code:
            return ()
        review = (
            _("{board}; {panel} arranges an independent review").format(board=self.board, panel=self.panel) if self.reviews else self.board
        )
        return (
            (_("Education from the sixth day of a suspension"), _with_sureness(_OWES[self.day_six_suspension], self.sure)),
            (_("Education from the sixth day of a permanent exclusion"), _with_sureness(_OWES[self.day_six_permanent], self.sure)),
            (_("Who considers a suspension"), _with_sureness(review, self.sure)),
            (_("Who answers for the data"), _with_sureness(self.controller, self.controller_sure)),
            (_("Collective worship"), _with_sureness(self.worship, self.worship_sure)),
            (_("Sex education"), _with_sureness(self.sex_education, self.sex_education_sure)),
            (_("Census"), _with_sureness(self.census, self.census_sure)),
        )


_OWES = {
    Owed.AUTHORITY: _("the authority that maintains the unit"),
    Owed.HOME_AUTHORITY: _("the authority where the pupil lives"),
    Owed.UNIT: _("the academy trust"),
    Owed.NOBODY: _("no law names anybody"),
    Owed.UNKNOWN: _("not known"),
}
_SURE = {"medium": _("{words} (we are fairly sure)"), "low": _("{words} (we are not sure)")}


def _with_sureness(words: str, sure: str) -> str:
    return _SURE.get(sure, "{words}").format(words=words)


NOT_SAID = UnitKind()
"""A unit that has not said of what kind it is."""


@by_rules
def unit_kinds() -> Mapping[str, UnitKind]:
    """Every kind, by its code of «unit_kind»."""
    return {code: _kind(code, dict(facts)) for code, facts in rule_data("unit", "kinds.toml").items()}


def _kind(code: str, facts: dict[str, Any]) -> UnitKind:
    suspension, permanent = Owed(facts.pop("day_six_suspension")), Owed(facts.pop("day_six_permanent"))
    return UnitKind(code=code, day_six_suspension=suspension, day_six_permanent=permanent, **facts)


def kind_of(code: str | None) -> UnitKind:
    """The kind that the settings name; ``NOT_SAID`` where they name none."""
    return unit_kinds()[code] if code else NOT_SAID
