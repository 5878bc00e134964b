"""What of a provider was seen before a pupil goes there, and again since: by whom, on which day, and how long it holds.

Which things are to be seen is data (the code list ``provider_check``). Sources: "Keeping children safe in education", DfE, 2025, on alternative provision: the
school stays responsible, has in writing that staff are checked, and knows every site; "Non-school alternative provision: voluntary national standards", DfE,
August 2025. Read as authorities, advisers and a training firm repeat them; sure: medium.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem, gathered

_fact = partial(item, facts=Facts(Section.PEOPLE, Category.STAFF, Purpose.CARE, Basis.PUBLIC_TASK))
CODES = "provider_check"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCheck:
    """One check that was made. Nothing is ever edited: of each kind the one entered last counts, and what it says of being in order."""

    id: str = ""
    provider: str = ""
    kind: str = _fact(_("What was looked at"), Kind.CODE, codes=CODES, required=True)
    seen_on: date = _fact(_("Seen on"), Kind.DATE, required=True)
    seen_by: str | None = _fact(_("Seen by"), Kind.NAME)
    valid_until: date | None = _fact(_("Valid until"), Kind.DATE, hint=_("Such as the end of the insurance; empty where nothing says so"))
    in_order: str = _fact(_("In order"), Kind.CODE, codes="in_order", required=True)
    note: str | None = _fact(_("What was seen"), Kind.LINES, hint=_("Such as the number of the policy; nothing about a pupil"))

    @property
    def is_in_order(self) -> bool:
        """Whether it was found as it must be."""
        return self.in_order == "yes"


class CheckStanding(StrEnum):
    """How one kind of check stands on a day."""

    HOLDS = "holds"
    NEVER_SEEN = "never-seen"
    NOT_IN_ORDER = "not-in-order"
    RUN_OUT = "run-out"


@dataclass(frozen=True, slots=True)
class CheckState:
    """One kind of check of a provider: the last that was entered, None for none, how it stands, and those before it, the latest first."""

    kind: str
    check: ProviderCheck | None
    standing: CheckStanding
    earlier: tuple[ProviderCheck, ...] = ()

    @property
    def label(self) -> str:
        """What is looked at, in words."""
        return codelist(CODES).label_of(self.kind)

    @property
    def standing_words(self) -> str:
        """How it stands: «not seen yet»."""
        return _STANDING_WORDS[self.standing]

    @property
    def words(self) -> str:
        """What it lacks: «insurance: not seen yet»."""
        return _("{check}: {standing}").format(check=begun_small(self.label), standing=self.standing_words)


_STANDING_WORDS = {
    CheckStanding.HOLDS: _("seen"),
    CheckStanding.NEVER_SEEN: _("not seen yet"),
    CheckStanding.NOT_IN_ORDER: _("not in order"),
    CheckStanding.RUN_OUT: _("no longer valid"),
}


def states_of(checks: Iterable[ProviderCheck], day: date) -> list[CheckState]:
    """How each kind of check stands on a day; ``checks`` are those of one provider, in the order of their entering."""
    by_kind = grouped((check.kind, check) for check in checks)
    return [_state(code.code, by_kind.get(code.code, ()), day) for code in codelist(CODES).choices(day)]


def _state(kind: str, entered: Sequence[ProviderCheck], day: date) -> CheckState:
    if not entered:
        return CheckState(kind, None, CheckStanding.NEVER_SEEN)
    check, earlier = entered[-1], tuple(entered[-2::-1])
    if not check.is_in_order:
        return CheckState(kind, check, CheckStanding.NOT_IN_ORDER, earlier)
    run_out = check.valid_until is not None and check.valid_until < day
    return CheckState(kind, check, CheckStanding.RUN_OUT if run_out else CheckStanding.HOLDS, earlier)


def lacking(states: Iterable[CheckState]) -> list[CheckState]:
    """Those of them that do not hold."""
    return [state for state in states if state.standing is not CheckStanding.HOLDS]


@gathered
def check_provider_check(check: ProviderCheck, today: date) -> Iterator[Problem]:
    """What is wrong with an entry across its items."""
    if check.seen_on > today:
        yield Problem("seen_on", "future_date", _("That day lies in the future. Enter the day on which it was seen."))
    if check.valid_until is not None and check.valid_until < check.seen_on:
        yield Problem("valid_until", "ends_before_start", _("It ended before it was seen. Correct one of the two days."))
    if not check.is_in_order and not check.note:
        yield Problem("note", "missing", _("Say what is not in order, or that it was entered by mistake."))
