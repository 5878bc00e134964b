"""What a provider returned of one session of a pupil whom the unit placed there, and where the register does not say so yet.

An expected attendance elsewhere is no mark until the provider has said that the pupil came. Sources: SI 2024/208, regulation 10, table 2 and paragraph (11) (an
approved educational activity, code B; read in the Regulations as made), and "Working together to improve school attendance", DfE, August 2024: the school has the
provider tell it of absences and records them by the code that fits. The guidance read as schools and county councils repeat it; sure: high, and medium.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.providers.provider import provider_key
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.register.attendance import UNSETTLED, Session

_RETURNED = Facts(Section.ATTENDANCE, Category.ATTENDANCE, Purpose.LAW, Basis.LEGAL_OBLIGATION, retention="register")
OFF_SITE = "B"
"""The code of a session at a provider that the unit itself arranged."""
AT_PROVIDER = frozenset({OFF_SITE, "K", "P", "W"})
"""The codes by which a session at a provider may be marked; V, a visit with our own staff, is none."""
_OPEN = frozenset({"", UNSETTLED, "O"})
"""No mark, or an absence of which no reason is known: what a provider says of it is news."""


class ReturnOutcome(StrEnum):
    """What the provider says of a session. The values are those of the code list."""

    ATTENDED = "attended"
    LATE = "late"
    ABSENT = "absent"
    NOT_RUN = "not-run"


CAME = frozenset({ReturnOutcome.ATTENDED, ReturnOutcome.LATE})
"""The outcomes by which the pupil was there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderReturn:
    """What a provider returned of one session. Of each session there is one: a later word corrects it."""

    id: str = ""
    pupil_id: str = ""
    provider: str = item(_("Provider that returned it"), Kind.TEXT, facts=_RETURNED, required=True, heads=("provider",))
    day: date = item(_("Day at the provider"), Kind.DATE, facts=_RETURNED, required=True, heads=("date", "attendance date"))
    session: Session = item(
        _("Session at the provider"), Kind.CODE, codes="session", facts=_RETURNED, required=True, heads=("session", "am/pm", "am pm")
    )
    outcome: str = item(
        _("What the provider says"), Kind.CODE, codes="provider_return", facts=_RETURNED, required=True, heads=("outcome", "attendance")
    )
    told_by: str | None = item(_("Who said so"), Kind.NAME, facts=_RETURNED, hint=_("Of the provider’s staff"))
    note: str | None = item(_("Note on the return"), Kind.LINES, facts=_RETURNED)

    @property
    def session_key(self) -> tuple[str, str, date, Session]:
        """Of what it is a return: pupil, provider, day and session."""
        return self.pupil_id, provider_key(self.provider), self.day, self.session


@dataclass(frozen=True, slots=True)
class ExpectedSession:
    """One session for which a pupil is expected at a provider: by which place, what our register says (empty for nothing), what was returned."""

    placement: Placement
    day: date
    session: Session
    code: str
    returned_outcome: str

    @property
    def is_settled(self) -> bool:
        """Whether the register says what the provider does; without a return, whether it claims no attendance there."""
        return agrees(self.code, self.returned_outcome)


def agrees(code: str, outcome: str) -> bool:
    """Whether a mark of our register, empty for none, goes with what was returned, empty where nothing was.

    A return that the pupil came goes with the codes of education elsewhere alone. Any other return, and none, goes with every mark that does not
    claim it: a pupil who was ill, was with us, or was not fetched did not come there either.
    """
    claims = code in AT_PROVIDER
    return claims if outcome in CAME else bool(code) and not claims


def code_for(outcome: str, code: str) -> str | None:
    """The mark that a return makes where our register says ``code``; None where it makes none, and a person decides.

    That the pupil came is B where nothing, or no reason, stands; an attendance that was entered ahead is said again, by which it is confirmed. That the
    pupil did not come is N where nothing stands, or the B that was expected. What else the register says was seen or decided, and stays.
    """
    if outcome in CAME:
        return code if code in AT_PROVIDER else OFF_SITE if code in _OPEN else None
    return UNSETTLED if outcome == ReturnOutcome.ABSENT and code in ("", OFF_SITE) else None


def expected_sessions(
    placements: Iterable[Placement],
    days: Iterable[date],
    marks: Mapping[tuple[date, Session], str],
    outcomes: Mapping[tuple[str, str, date, Session], str],
) -> Iterator[ExpectedSession]:
    """The sessions of one pupil at providers on these days, in the order of the days; ``outcomes`` are by ``ProviderReturn.session_key``."""
    own_placements = list(placements)
    for day in days:
        for session in Session:
            for placement in own_placements:
                if placement.expects(day, session):
                    key = (placement.pupil_id, provider_key(placement.provider), day, session)
                    yield ExpectedSession(placement, day, session, marks.get((day, session), ""), outcomes.get(key, ""))


@gathered
def check_provider_return(provider_return: ProviderReturn, today: date) -> Iterator[Problem]:
    """What is returned has been."""
    if provider_return.day > today:
        yield Problem("day", "future_date", _("That day is still to come: nobody can have come on it."))
