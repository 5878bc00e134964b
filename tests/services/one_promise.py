"""Pupils with stays, marks, consents, trips, requests, papers and proof, as chance has it; and when each thing held is due by the printed words.

Whoever makes them knows the days of what happened: nothing here asks the program when something ended. What the words say is read by
``tests.sentences``, which knows nothing of the program either.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pupil_desk.services.consents import types
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import insert_row, insert_rows
from pupil_desk.store.tables import consents
from tests import sentences
from tests.services.exports.made import DAY

AT = "2026-11-24T10:05:00Z"
BIRTH, ENTRY, CLOSED, LAPSED = "birth", "of the last entry", "the case is closed", "the answer no longer counts"


@dataclass
class Trip:
    """A trip of many pupils."""

    id: str
    last: date
    hurt: bool
    cancelled: date | None


@dataclass
class Made:
    """What was put on file, and for each thing the days of what happened: by pupil and part."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    known: dict[tuple[str, str], dict[str, date | None]] = field(default_factory=dict)
    hurt: set[tuple[str, str]] = field(default_factory=set)

    def add(self, table: str, **values: Any) -> None:
        self.rows.setdefault(table, []).append(values)


def fill(desk: Desk, pick: random.Random, pupils: int) -> Made:
    """Put so many pupils on file."""
    made, trips = Made(), [_trip(pick, number) for number in range(max(3, pupils // 60))]
    wordings = {key: types.shipped()[key].type for key in ("photographs", "transport", "trip")}
    with desk.act(Action.EDIT_SETTINGS, "", "", "filled") as work:
        for one in wordings.values():
            consents.add_edition(desk.vault, one, moment=AT, actor=work.actor)
        for trip in trips:
            _keep_trip(desk, trip)
        insert_row(desk.vault, "entering", {"id": 1, "at": AT, "by": "me", "name": "Me", "title": "Officer", "source": "form"})
        for number in range(pupils):
            _pupil(made, pick, number, trips, {key: one.id for key, one in wordings.items()})
        for table in _ORDER:
            insert_rows(desk.vault, table, made.rows.get(table, []))
    return made


_ORDER = (
    "pupil",
    "enrolment",
    "mark",
    "sen_period",
    "accident",
    "amendment",
    "attachment",
    "attachment_content",
    "disclosure",
    "consent_event",
    "consent_invitation",
    "request_case",
    "request_event",
)


def _trip(pick: random.Random, number: int) -> Trip:
    last = date(2012, 1, 1) + timedelta(days=pick.randrange(6000))
    return Trip(f"trip-{number}", last, pick.random() < 0.1, last - timedelta(days=pick.randrange(1, 9)) if pick.random() < 0.1 else None)


def _keep_trip(desk: Desk, trip: Trip) -> None:
    row = {
        "id": f"{trip.id}-1",
        "occasion_id": trip.id,
        "edition": 1,
        "consent_type": "trip",
        "ask_again": 0,
        "cancelled": 0,
        "made_on": trip.last - timedelta(days=90),
        "name": f"Trip {trip.id}",
        "start": trip.last - timedelta(days=1),
        "end": trip.last,
        "at": AT,
        "made_by": "me",
        "hurt": int(trip.hurt),
    }
    insert_row(desk.vault, "consent_occasion", row)
    if trip.cancelled:
        insert_row(desk.vault, "consent_occasion", row | {"id": f"{trip.id}-2", "edition": 2, "cancelled": 1, "made_on": trip.cancelled})


def _pupil(made: Made, pick: random.Random, number: int, trips: list[Trip], wordings: Mapping[str, str]) -> None:
    ref, key = f"P{number + 1:05}", f"pupil-{number}"
    born = date(2004, 2, 29) if pick.random() < 0.05 else date(1988, 1, 1) + timedelta(days=pick.randrange(8700))
    came = born.replace(day=1, year=born.year + 13) + timedelta(days=pick.randrange(700))
    gone = came + timedelta(days=pick.randrange(30, 900))
    left = gone if gone < DAY else None
    made.add("pupil", id=key, ref=ref, surname="Quill", forename=f"Bea {number}", dob=born, sort_key=ref)
    made.add("enrolment", id=f"stay-{number}", pupil_id=key, status="C", start_date=came, end_date=left)
    entry = left or came
    if pick.random() < 0.8:
        marked = min(came + timedelta(days=pick.randrange(900)), DAY)
        made.add("mark", pupil_id=key, day=marked, session="AM", code="/", planned=0, entering=1)
        entry = max(entry, marked)
    made.known[ref, "pupil-record"] = {BIRTH: born, "of leaving": left}
    made.known[ref, "register"] = {BIRTH: born, ENTRY: entry, "of leaving": left}
    _things(made, pick, number, born, ref)
    _consents(made, pick, number, (came, left), born, trips, wordings)
    for case in range(pick.randrange(3)):
        _case(made, pick, ref, key, case)


def _things(made: Made, pick: random.Random, number: int, born: date, ref: str) -> None:
    key = f"pupil-{number}"
    if pick.random() < 0.5:
        made.add("sen_period", id=f"sen-{number}", pupil_id=key, provision="K")
        made.known[ref, "sen"] = {BIRTH: born}
    if pick.random() < 0.3:
        day = born.replace(day=1, year=born.year + 15) + timedelta(days=pick.randrange(700))
        entered = day + timedelta(days=pick.randrange(9))
        what = {"place": "hall", "account": "Fell", "injury": "bump", "body_part": "arm", "at_work": 0, "died": 0, "on_road": 0}
        made.add("accident", id=f"accident-{number}", pupil_id=key, day=day, **what)
        history = {
            "kind": "accident",
            "record_id": f"accident-{number}",
            "pupil_id": key,
            "item": "",
            "by": "me",
            "source": "form",
            "act": "a",
        }
        made.add("amendment", at=f"{entered}T10:05:00Z", **history)
        made.known[ref, "accident"] = {BIRTH: born, ENTRY: entered}
    if pick.random() < 0.5:
        made.add(
            "disclosure",
            pupil_id=key,
            way="paper",
            what="Report",
            recipient="Parents",
            law="",
            purpose="",
            level="",
            decided_by="",
            reason="",
            fields="[]",
            on=DAY,
            at=AT,
            told_by="me",
        )
        made.known[ref, "disclosure"] = {BIRTH: born}
    if pick.random() < 0.5:
        made.add(
            "attachment",
            id=f"paper-{number}",
            pupil_id=key,
            title="Plan",
            kind="plan",
            kept_on=DAY,
            media_type="text/plain",
            pages=1,
            size=1,
            digest="0",
        )
        made.known[ref, "paper"] = {BIRTH: born}


def _consents(
    made: Made, pick: random.Random, number: int, stay: tuple[date, date | None], born: date, trips: list[Trip], wordings: Mapping[str, str]
) -> None:
    (came, left), ref = stay, f"P{number + 1:05}"
    until = left or DAY

    def said(kind: str, what: str, on: date, occasion: str | None = None, use: str = "") -> None:
        made.add(
            "consent_event",
            id=f"said-{len(made.rows.get('consent_event', ()))}",
            pupil_id=f"pupil-{number}",
            consent_type=kind,
            wording_id=wordings[kind],
            use_key=use,
            occasion_id=occasion,
            asked_about=kind,
            what=what,
            by="parent",
            giver="Ann Quill",
            on=on,
            channel="form",
            at=AT,
            recorded_by="me",
            act="a",
        )

    def day() -> date:
        return came + timedelta(days=pick.randrange((until - came).days + 1))

    if pick.random() < 0.7:  # a yes of each school year, of which the last counts
        ends = []
        for _year in range(pick.randrange(1, 3)):
            on = day()
            summer = date(on.year + (on.month >= 8), 7, 31)
            said("photographs", "given", on, use="display")
            ends.append(min(summer, left) if left else summer)
        lapsed: date | None = max(ends)
        if pick.random() < 0.3:  # of several uses the last: a no to another use counts until the pupil has left
            said("photographs", "refused", day(), use="website")
            lapsed = left
        made.known[ref, "consent:photographs"] = {LAPSED: lapsed, BIRTH: born}
    if pick.random() < 0.4:
        said("transport", "refused", day())
        made.known[ref, "consent:transport"] = {LAPSED: left, BIRTH: born}
    elif pick.random() < 0.4:  # nobody answered
        said("transport", "asked", on := day())
        made.known[ref, "consent:transport"] = {LAPSED: on, BIRTH: born}
    for trip in pick.sample(trips, pick.randrange(3)):
        part = f"consent:trip/{trip.id}"
        if not came <= trip.last - timedelta(days=20) or trip.last > (left or date.max):
            continue
        what = pick.choice(("given", "refused", "asked"))  # asked alone may be long before the trip, which may be to come
        on = max(came, trip.last - timedelta(days=pick.randrange(10, 600 if what == "asked" else 20)))
        if on > DAY:
            continue
        said("trip", what, on, trip.id)
        made.add(
            "consent_invitation",
            id=f"list-{number}-{trip.id}",
            pupil_id=f"pupil-{number}",
            occasion_id=trip.id,
            occasion="Trip",
            what="invited",
            at=AT,
            recorded_by="me",
            act="a",
        )
        made.known[ref, part] = {LAPSED: trip.cancelled or trip.last, BIRTH: born}
        if trip.hurt:
            made.hurt.add((ref, part))


def _case(made: Made, pick: random.Random, ref: str, key: str, number: int) -> None:
    case, received = f"case-{key}-{number}", date(2014, 1, 1) + timedelta(days=pick.randrange(4600))
    made.add(
        "request_case",
        id=case,
        ref=f"R{received.year}-{key}{number}",
        pupil_id=key,
        kind="copy",
        received=received,
        channel="letter",
        requester="Ann Quill",
        capacity="parent",
        at=AT,
        recorded_by="me",
    )
    closed = received + timedelta(days=pick.randrange(40))
    if pick.random() < 0.2:
        made.known[ref, f"request:{case}"] = {CLOSED: None}
        return
    made.add("request_event", id=f"end-{case}", case_id=case, pupil_id=key, kind="closed", on=closed, at=AT, recorded_by="me")
    made.known[ref, f"request:{case}"] = {CLOSED: closed}


def by_the_words(made: Made, printed: Mapping[str, str]) -> dict[tuple[str, str], date | None]:
    """When each thing is due, by what is printed of its class (the name before the colon) and the days of what happened; the name is last."""
    found = {one: sentences.due(printed[one[1].partition(":")[0]], days, hurt=one in made.hurt) for one, days in made.known.items()}
    last: dict[str, list[date | None]] = {}
    for (ref, _part), day in found.items():
        last.setdefault(ref, []).append(day)
    for ref, days in last.items():
        named = None if None in days else max(day for day in days if day is not None)
        found[ref, "name"] = sentences.due(printed["name"], {"named": named})
    return found
