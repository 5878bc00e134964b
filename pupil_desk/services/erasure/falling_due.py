"""What falls due together of one pupil, and how much an erasure reaches, in words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.governance.erasure_case import ErasureCase, Ground, Reach
from pupil_desk.domain.governance.retention import CONSENT, NAME, PROOF, REQUEST
from pupil_desk.domain.pupils.enrolment import on_roll
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import due_for_erasure
from pupil_desk.services.erasure.due_for_erasure import HeldItem
from pupil_desk.store.tables import enrolments

AHEAD = timedelta(days=365)
_IN_SPITE_OF_LAW = frozenset({Ground.COURT, Ground.MISTAKE})


@dataclass(frozen=True, slots=True)
class Falling:
    """What of one pupil falls due together: an item of it, how much, from which day, and the parts."""

    item: HeldItem
    reach: Reach
    day: date
    parts: tuple[str, ...]


def open_dues(desk: Desk, cases: Collection[ErasureCase]) -> list[Falling]:
    """What is due and nobody has proposed: of each pupil what is due today together, else what is due within a year."""
    items_by_key = open_items(desk, cases, desk.today + AHEAD)
    parts_by_pupil = _held_parts(desk, [key for key in items_by_key if ":" not in key])
    return [_falling(desk, items, parts_by_pupil.get(key, frozenset())) for key, items in items_by_key.items()]


def open_items(desk: Desk, cases: Collection[ErasureCase], until: date) -> dict[str, list[HeldItem]]:
    """What is due by a day and nobody has proposed, by pupil; a complaint about none by its part."""
    under_way = {case.proposed.whose for case in cases if not case.ended}
    items_by_key: dict[str, list[HeldItem]] = {}
    falling = due_for_erasure.due_by(desk, until)
    stays = enrolments.by_pupil(desk.vault, {held_item.pupil_id for held_item in falling})
    for due_item in falling:
        if ":" not in due_item.part and on_roll(stays.get(due_item.pupil_id, ()), desk.today):
            continue  # a record that is still written
        if (key := due_item.pupil_id or due_item.part) not in under_way:
            items_by_key.setdefault(key, []).append(due_item)
    return items_by_key


def _held_parts(desk: Desk, ids: Collection[str]) -> dict[str, frozenset[str]]:
    """By pupil, everything held that falls due by itself; the name goes with the last of it."""
    parts_by_pupil: dict[str, set[str]] = {}
    for held_item in due_for_erasure.held_items(desk, ids) if ids else ():
        if held_item.part != NAME:
            parts_by_pupil.setdefault(held_item.pupil_id, set()).add(held_item.part)
    return {pupil_id: frozenset(parts) for pupil_id, parts in parts_by_pupil.items()}


def _falling(desk: Desk, items: Sequence[HeldItem], all_parts: frozenset[str]) -> Falling:
    """Of one pupil: what is due today, or else what comes next."""
    now = [held_item for held_item in items if held_item.due is not None and held_item.due <= desk.today] or list(items)
    parts = tuple(held_item.part for held_item in now if held_item.part != NAME) or (NAME,)
    days = [held_item.due for held_item in now if held_item.due is not None]
    if all_parts <= {*parts} and now[0].pupil_id:  # nothing else is held, so that the name may go too
        return Falling(now[0], Reach.ALL, max(days), parts)
    if now[0].pupil_id and {*record_parts(all_parts)} == {*parts}:
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
    counted_words = {CONSENT: (_("consent"), _("consents")), REQUEST: (_("request or complaint"), _("requests or complaints"))}
    words = join_words(
        [
            count_of(number, *counted_words[name]) if name in counted_words else begun_small(desk.schedule[name].label)
            for name, number in counts.items()
        ]
    )
    return capital(words)


def items_within(desk: Desk, pupil_id: str, reach: Reach, parts: Collection[str]) -> list[HeldItem]:
    """What an erasure of so much reaches, as things are held today. Raises WrongUse where that is nothing."""
    held_items = [
        held_item for held_item in due_for_erasure.held_items(desk, [pupil_id] if pupil_id else None) if held_item.pupil_id == pupil_id
    ]
    if reach is Reach.RECORD:
        selected_parts = set(record_parts(held_item.part for held_item in held_items))
    elif reach is Reach.PART:
        selected_parts = {*parts} or {
            held_item.part
            for held_item in held_items
            if held_item.part != NAME and held_item.due is not None and held_item.due <= desk.today
        }
    else:
        selected_parts = {held_item.part for held_item in held_items if held_item.part != NAME} or {NAME}
    selected_items = [held_item for held_item in held_items if held_item.part in selected_parts]
    if not selected_items or (not pupil_id and reach is not Reach.PART):
        raise WrongUse(_("Nothing of that is held any more. Look at the list again."))
    return selected_items


def parts_kept(reach: Reach, items: Iterable[HeldItem]) -> tuple[str, ...]:
    """The parts as a case keeps them: none where all of the pupil goes."""
    return () if reach is Reach.ALL else tuple(held_item.part for held_item in items)


def ground_problems(desk: Desk, items: Collection[HeldItem], ground: Ground) -> Iterator[Problem]:
    """What stands against a ground: the time is not over, or the law itself keeps it."""
    if ground is Ground.DUE and (too_early := _not_due(desk, items)):
        yield Problem("ground", "not_due", too_early)
    kept_by_law = [
        (day, held_item.retention_class)
        for held_item in items
        if (day := held_item.retention_class.law_keeps(held_item.happened)) is not None
    ]
    if ground in _IN_SPITE_OF_LAW or not kept_by_law:
        return
    last, retention_class = max(kept_by_law, key=lambda pair: pair[0])
    if last > desk.today and retention_class.least is not None:
        words = _("The law keeps the entries of {book} until {day}: {years} from each entry. They cannot be erased before on this ground.")
        years = count_of(retention_class.least.years, _("year"), _("years"))
        yield Problem("ground", "law_keeps_it", words.format(book=begun_small(retention_class.label), day=show_date(last), years=years))


def _not_due(desk: Desk, items: Collection[HeldItem]) -> str:
    """Why not all of it is due today, as a sentence; empty where it is."""
    open_ = [held_item for held_item in items if held_item.due is None]
    if open_:
        return _("A consent still counts, or a request is still open: of that the time is not over. Choose another ground, or wait.")
    last = max(held_item.due for held_item in items if held_item.due is not None)
    return _("The time is not over before {day}. Choose another ground, or wait.").format(day=show_date(last)) if last > desk.today else ""
