"""Every history of up to four things said about one recipient, or of up to three about both, judged round the birthdays that matter.

Each is recorded in the order of its days with a notice given, and backwards without one; the short ones stand under all settings.
A case is named by a plan of small numbers, so that one can stride through all without making those between.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import chain, combinations_with_replacement, islice, product
from typing import NamedTuple

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.sharing.recipients import Recipient
from pupil_desk.domain.sharing.sharing import Level, Rules, SharingCase, heard_recipients
from tests.domain.sharing_oracle import reached

ORDINARY, LEAP = date(2010, 5, 20), date(2012, 2, 29)
LONG_AGO = 500
"""Days before the judged day; it is before 13 where that birthday is judged."""
_DAY = timedelta(1)


class Frame(NamedTuple):
    """A birth, the day that is judged, and the four days on which something may be said, in order."""

    dob: date
    day: date
    said_on: tuple[date, date, date, date]


class Said(NamedTuple):
    """One thing said: which of the four days, by whom, what, and about which recipient."""

    place: int
    who: str
    choice: str
    recipient: str


class Setting(NamedTuple):
    """What stands round a history: recorded in the order of its days or backwards; the notices, in days from the judged one; the rest."""

    backwards: bool = False
    notices: tuple[int, ...] = (-1,)
    rules: Rules = Rules()
    stays: int = 0


class Judged(NamedTuple):
    """One case to compare."""

    case: SharingCase
    recipient: Recipient
    day: date
    rules: Rules


type Plan = tuple[Frame, tuple[Said, ...], Setting, str]


def _frames() -> Iterator[Frame]:
    """The day before each birthday, on it, and after it."""
    for dob, age, off in product((ORDINARY, LEAP), (13, 16, 18), (-1, 0, 1)):
        day, own = reached(dob, age) + off * _DAY, reached(dob, 16)
        if age == 13:
            yield Frame(dob, day, (day - LONG_AGO * _DAY, day - _DAY, day, day + _DAY))
        elif age == 16 and off <= 0:
            yield Frame(dob, day, (day - LONG_AGO * _DAY, own - _DAY, own, own + _DAY))
        else:
            yield Frame(dob, day, (own - _DAY, own, day, day + _DAY))


FRAMES = tuple(_frames())
HEARD = ("youth-support", "post-16")
_GIVERS, _CHOICES = ("first parent", "second parent", "pupil"), ("restrict", "allow")
EVENTS = tuple(Said(*parts) for parts in product(range(4), _GIVERS, _CHOICES, HEARD))
_OF_ONE = [tuple(event for event in EVENTS if event.recipient == name) for name in HEARD]


def _histories(mixed: int, of_one: int) -> tuple[tuple[Said, ...], ...]:
    """All of up to ``mixed`` things said about both recipients, and of up to ``of_one`` about one of them."""
    both = (combinations_with_replacement(EVENTS, number) for number in range(mixed + 1))
    alone = (combinations_with_replacement(events, number) for number in range(mixed + 1, of_one + 1) for events in _OF_ONE)
    return tuple(chain.from_iterable((*both, *alone)))


HISTORIES, SHORT, SHORTEST = _histories(3, 4), _histories(1, 2), _histories(1, 1)
_CAUTIONS = tuple(
    Rules(no_notice_13=at_13, unasked_16=at_16, unasked_post_16=after_16, with_parent=with_parent)
    for at_13, at_16, after_16, with_parent in product(
        (Level.MINIMUM, Level.FULL), (Level.MINIMUM, Level.FULL), (Level.NONE, Level.FULL), (False, True)
    )
)
_NOTICES: tuple[tuple[int, ...], ...] = ((), (-1,), (0,), (1,), (1, -400))
BOTH_ORDERS = (Setting(), Setting(backwards=True, notices=()))
ALL_SETTINGS = tuple(Setting(notices=notices, rules=rules) for notices, rules in product(_NOTICES, _CAUTIONS))
ON_ROLL = 11
"""How many ways there are to be on roll or not."""


def stays_of(number: int, day: date) -> tuple[Enrolment, ...]:
    """Ways to be on roll, and not to be."""
    past = day - 200 * _DAY
    return (
        (Enrolment(status="C", start_date=past),),
        (Enrolment(status="S", start_date=day),),
        (Enrolment(status="M", start_date=past, end_date=day),),
        (Enrolment(status="P", start_date=past, end_date=day),),
        (Enrolment(status="C", start_date=day + _DAY),),
        (Enrolment(status="C", start_date=past, end_date=day - _DAY),),
        (Enrolment(status="P", start_date=past),),
        (Enrolment(status="G", start_date=past),),
        (Enrolment(status="F", start_date=past), Enrolment(status="O", start_date=past)),
        (),
        (Enrolment(status="C", start_date=past, end_date=day - 9 * _DAY), Enrolment(status="C", start_date=day)),
    )[number]


def plans() -> Iterator[Plan]:
    """All cases, by their plans."""
    return chain(
        product(FRAMES, HISTORIES, BOTH_ORDERS, HEARD),
        product(FRAMES, SHORT, ALL_SETTINGS, HEARD),
        product(FRAMES, SHORTEST, tuple(Setting(stays=number) for number in range(ON_ROLL)), HEARD),
    )


def number_of_plans() -> int:
    """How many there are."""
    return len(FRAMES) * len(HEARD) * (len(HISTORIES) * len(BOTH_ORDERS) + len(SHORT) * len(ALL_SETTINGS) + len(SHORTEST) * ON_ROLL)


def cases(stride: int = 1) -> Iterator[Judged]:
    """Every case, or each of so many."""
    return map(made, islice(plans(), 0, None, stride))


def made(plan: Plan) -> Judged:
    """The case of a plan."""
    frame, history, setting, recipient = plan
    told = history[::-1] if setting.backwards else history
    choices = tuple(_choice(frame, event, seq) for seq, event in enumerate(told))
    notices = tuple(frame.day + days * _DAY for days in setting.notices)
    case = SharingCase(_pupil(frame.dob), stays_of(setting.stays, frame.day) if setting.stays else _usual(frame.day), choices, notices)
    return Judged(case, heard_recipients()[recipient], frame.day, setting.rules)


@cache
def _usual(day: date) -> tuple[Enrolment, ...]:
    return stays_of(0, day)


@cache
def _pupil(dob: date) -> Pupil:
    return Pupil(id="p", surname="Penn", forename="Zoë", dob=dob)


_SPELT = {
    "first parent": ("Ann Penn", "ANN  PENN", " ann penn", "Ann Penn"),
    "second parent": ("Ben Moor", "ben moor", "BEN MOOR ", "Ben  Moor"),
    "pupil": ("Zoë Penn", None, "Z", "Ann Penn"),
}
_UNNAMED = (None, "", " ", None)


@cache
def _choice(frame: Frame, event: Said, seq: int) -> Choice:
    """A giver is written another way each time; of the pupil born on 29 February the second parent has no name."""
    names = _UNNAMED if event.who == "second parent" and frame.dob == LEAP else _SPELT[event.who]
    by = "pupil" if event.who == "pupil" else "parent"
    return Choice(
        id=str(seq),
        pupil_id="p",
        seq=seq + 1,
        recipient=event.recipient,
        choice=event.choice,
        by=by,
        on=frame.said_on[event.place],
        giver=names[seq],
    )
