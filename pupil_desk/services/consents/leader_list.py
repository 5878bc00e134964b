"""The printed list for the leader of a trip: only what a leader needs, and nobody whom an order keeps away."""

from collections.abc import Sequence

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import trip_list
from pupil_desk.documents.papers.trip_list import BASE, LYING, TripList, TripPupil
from pupil_desk.domain.care.health import HealthAnswer
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.domain.pupils.protected_on_paper import PaperKind, PaperVisibility, visibility_on
from pupil_desk.services.care import cards, health_answers
from pupil_desk.services.consents import occasions, standings
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.services.desk import Desk
from pupil_desk.store.tables import contacts, protections

__all__ = ["BASE", "LYING", "log_printed", "paper"]

_NO = frozenset({ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN})


def paper(desk: Desk, occasion_id: str) -> tuple[list[Block], str]:
    """The list as a story, and its title. Logged by ``log_printed``. Raises NotAllowed, WrongUse."""
    occasion, rows = occasions.occasion(desk, occasion_id), standings.of_occasion(desk, occasion_id)
    people, protections_by_pupil = contacts.by_pupil(desk.vault), protections.by_pupil(desk.vault, desk.today)
    rows = [row for row in rows if visibility_on(PaperKind.TRIP, protections_by_pupil[row.pupil.id]) is not PaperVisibility.LEFT_OUT]
    answer = health_answers.answers(desk.vault, {row.pupil.id for row in rows})
    health = {row.pupil.id: answer(row.pupil, desk.today) for row in rows}
    names = cards.names_listed(list({row.pupil.id: row.pupil for row in rows}.values()))
    coming = [
        TripPupil(
            names[row.pupil.id],
            *_health(desk, health[row.pupil.id]),
            cards.call_lines(PaperKind.TRIP, people[row.pupil.id], protections_by_pupil[row.pupil.id]),
        )
        for row in sorted(rows, key=lambda row: health[row.pupil.id].turn)
        if row.verdict.in_force
    ]
    warning = (
        _(
            "Someone on this list is protected. On the way keep it with you, and show it to nobody outside the unit; back here, lock it away."
        )
        if any(row.protected for row in rows)
        else ""
    )
    trip = TripList(
        title=occasion.name,
        days=occasion.days,
        occasion=occasion.about or "",
        coming=coming,
        staying=[names[row.pupil.id] for row in rows if row.verdict.standing in _NO],
        silent=[names[row.pupil.id] for row in rows if not row.verdict.in_force and row.verdict.standing not in _NO],
        imprint=cards.made_by(desk),
        warning=warning,
    )
    return trip_list.story(trip), occasion.name


def _health(desk: Desk, answer: HealthAnswer) -> tuple[tuple[tuple[str, ...], ...], str]:
    """What is grave, each with what to do; then all else that is held, a line each, and what nobody has said; where nothing is held, who
    said so, or that it must be asked.
    """
    medicine_lines = [
        _("takes {name}, {dose}, {taken}; kept: {place}").format(
            name=medicine.name, dose=medicine.dose, taken=begun_small(medicine.taken), place=cards.kept_at(desk, medicine)
        )
        for medicine in answer.medicines
    ]
    other_lines = [health_answers.item_words(item) for item in answer.items if item not in answer.grave]
    lines = (*other_lines, answer.notes, *medicine_lines, *map(health_answers.disability_words, answer.disabilities))
    words = "\n".join(filter(None, (*lines, health_answers.open_words(answer))))
    return tuple(map(health_answers.grave_lines, answer.grave)), words or health_answers.short_words(answer)


def log_printed(desk: Desk, rows: Sequence[PupilConsent]) -> None:
    """Log that the list was printed: a row a pupil."""
    cards.log_each(desk, list({row.pupil.id: row.pupil for row in rows}.values()), "trip list printed")
