"""Where else to search: the list that ships, as the unit made it its own."""

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.requests import case
from pupil_desk.domain.requests.case import SearchPlace
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import requests as store

LONGEST = 100  # characters


def in_use(desk: Desk) -> tuple[SearchPlace, ...]:
    """The places to search now."""
    shipped = (SearchPlace(place_id=code.code, name=code.label, hint=code.note) for code in codelist("search_place").choices(desk.today))
    return case.in_use(shipped, store.places(desk.vault))


def add(desk: Desk, name: str, hint: str = "") -> Changed:
    """Add a place of the unit's own. Data officer only. Raises Refused, NotAllowed."""
    return _keep(desk, SearchPlace(place_id=new_id(), name=name, hint=hint), "added")


def rename(desk: Desk, place: SearchPlace, name: str) -> Changed:
    """Call a place something else. What was searched under its old name stays as it was. Raises Refused, NotAllowed."""
    return _keep(desk, SearchPlace(place_id=place.place_id, name=name, hint=place.hint), "renamed")


def retire(desk: Desk, place: SearchPlace) -> Changed:
    """No longer use a place. Raises Refused (the last one), NotAllowed."""
    if len(in_use(desk)) == 1:
        refuse((Problem("name", "last", _("Keep at least one place to search.")),))
    return _keep(desk, SearchPlace(place_id=place.place_id, name=place.name, hint=place.hint, retired=True), "retired")


def _keep(desk: Desk, place: SearchPlace, log_note: str) -> Changed:
    desk.require(Action.HANDLE_REQUEST, "search-place", place.place_id)
    place = SearchPlace(place_id=place.place_id, name=tidy(place.name), hint=tidy(place.hint), retired=place.retired)
    refuse(_problems(desk, place))
    with desk.act(Action.HANDLE_REQUEST, "search-place", place.place_id, log_note) as work:
        store.add_place(desk.vault, place, moment=work.stamp, actor=work.actor)
    return Changed.of("request", ids=(place.place_id,))


def _problems(desk: Desk, place: SearchPlace) -> tuple[Problem, ...]:
    if not place.name:
        return (Problem("name", "missing", _("Enter what the place is called.")),)
    if len(place.name) > LONGEST or len(place.hint) > 2 * LONGEST:
        return (Problem("name", "too_long", _("That is too long: at most {most} characters.").format(most=LONGEST)),)
    used_names = {used_place.name.casefold() for used_place in in_use(desk) if used_place.place_id != place.place_id}
    if place.name.casefold() in used_names and not place.retired:
        return (Problem("name", "twice", _("There is a place with that name already.")),)
    return ()
