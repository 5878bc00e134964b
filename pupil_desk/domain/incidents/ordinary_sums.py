"""What the rewards and the ordinary behaviour of one pupil come to over some days: how many, and their points."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.incidents.incident import TOOK_PART, Incident, IncidentCase, is_ordinary, is_reward


@dataclass(frozen=True, slots=True)
class OrdinarySum:
    """How many rewards and entries of ordinary behaviour, and the points of each."""

    rewards: int
    reward_points: int
    ordinary: int
    ordinary_points: int

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.rewards or self.ordinary)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Label and words of each; of points where there are any."""
        return (
            (_("Rewards"), _with_points(self.rewards, self.reward_points)),
            (_("Ordinary behaviour"), _with_points(self.ordinary, self.ordinary_points)),
        )

    @property
    def sentence(self) -> str:
        """The same in a line: «Rewards: 3 (9 points); ordinary behaviour: 2»."""
        (rewards, of_rewards), (ordinary, of_ordinary) = self.facts
        return _("{rewards}: {of_rewards}; {ordinary}: {of_ordinary}").format(
            rewards=rewards, of_rewards=of_rewards, ordinary=ordinary.lower(), of_ordinary=of_ordinary
        )


def _with_points(number: int, points: int) -> str:
    return _("{number} ({points})").format(number=number, points=count_of(points, _("point"), _("points"))) if points else str(number)


def points_of(incidents: Iterable[Incident]) -> int:
    """The points of these together; one without any counts as none."""
    return sum(incident.points or 0 for incident in incidents)


def ordinary_sum(cases: Iterable[IncidentCase], since: date, until: date) -> OrdinarySum:
    """What those of a pupil come to from one day to another, both counted. What was struck out counts no more, and who only saw it has no part."""
    counting = [
        case.now
        for case in cases
        if not case.struck and since <= case.now.day <= until and is_ordinary(case.now.kind) and case.now.part == TOOK_PART
    ]
    rewards = [incident for incident in counting if is_reward(incident.kind)]
    ordinary = [incident for incident in counting if not is_reward(incident.kind)]
    return OrdinarySum(len(rewards), points_of(rewards), len(ordinary), points_of(ordinary))
