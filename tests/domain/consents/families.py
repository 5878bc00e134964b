"""Short ways to ask the rule of consents: people, words, and the types that ship."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from pupil_desk.domain.consents.case import ConsentCase, ConsentStatus, ResponsibilityHolder, Verdict
from pupil_desk.domain.consents.consent import Competence, ConsentEvent, ConsentType
from pupil_desk.domain.consents.rule import standing
from pupil_desk.domain.sharing.choice import PARENT, PUPIL
from pupil_desk.services.consents import types

DAY = date(2026, 11, 24)
ON = date(2026, 9, 10)
MUM, DAD = ResponsibilityHolder("mum", "Ruth Ash"), ResponsibilityHolder("dad", "Ned Ash")


def kind(key: str, **changed: Any) -> ConsentType:
    """A type as it ships, with some of it otherwise."""
    return replace(types.shipped()[key].type, **changed)


def born(age: int, day: date = DAY) -> date:
    """The birthday of somebody who is of that age on a day, for a month now."""
    past = day - timedelta(days=31)
    return past.replace(year=past.year - age, day=min(past.day, 28))


def word(what: str, who: str = "mum", on: date = ON, channel: str | None = "form", **more: Any) -> ConsentEvent:
    """Something said or done by, or to, the mother, the father or the pupil."""
    own = who == PUPIL
    seq = more.pop("seq", 1)
    return ConsentEvent(
        id=f"{who}-{what}-{on}-{seq}",
        seq=seq,
        asked_about="It",
        what=what,
        by=PUPIL if own else PARENT,
        contact_id=None if own else who,
        giver=who,
        on=on,
        channel=channel,
        **more,
    )


def found(finding: str, on: date = ON, seq: int = 1) -> Competence:
    """What was found of the pupil's competence."""
    return Competence(id="c", seq=seq, asked_about="It", finding=finding, on=on, reason="Talked about it")


def asked(rule: ConsentType, *said: ConsentEvent, age: int = 14, day: date = DAY, use: str = "", **more: Any) -> Verdict:
    """How it stands for somebody of that age with both parents on file, unless told otherwise."""
    case = ConsentCase(**{"dob": born(age, day), "holders": (MUM, DAD), "said": said, **more})  # type: ignore[arg-type]
    return standing(rule, case, day, use)


PHOTOS, TRIPS, TRIP, MEDICINES, USE, NAMED, CAR, SEX, WORSHIP = map(
    kind, ("photographs", "trips", "trip", "medicines", "acceptable-use", "named-sharing", "transport", "sex-education", "worship")
)
given_, refused, withdrawn, lapsed, waiting, unasked = ConsentStatus
