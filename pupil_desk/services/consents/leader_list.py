"""The printed list for the leader of a trip: only what a leader needs, and nobody whom an order keeps away."""

from collections.abc import Iterable, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.documents import trip_list
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.trip_list import BASE, LYING, Coming, TripList
from pupil_desk.domain.consent_case import Standing
from pupil_desk.domain.health import HealthItem, Medicine
from pupil_desk.domain.needs import lasts_on
from pupil_desk.services import cards
from pupil_desk.services.consents import occasions, standings
from pupil_desk.services.consents.standings import Stands
from pupil_desk.services.desk import Desk
from pupil_desk.store import contacts, protections, several

__all__ = ["BASE", "LYING", "paper", "printed"]

_NO = frozenset({Standing.REFUSED, Standing.WITHDRAWN})


def paper(desk: Desk, occasion_id: str) -> tuple[list[Block], str]:
    """The list as a story, and its title. Logged by ``printed``. Raises NotAllowed, WrongUse."""
    occasion, rows = occasions.occasion(desk, occasion_id), standings.of_occasion(desk, occasion_id)
    health, medicines = several.by_pupil(desk.vault, HealthItem), several.by_pupil(desk.vault, Medicine)
    people, held = contacts.by_pupil(desk.vault), protections.by_pupil(desk.vault, desk.today)
    coming = [
        Coming(
            cards.surname_first(row.pupil), _health(desk, health[row.pupil.id], medicines[row.pupil.id]),
            "\n".join(f"{one.name}: {_unbroken(one.numbers)}" for one in cards.callers(people[row.pupil.id], held[row.pupil.id])[:2]),
        )
        for row in rows if row.verdict.in_force
    ]  # fmt: skip
    warning = _("Someone on this list is protected. Keep it with you, and show it to nobody outside the unit.") if any(row.protected for row in rows) else ""
    what = TripList(
        title=occasion.name, days=occasion.days, about=occasion.about or "", coming=coming,
        staying=[cards.surname_first(row.pupil) for row in rows if row.verdict.standing in _NO],
        silent=[cards.surname_first(row.pupil) for row in rows if not row.verdict.in_force and row.verdict.standing not in _NO],
        made=cards.made_by(desk), warning=warning,
    )  # fmt: skip
    return trip_list.story(what), occasion.name


def _unbroken(numbers: str) -> str:
    """Telephone numbers that stay each on one line."""
    return " / ".join(number.replace(" ", "\N{NO-BREAK SPACE}") for number in numbers.split(" / "))


def _health(desk: Desk, items: Iterable[HealthItem], medicines: Iterable[Medicine]) -> str:
    known = [_known(item) for item in items if lasts_on(item, desk.today)]
    given = [_("takes {name}, {dose}, {taken}").format(name=one.name, dose=one.dose, taken=one.taken) for one in medicines if one.end_date is None or one.end_date >= desk.today]
    return "\n".join((*known, *given))


def _known(item: HealthItem) -> str:
    severity = codelist("severity").label_of(item.severity).lower()
    return _("{what} ({severity})").format(what=item.what, severity=severity) if severity else item.what


def printed(desk: Desk, rows: Sequence[Stands]) -> None:
    """Log that the list was printed: a row a pupil."""
    cards.log_each(desk, list({row.pupil.id: row.pupil for row in rows}.values()), "trip list printed")
