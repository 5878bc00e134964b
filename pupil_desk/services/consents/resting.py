"""The consents that telling somebody can rest on, each under one key, and how one stands of whom."""

from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.consents.case import ConsentStatus, Verdict
from pupil_desk.domain.consents.consent import CONSENT, OF_MEDICINE, OF_OCCASION
from pupil_desk.domain.consents.rule import standing
from pupil_desk.services.consents import occasions, standings, types
from pupil_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class ConsentChoice:
    """A consent to rest on: its key, «type|occasion|use», and what it is about in words."""

    key: str
    words: str


def choices(desk: Desk) -> list[ConsentChoice]:
    """Each use of a type that is a consent in law, and each occasion, person or body that is not over; those of medicines are not among them."""
    coming, choices = occasions.occasions(desk), list[ConsentChoice]()
    for consent_type in types.types(desk):
        if consent_type.basis != CONSENT or consent_type.per == OF_MEDICINE:
            continue
        topics = [("", "")]
        if consent_type.per == OF_OCCASION:
            topics = [
                (occasion.occasion_id, occasion.name)
                for occasion in coming
                if occasion.consent_type == consent_type.consent_type and not occasion.over(desk.today)
            ]
        choices += [
            ConsentChoice(f"{consent_type.consent_type}|{occasion}|{use}", consent_type.about(use, words))
            for occasion, words in topics
            for use in consent_type.use_keys
        ]
    return choices


def verdicts(desk: Desk, key: str, day: date, *, leavers_too: bool = False) -> dict[str, Verdict]:
    """How it stands on a day of each pupil on roll, or of leavers too; of an occasion, of those on its list. Raises WrongUse."""
    kind, occasion, use = key.split("|")
    return standings.verdicts(desk, kind, day, use=use, occasion_id=occasion, leavers_too=leavers_too)


def verdict_of(desk: Desk, pupil_id: str, key: str, day: date) -> Verdict:
    """How it stands of one pupil on a day, on roll or not. Raises WrongUse."""
    kind, occasion_id, use = key.split("|")
    consent_type, occasion = types.type_named(desk, kind), occasions.occasion(desk, occasion_id) if occasion_id else None
    return standing(consent_type, standings.case_of(desk, pupil_id, consent_type, occasion), day, use)


NOT_YES = {
    ConsentStatus.REFUSED: _("the consent was refused"),
    ConsentStatus.WITHDRAWN: _("the consent was withdrawn"),
    ConsentStatus.LAPSED: _("the consent has lapsed"),
    ConsentStatus.WAITING: _("the consent was asked for, and is not there yet"),
    ConsentStatus.NOT_ASKED: _("the consent has not been asked for"),
}
"""Why there is no yes, in words that name nobody."""
