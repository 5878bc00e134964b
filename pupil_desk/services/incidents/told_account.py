"""The account of an incident as a paper about one pupil of it tells it: of several pupils in words of its own, or not at all.

One account is told of all of them, and what it says of another child tells of that child though no name stands in it: «he was held». So of
several pupils no paper has it as it stands. Somebody says in which words it stands in this one; the proposal is what it says of this pupil alone.
What is the pupil's own, such as why it was necessary, is read then too: where nobody does, a text that has words for another child is left out.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.incidents.another_child import may_speak_of_another, speaks_of_another, tells_of_force
from pupil_desk.domain.incidents.incident import Incident, IncidentCase, is_ordinary
from pupil_desk.domain.incidents.short_names import names_of
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.requests.withholding import remnants_in, sentences_in
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents.naming import TOLD, AccountNames
from pupil_desk.services.packs import people
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import incidents as store

REWORDED = ("account", "led_to_it", "tried")
"""The texts that are the same for all pupils of an incident, and are said anew in a paper about one of several."""
OF_PUPIL = tuple(name for name in TOLD if name not in (*REWORDED, "place"))
"""The texts of a paper that are the pupil's own."""
OwnWords = Mapping[str, str]
"""What a paper says in place of those texts, by attribute; what has no words is left out of it. Of the pupil's own, what is not among them stands as
it is, unless it has words for another child."""


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
    return {name: text for name in (*REWORDED, *OF_PUPIL) if of_several and (text := getattr(wording, name))}


def own_left_out(desk: Desk, case: IncidentCase, own_words: OwnWords) -> list[str]:
    """Which of the pupil's own texts a paper in those words leaves out, since nobody read them and they have words for another child."""
    texts = texts_to_reword(desk, case)
    return [name for name in OF_PUPIL if name not in own_words and speaks_of_another(texts.get(name, ""))]


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
        unread = {name: getattr(told_incident, name) or "" for name in OF_PUPIL}
        said = dict.fromkeys(REWORDED, "") | {name: "" if speaks_of_another(text) else text for name, text in unread.items()}
        texts: dict[str, Any] = {name: text.strip() or None for name, text in {**said, **own_words}.items()}
        told_incident = dataclasses.replace(told_incident, **texts)
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
    """What those texts say of this pupil and of nobody else, by attribute, to be read and said otherwise; nothing of a text that says no such thing.

    Raises NotAllowed, WrongUse as ``signed_case``.
    """
    case = signed_case(desk, entry_id)
    person = people.pupil_named(desk, pupil_of(desk.vault, case.now.pupil_id))
    forenames = names_of(dataclasses.replace(person, surnames=()))  # the surname is that of others too
    others = [named.place for named in names_for(desk, case, readers, home_told=home_told).places() if not named.likely_word]
    texts = {}
    for name in REWORDED:
        text, taken = getattr(as_told(case.now), name) or "", [place for place in others if place.field == name]
        spans = [
            (start, stop) for start, stop in sentences_in(text) if not any(place.start < stop and start < place.stop for place in taken)
        ]
        sentences = [text[start:stop] for start, stop in spans]
        texts[name] = " ".join(said for said in sentences if _is_of_pupil_alone(said, forenames, is_forced=is_done_to(case.now)))
    return {name: text for name, text in texts.items() if text}


def _is_of_pupil_alone(sentence: str, forenames: frozenset[str], *, is_forced: bool) -> bool:
    """Whether it has the pupil's forename, written as one, no words that may mean another child, and tells of force only to whom it was used on."""
    is_named = any(sentence[left.start].isupper() for left in remnants_in(sentence, forenames))
    return is_named and not may_speak_of_another(sentence) and (is_forced or not tells_of_force(sentence))


def as_lines(texts: Mapping[str, str], on_file: Mapping[str, str]) -> str:
    """What a paper tells in place of the account, and of the pupil's own texts where they are not as ``on_file``, as it is kept with the report."""

    def lines_of(names: Iterable[str]) -> list[str]:
        return [f"{item_named(Incident, name).label}: {text}" for name in names if (text := texts.get(name, "").strip())]

    of_account = lines_of(REWORDED) or [_("The account was left out, since other pupils are in it.")]
    return "\n".join([*of_account, *lines_of(name for name in OF_PUPIL if texts.get(name) != on_file.get(name))])
