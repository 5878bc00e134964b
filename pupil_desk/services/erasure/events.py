"""When a consent ceased to count and when a case was closed: the events from which consents and requests are kept."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from pupil_desk.domain.consents.case import ConsentCase
from pupil_desk.domain.consents.consent import OF_OCCASION, ConsentType, Occasion
from pupil_desk.domain.consents.lasting import place_ends, relied_until
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.requests.case import RequestEventKind, counting, last_of
from pupil_desk.services.consents import occasions, types
from pupil_desk.services.desk import Desk
from pupil_desk.store.tables import consents, requests, retention_events

BETWEEN = "/"
"""Between a type of consent and its occasion, in the name of one consent of a pupil."""


def consent_key(consent_type: str, occasion_id: str | None) -> str:
    """What names one consent among a pupil's, as the subject of a form does too."""
    return f"{consent_type}{BETWEEN}{occasion_id}" if occasion_id else consent_type


class Ends:
    """The ends of consents and cases of some pupils, or of all."""

    def __init__(self, desk: Desk, ids: Collection[str] | None, stays: Mapping[str, Sequence[Enrolment]]) -> None:
        vault = desk.vault
        self._stays = stays
        self._types = {definition.consent_type: definition for definition in types.types(desk, retired=True)}
        self._occasions = {edition.occasion_id: edition for edition in consents.occasion_editions(vault)}  # the last edition counts
        self._anew = occasions.asked_anew(desk)
        self._keys = retention_events.consent_keys(vault, ids)
        self._answers, self._back = consents.all_by_pupil(vault, ids), consents.taken_back(vault, ids)
        self._closed = _closed(desk, ids)

    def consents(self, pupil_id: str) -> Iterator[tuple[str, str, date | None, bool]]:
        """Each consent of a pupil: its key, what it is about, the last day on which it counts (None while it does), and whether somebody was hurt."""
        for consent_type, occasion_id in self._keys.get(pupil_id, ()):
            definition, occasion = self._types.get(consent_type), self._occasions.get(occasion_id or "")
            if definition is not None:
                subject = definition.about(occasion=occasion.name if occasion else "")
                hurt = occasion is not None and occasion.hurt
                yield consent_key(consent_type, occasion_id), subject, self._lapsed(pupil_id, definition, occasion, occasion_id), hurt

    def _lapsed(self, pupil_id: str, definition: ConsentType, occasion: Occasion | None, occasion_id: str | None) -> date | None:
        answers = [
            answer
            for answer in self._answers.get(pupil_id, ())
            if (answer.consent_type, answer.occasion_id) == (definition.consent_type, occasion_id)
        ]
        changed, outdated = None, dict[str, date]()
        if definition.per == OF_OCCASION and occasion is not None and (anew := self._anew.get(occasion.occasion_id)):
            changed, outdated = anew.day, {answer.id: anew.day for answer in answers if answer.occasion_edition in anew.before}
        stays = self._stays.get(pupil_id, ())
        case = ConsentCase(dob=date.min, said=answers, stays=stays, occasion=occasion, changed_on=changed, outdated=outdated)
        if answers:
            return relied_until(definition, case, self._back)
        came = max((stay.start_date for stay in stays if stay.start_date), default=date.min)
        return place_ends(case, min(came, occasion.last_day or came) if occasion is not None else came)

    def requests(self, pupil_id: str) -> list[tuple[str, str, date | None]]:
        """Each case of a pupil: its identity, its number, and the day it was closed; None while it is open."""
        return self._closed.get(pupil_id, [])

    def of_no_pupil(self) -> list[tuple[str, str, date | None]]:
        """The complaints that concern no pupil."""
        return self._closed.get("", [])


def _closed(desk: Desk, ids: Collection[str] | None) -> dict[str, list[tuple[str, str, date | None]]]:
    events = requests.events(desk.vault)
    cases_by_pupil: defaultdict[str, list[tuple[str, str, date | None]]] = defaultdict(list)
    for case in requests.all_cases(desk.vault):
        if ids is None or case.pupil_id in ids:
            last = last_of(counting(events[case.id]), RequestEventKind.CLOSED, RequestEventKind.REOPENED)
            closed = last.on if last is not None and last.kind == RequestEventKind.CLOSED else None
            cases_by_pupil[case.pupil_id or ""].append((case.id, case.ref, closed))
    return cases_by_pupil
