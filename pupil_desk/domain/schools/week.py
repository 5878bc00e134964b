"""What a main or commissioning school is told of one pupil's week: marks, lateness, incidents by kind, targets, and a sentence made of these."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.incidents.incident import TOOK_PART, Incident
from pupil_desk.domain.learning.review import TargetReview
from pupil_desk.domain.register.attendance import LATE, Mark, Totals, totals_of

FOR_SCHOOL = "school"
"""The category of notes that are written for the main or commissioning school."""


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """How one target was found to go, on the day of the review: the subject in words, and what is aimed at."""

    subject: str
    target: str
    review: TargetReview


@dataclass(frozen=True, slots=True)
class PupilWeek:
    """The week of one pupil as far as it is one school's to know: what fell on the days on which the pupil was its own.

    ``notes`` are the texts that were written for the school in that week."""

    marks: Sequence[Mark]
    incidents: Sequence[Incident]
    targets: Sequence[TargetStanding]
    notes: Sequence[str]

    @property
    def totals(self) -> Totals:
        """The sessions, counted."""
        return totals_of(mark.code for mark in self.marks)

    @property
    def late(self) -> int:
        """How often the pupil came late, before or after the register closed."""
        return sum(mark.code in (LATE, "U") for mark in self.marks)

    @property
    def minutes_late(self) -> int:
        """The minutes of these together, as far as they were written down."""
        return sum(mark.minutes_late or 0 for mark in self.marks)

    @property
    def incidents_in_words(self) -> str:
        """«Damage (2), theft (was hurt or wronged, 1)», by the code lists' order; empty for none.

        The pupil's part is told of each kind, unless the pupil took part: whoever was hurt by it or saw it has not done it."""
        counts = Counter((incident.kind, incident.part) for incident in self.incidents)
        kinds, parts = codelist("incident_kind"), codelist("incident_part")
        counts_by_part = [
            (kind.label, part, counts[kind.code, part.code]) for kind in kinds.codes.values() for part in parts.codes.values()
        ]
        return ", ".join(
            _("{kind} ({number})").format(kind=kind, number=number)
            if part.code == TOOK_PART
            else _("{kind} ({part}, {number})").format(kind=kind, part=begun_small(part.label), number=number)
            for kind, part, number in counts_by_part
            if number
        )

    @property
    def standings(self) -> Mapping[str, int]:
        """How many targets were found to go in each way, in words."""
        return Counter(codelist("target_standing").label_of(target.review.standing) for target in self.targets)

    @property
    def sentence(self) -> str:
        """«Attended 8 of 10 sessions, late twice (25 minutes). Incidents: damage (1). Targets: on track (2).»"""
        totals, sentences = self.totals, []
        if not totals.possible:
            sentences.append(_("No session at the unit was marked."))
        else:
            words = _("Attended {attended} of {possible}").format(
                attended=totals.attended, possible=count_of(totals.possible, _("session"), _("sessions"))
            )
            if self.late:
                late = count_of(self.late, _("time"), _("times"))
                minutes = count_of(self.minutes_late, _("minute"), _("minutes"))
                words += (_(", late {times} ({minutes})") if self.minutes_late else _(", late {times}")).format(times=late, minutes=minutes)
            sentences.append(f"{words}.")
        if self.incidents:
            sentences.append(_("Incidents and rewards: {kinds}.").format(kinds=begun_small(self.incidents_in_words)))
        if self.targets:
            standings = [f"{begun_small(standing)} ({number})" for standing, number in self.standings.items()]
            sentences.append(_("Targets: {standings}.").format(standings=join_words(standings)))
        return " ".join(sentences)


def week_of(day: date) -> tuple[date, date]:
    """The Monday and the Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
