"""The account of an incident as a paper about one pupil of it tells it: of several pupils in words of its own, or not at all.

One account is told of all of them, and what it says of another child tells of that child though no name stands in it: «he was held». So of
several pupils no paper has it as it stands. Somebody says in which words it stands in this one; the proposal is the account without the others.
"""

import dataclasses
from collections.abc import Collection, Mapping

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.incidents.incident import Incident, IncidentCase, is_ordinary
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents.naming import AccountNames
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import incidents as store

REWORDED = ("account", "led_to_it", "tried")
"""The texts that are the same for all pupils of an incident, and are said anew in a paper about one of several."""
OwnWords = Mapping[str, str]
"""What a paper says in place of those texts, by attribute; what has no words is left out of it."""


def signed_case(desk: Desk, entry_id: str) -> IncidentCase:
    """The entry of which a paper is made. Raises NotAllowed, WrongUse where no signed account is on file."""
    desk.require(Action.READ_RECORD)
    case = store.entry(desk.vault, entry_id)
    if case is None or case.struck:
        raise WrongUse(_("That entry is no longer on file, or was struck out. Open the incident again."))
    if is_ordinary(case.now.kind):
        raise WrongUse(_("No report is made of a reward or of ordinary behaviour."))
    if case.signed is None:
        raise WrongUse(_("The account is not signed as it stands. Sign it first: the report is made from it."))
    return case


def texts_to_reword(desk: Desk, case: IncidentCase) -> dict[str, str]:
    """What a paper about this pupil's part must say in words of its own, as the account has it; nothing where the pupil was in it alone."""
    cases = [entry for entry in store.of_incident(desk.vault, case.now.incident_id) if not entry.struck]
    of_several = any(entry.now.pupil_id != case.now.pupil_id for entry in cases)
    wording = as_told(case.now)
    return {name: text for name in REWORDED if of_several and (text := getattr(wording, name))}


def told_case(desk: Desk, entry_id: str, own_words: OwnWords | None) -> IncidentCase:
    """The entry, told as its paper tells it: in ``own_words`` words where they are said. Raises NotAllowed, WrongUse where they must be and are not."""
    case = signed_case(desk, entry_id)
    if own_words is None and texts_to_reword(desk, case):
        raise WrongUse(
            _("Other pupils are in this account. Say first in which words it stands in the paper about this pupil, or that it is left out.")
        )
    *before, last = case.wordings
    told_incident = as_told(last.incident)
    if own_words is not None:
        account, led_to_it, tried_first = (own_words.get(name, "").strip() or None for name in REWORDED)
        told_incident = dataclasses.replace(told_incident, account=account, led_to_it=led_to_it, tried=tried_first)
    return dataclasses.replace(case, wordings=(*before, dataclasses.replace(last, incident=told_incident)))


def as_told(incident: Incident) -> Incident:
    """Where nothing was done to this pupil, what was tried before, how long it lasted and why it was necessary tell of another child."""
    return incident if is_done_to(incident) else dataclasses.replace(incident, tried=None, began=None, minutes=None, necessary=None)


def is_done_to(incident: Incident) -> bool:
    """Whether the pupil was held, kept apart or searched."""
    return incident.restrictive or incident.search


def names_for(desk: Desk, case: IncidentCase, readers: Collection[Contact], *, home_told: bool = False) -> AccountNames:
    """What finds the others in the account of an entry, for a paper that these get; ``home_told`` as of ``people.home_kept``."""
    other_ids = {other_case.now.pupil_id for other_case in store.of_incident(desk.vault, case.now.incident_id)}
    signed, told_incident = as_told(signed_case(desk, case.now.entry_id).now), as_told(case.now)
    names = AccountNames(desk, signed, other_ids, readers, home_told=home_told)
    return names if told_incident == signed else names.reworded(told_incident)


def proposal(desk: Desk, entry_id: str, readers: Collection[Contact], *, home_told: bool = False) -> dict[str, str]:
    """Those texts without the others, by attribute, to be read and said otherwise. Raises NotAllowed, WrongUse as ``signed_case``."""
    case = signed_case(desk, entry_id)
    names = names_for(desk, case, readers, home_told=home_told)
    told_texts = names.told([place.place for place in names.places() if place.likely_word])
    return {name: told_texts.texts[name] for name in texts_to_reword(desk, case)}


def as_lines(texts: Mapping[str, str]) -> str:
    """What a paper tells in place of the account, of its texts by attribute, as it is kept with the report."""
    lines = [f"{item_named(Incident, name).label}: {texts[name].strip()}" for name in REWORDED if texts.get(name, "").strip()]
    return "\n".join(lines) or _("The account was left out, since other pupils are in it.")
