"""What Home tells of what families say: of wishes, who comes of age soon, who is to be reminded, whose parents disagree; each line leads into the page Sharing.

Of consents: trips that come soon and of which answers are missing.
"""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents.trips_due import TripDue
from pupil_desk.services.letters.coming_of_age import ComingBirthday
from pupil_desk.services.sharing.wish_waiting import GiverRow
from pupil_desk.ui.kit.context import Place
from pupil_desk.ui.pages.home.cards import CardLine, Go, HomeCard

_CHANGES = {
    13: _("the youth support service may be told"),
    16: _("the choice becomes the pupil’s own"),
    18: _("parental responsibility ends"),
}


def turning_card(birthdays: Sequence[ComingBirthday], today: date, go: Go) -> HomeCard:
    """One line a birthday; of one at 16 whether the letter is still to go."""
    lines = [
        CardLine(
            _turning_words(birthday, today),
            partial(go, "sharing", _coming(birthday.pupil.id)),
            "check" if birthday.day < today else "accent",
            birthday.day,
            birthday.pupil.id,
        )
        for birthday in birthdays
    ]
    return HomeCard(
        _("Turning 13, 16 or 18"),
        lines,
        all=partial(go, "sharing", _coming("")),
        several=_("{count} pupils: the letter, or the question who decides"),
    )


def _coming(pupil_id: str) -> str:
    return str(Place(pupil_id, "coming"))


def _turning_words(birthday: ComingBirthday, today: date) -> str:
    days = (birthday.day - today).days
    name, day = birthday.pupil.full_name, show_date(birthday.day)
    if days < 0:
        return _("{name} turned {age} on {day}: tell the pupil that the choice is their own").format(name=name, age=birthday.age, day=day)
    when = _("today") if days == 0 else _("tomorrow") if days == 1 else _("in {days} days").format(days=days)
    words = _("{name} turns {age} on {day}, {when}: {what}").format(
        name=name, age=birthday.age, day=day, when=when, what=_CHANGES[birthday.age]
    )
    return _("{words}. The letter has gone").format(words=words) if birthday.told_on else words


def answers_cards(
    to_remind: Sequence[GiverRow], disagree: Sequence[Pupil], settled_ids: Collection[str], today: date, go: Go
) -> list[HomeCard]:
    """One line for all who were to be reminded before today, one for those of today, and one for each pupil whose parents disagree."""
    lines = []
    for is_late in (True, False):
        rows = [row for row in to_remind if row.due is not None and (row.due < today) is is_late]
        if rows:
            people = count_of(len(rows), _("person has"), _("people have"))
            words = _("{people} not answered yet: print the form again, or ring").format(people=people)
            due = min(row.due or today for row in rows)
            lines.append(CardLine(words, partial(go, "sharing", str(Place("", "answers", "due"))), "check", due))
    for pupil in disagree:
        words = (
            _("{name}: parents now allow what was settled otherwise, and the settlement still holds")
            if pupil.id in settled_ids
            else _("{name}: two parents disagree, and the stricter word holds")
        ).format(name=pupil.full_name)
        lines.append(CardLine(words, partial(go, "sharing", pupil.id), "check", pupil_id=pupil.id))
    return [
        HomeCard(
            _("Answers about sharing"),
            lines,
            all=partial(go, "sharing", str(Place("", "answers", "disagree"))),
            several=_("{count} pupils: talk with the parents"),
        )
    ]


def trips_card(trips: Sequence[TripDue], go: Go) -> HomeCard:
    """One line a trip, which leads to its list."""
    return HomeCard(
        _("Trips"),
        [
            CardLine(_words(trip), partial(go, "consents", _key(trip)), "check", trip.occasion.reply_by or trip.occasion.start)
            for trip in trips
        ],
        several=_("{count} trips: get the answers that are missing"),
    )


def _key(trip: TripDue) -> str:
    return f"{trip.occasion.consent_type}/{trip.occasion.occasion_id}"


def _words(trip: TripDue) -> str:
    return _("{name}, {days}: {open} of {listed} have not answered").format(
        name=trip.occasion.name, days=trip.occasion.days, open=trip.open, listed=trip.pupils_listed
    )
