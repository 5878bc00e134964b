"""What falls due together of one pupil, and how much an erasure reaches, in words."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of, listed
from pupil_desk.domain.enrolment import on_roll
from pupil_desk.domain.erasure_case import ErasureCase, Reach
from pupil_desk.domain.retention import CONSENT, NAME, PROOF, REQUEST
from pupil_desk.services import retention
from pupil_desk.services.desk import Desk
from pupil_desk.services.retention import HeldItem
from pupil_desk.store import enrolments

AHEAD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Falling:
    """What of one pupil falls due together: an item of it, how much, from which day, and the parts."""

    item: HeldItem
    reach: Reach
    on: date
    parts: tuple[str, ...]


def open_dues(desk: Desk, cases: Collection[ErasureCase]) -> list[Falling]:
    """What is due and nobody has proposed: of each pupil what is due today together, else what is due within a year."""
    under_way = {case.proposed.whose for case in cases if not case.ended}
    found: dict[str, list[HeldItem]] = {}
    falling = retention.due_by(desk, desk.today + AHEAD)
    stays = enrolments.by_pupil(desk.vault, {one.pupil_id for one in falling})
    for one in falling:
        if ":" not in one.part and on_roll(stays.get(one.pupil_id, ()), desk.today):
            continue  # a record that is still written
        if (key := one.pupil_id or one.part) not in under_way:
            found.setdefault(key, []).append(one)
    whole = _held_parts(desk, [key for key in found if ":" not in key])
    return [_falling(desk, items, whole.get(key, frozenset())) for key, items in found.items()]


def _held_parts(desk: Desk, ids: Collection[str]) -> dict[str, frozenset[str]]:
    """By pupil, everything held that falls due by itself; the name goes with the last of it."""
    found: dict[str, set[str]] = {}
    for one in retention.held(desk, ids) if ids else ():
        if one.part != NAME:
            found.setdefault(one.pupil_id, set()).add(one.part)
    return {pupil_id: frozenset(parts) for pupil_id, parts in found.items()}


def _falling(desk: Desk, items: Sequence[HeldItem], whole: frozenset[str]) -> Falling:
    """Of one pupil: what is due today, or else what comes next."""
    now = [one for one in items if one.due is not None and one.due <= desk.today] or list(items)
    parts = tuple(one.part for one in now if one.part != NAME) or (NAME,)
    days = [one.due for one in now if one.due is not None]
    if whole <= {*parts} and now[0].pupil_id:  # nothing else is held, so that the name may go too
        return Falling(now[0], Reach.ALL, max(days), parts)
    if now[0].pupil_id and {*record_parts(whole)} == {*parts}:
        return Falling(now[0], Reach.RECORD, max(days), parts)
    return Falling(now[0], Reach.PART, min(days), parts)


def record_parts(parts: Iterable[str]) -> tuple[str, ...]:
    """Of what is held of a pupil, what the record is: all but the proof of what was told, the requests, and the name."""
    return tuple(part for part in parts if part not in (PROOF, NAME) and not part.startswith(f"{REQUEST}:"))


def how_much(desk: Desk, reach: Reach, parts: Collection[str]) -> str:
    """How much an erasure reaches, in words: classes by name, consents and requests counted. It names nobody and no occasion."""
    if reach is not Reach.PART or not parts:
        return codelist("erasure_reach").label_of(reach.value)
    counts: dict[str, int] = {}
    for part in parts:
        name = part.partition(":")[0]
        counts[name] = counts.get(name, 0) + 1
    counted = {CONSENT: (_("consent"), _("consents")), REQUEST: (_("request or complaint"), _("requests or complaints"))}
    words = listed([count_of(number, *counted[name]) if name in counted else begun_small(desk.schedule[name].label) for name, number in counts.items()])
    return words[:1].upper() + words[1:]
