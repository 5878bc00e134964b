"""The week of each pupil as it concerns each school: what falls on the days on which the pupil is that school's own, and nothing else."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.clock import read_time
from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.schools.of_pupils import DaySession
from pupil_desk.domain.schools.week import FOR_SCHOOL, PupilWeek, TargetStanding
from pupil_desk.services.desk import Desk
from pupil_desk.services.learning import reviews
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import incidents, notes, pupils, schools, standing

NOON = "12:00"


@dataclass(frozen=True, slots=True)
class SchoolWeek:
    """The week of one pupil for one school, by its DfE number; ``sessions`` are those in which the pupil is its own.

    Of a school that only agreed a place they are the sessions that it agreed."""

    pupil: Pupil
    school: str
    sessions: Sequence[DaySession]
    week: PupilWeek


def weeks(desk: Desk, since: date, until: date, ids: Collection[str] | None = None) -> Iterator[SchoolWeek]:
    """The weeks of these days, by pupil, the main school first; with ``ids`` those pupils'. A pupil of two schools has two. Raises NotAllowed."""
    desk.require(Action.PREVIEW_SHARING)
    vault, of_pupils = desk.vault, schools.of_pupils(desk.vault, ids)
    marks_by_pupil = standing.by_pupil(vault, since, until, ids=ids)
    incidents_by_pupil, notes_by_pupil = _incidents(desk, since, until), _notes(desk, ids)
    reviewed = reviews.latest_of_all(desk, until, ids)
    for pupil in pupils.all_pupils(vault, ids):
        sessions_by_school = of_pupils.sessions(pupil.id, since, until)
        if not sessions_by_school:
            continue
        marks = [
            Mark(pupil_id=pupil.id, day=date.fromisoformat(day), session=Session(session), code=code, minutes_late=minutes)
            for day, session, code, minutes, _note in marks_by_pupil.get(pupil.id, ())
        ]
        targets = [TargetStanding(target.subject_label, target.result, review) for target, review in reviewed.get(pupil.id, ())]
        for school, sessions in sessions_by_school.items():
            own_targets = [target for target in targets if school in of_pupils.schools_on(pupil.id, target.review.day)]
            own_notes = [
                note
                for note in notes_by_pupil.get(pupil.id, ())  # what is written on a Friday goes to a school of the Mondays as well
                if since <= note.day <= until and school in of_pupils.schools_on(pupil.id, note.day)
            ]
            own_incidents = [
                incident
                for incident in incidents_by_pupil.get(pupil.id, ())
                if any((incident.day, session) in sessions for session in sessions_at(incident.time, desk.settings.pm_starts))
            ]
            yield SchoolWeek(pupil, school, sessions, cut_to(sessions, marks, own_incidents, own_targets, own_notes))


def cut_to(
    sessions: Collection[DaySession],
    marks: Sequence[Mark],
    own_incidents: Sequence[Incident],
    targets: Sequence[TargetStanding],
    own_notes: Sequence[Note],
) -> PupilWeek:
    """The week with the marks that fall in the sessions of one school. The rest is that of which the school may know, of whatever day."""
    own_marks = [mark for mark in marks if (mark.day, mark.session) in sessions]
    return PupilWeek(own_marks, own_incidents, targets, [note.text for note in own_notes])


def sessions_at(time: str | None, pm_starts: str) -> Sequence[Session]:
    """The halves of a day to which a time belongs: both for one at midday, before the afternoon session begins, and for none."""
    time_of_day = read_time(time) if time else None
    if time_of_day is None or NOON <= time_of_day < pm_starts:
        return tuple(Session)
    return (Session.AM,) if time_of_day < NOON else (Session.PM,)


def _incidents(desk: Desk, since: date, until: date) -> Mapping[str, list[Incident]]:
    """The entries of these days that are not struck out, by pupil, in their order."""
    by_pupil: dict[str, list[Incident]] = {}
    for case in incidents.between(desk.vault, since, until):
        if not case.struck and since <= case.now.day <= until:
            by_pupil.setdefault(case.now.pupil_id, []).append(case.now)
    return {pupil_id: sorted(own, key=lambda incident: (incident.day, incident.time or "")) for pupil_id, own in by_pupil.items()}


def _notes(desk: Desk, ids: Collection[str] | None) -> Mapping[str, list[Note]]:
    """The notes that were written for the school and are not struck out, as they hold, by pupil."""
    last_wordings = {wording.note.note_id: wording.note for wording in notes.of_category(desk.vault, FOR_SCHOOL, ids)}
    return grouped((note.pupil_id, note) for note in last_wordings.values() if note.category == FOR_SCHOOL and note.struck is None)
