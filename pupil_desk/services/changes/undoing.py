"""Undoing an act: each value that still is what the act made of it goes back to what it was, by a further change that is undone alike.

What was changed since stays, and is told; so does what would be against the rules now, while the rest goes on. What an act added is
taken away, unless something refers to it or it may not leave: a pupil and a stay, which stand in the admission register, and what
came with a pupil who stays. Nothing of the history is lost: an undo only adds to it.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.catalogue import record_word
from pupil_desk.domain.catalogue.items import value_names_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import ADDRESS, address_differs
from pupil_desk.services import records
from pupil_desk.services.accidents import kept_by_law, told_hse
from pupil_desk.services.care import in_force
from pupil_desk.services.changes.checking import objections, value_of
from pupil_desk.services.changes.listing import ChangeLine, item_label, line_of, value_words
from pupil_desk.services.desk import Work
from pupil_desk.services.learning import assessments as assessment_service
from pupil_desk.services.pupils import place_reviews
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import acts as store
from pupil_desk.store.rows import amendments, mistaken
from pupil_desk.store.rows.rows import new_id, stored_value
from pupil_desk.store.tables import addresses, assessments

UNDO = "undo"
_STAYS = {
    "pupil": _("A pupil who was added stays on file, with all that came with them. Close the stay, or put the record right."),
    "enrolment": _("A stay stands in the admission register, from which nothing is taken. Close it, or put it right."),
    "attachment": _("A paper is set aside on the pupil’s own page."),
}


@dataclass(frozen=True, slots=True)
class LeftAsIs:
    """What an undo leaves as it is, and why. ``label`` names the item, or is empty for a whole record."""

    record_id: str
    pupil_id: str
    pupil: str
    record: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What went back, and what was left; ``act`` is the undo's own."""

    lines: tuple[ChangeLine, ...]
    left: tuple[LeftAsIs, ...]
    changed: Changed = Changed.of()
    act: str = ""


@dataclass(slots=True)
class _Group:
    """What an act did to one record: its rows, in order."""

    rows: list[Any] = field(default_factory=list)

    @property
    def first(self) -> Any:
        return self.rows[0]

    @property
    def was_added(self) -> bool:
        return any(row["item"] == amendments.WHOLE and row["old"] is None for row in self.rows)

    @property
    def was_taken_away(self) -> bool:
        return any(row["item"] == amendments.WHOLE and row["old"] == amendments.HELD for row in self.rows)

    @property
    def net(self) -> dict[str, tuple[Any, Any]]:
        """Of each item the first row of the act, and the last."""
        net_rows: dict[str, tuple[Any, Any]] = {}
        for row in self.rows:
            if row["item"] != amendments.WHOLE:
                net_rows[row["item"]] = (net_rows.get(row["item"], (row,))[0], row)
        return net_rows


class Undoing:
    """One undo under way: what it did, and what it left."""

    def __init__(self, work: Work) -> None:
        self.work, self.vault, self.desk = work, work.desk.vault, work.desk
        self.lines: list[ChangeLine] = []
        self.left: list[LeftAsIs] = []
        self.touched: dict[str, set[str]] = {}
        self._followed: list[Any] = []
        self._referring: dict[str, list[tuple[str, str]]] = {}

    def run(self, rows: Sequence[Any]) -> Undone:
        """The last thing done is the first undone: what was added goes, what was changed goes back, what was taken away comes back."""
        groups: dict[tuple[str, str], _Group] = {}
        for row in rows:
            groups.setdefault((row["kind"], row["record_id"]), _Group()).rows.append(row)
        standing = [group for group in groups.values() if not (group.was_added and group.was_taken_away)]
        newcomers = {group.first["pupil_id"] for group in standing if group.was_added and group.first["kind"] == "pupil"}
        for group in standing:
            if group.was_added and group.first["kind"] == "pupil":
                self._leave(group.first, "", _STAYS["pupil"])
        undone = [group for group in reversed(standing) if group.first["pupil_id"] not in newcomers and not self._of_nobody(group)]
        for group in undone:
            if group.was_added:
                self._take_away(group)
        for group in undone:
            if not (group.was_added or group.was_taken_away):
                self._change(group)
        for group in undone:
            if group.was_taken_away:
                self._put_back(group)
        self._settle_places()
        for pupil_id, kinds in self.touched.items():
            if kinds & {"pupil", *in_force.KINDS.values()}:
                in_force.refresh(self.work, pupil_id, source=UNDO)
        kinds = {kind for pupil_kinds in self.touched.values() for kind in pupil_kinds}
        changed = Changed(frozenset({"pupil", *kinds}) if kinds else frozenset(), frozenset(self.touched))
        return Undone(tuple(self.lines), tuple(self.left), changed, self.work.act)

    def _of_nobody(self, group: _Group) -> bool:
        """Whether it is of a pupil in the recycle bin, of whom nothing may come back alone; then that is told."""
        if not mistaken.is_mistaken(self.vault, group.first["pupil_id"]):
            return False
        self._leave(
            group.first, "", _("The pupil is in the recycle bin. Put the pupil back first; what was taken away with them comes too.")
        )
        return True

    def _take_away(self, group: _Group) -> None:
        row = group.first
        kind, record_id = row["kind"], row["record_id"]
        if kind in _STAYS:
            return self._leave(row, "", _STAYS[kind])
        record = records.get(self.vault, kind, record_id)
        if record is None:
            return self._leave(row, "", _("It is no longer on file."))
        if since := changed_since(self.vault, kind, record, group.rows[-1]["seq"]):
            labels = join_words([begun_small(item_label(kind, name)) for name in since])
            return self._leave(row, "", _("It was changed since: {items}.").format(items=labels))
        if referring := self._held_by(kind, record_id):
            return self._leave(row, "", _("Something else refers to it: {record}.").format(record=begun_small(record_word(referring))))
        if against := kept_by_law.why_kept(self.desk, record):
            return self._leave(row, "", against)
        records.take_away(self.work, record, source=UNDO)
        self._follow(record, None)
        return self._did(row)

    def _held_by(self, kind: str, record_id: str) -> str:
        if kind not in self._referring:
            self._referring[kind] = store.referring(self.vault, kind)
        return next((table for table, column in self._referring[kind] if store.refers(self.vault, table, column, record_id)), "")

    def _put_back(self, group: _Group) -> None:
        row = group.first
        kind, record_id = row["kind"], row["record_id"]
        if kind in _STAYS or kind not in records.kinds():
            return self._leave(row, "", _("It cannot be put back here."))
        if records.get(self.vault, kind, record_id) is not None:
            return self._leave(row, "", _("It is on file again already."))
        record_type = records.kinds()[kind]
        names = [name for name in value_names_of(record_type) if name not in ("id", "pupil_id")]
        values = {name: value_of(record_type, name, group.net[name][0]["old"] if name in group.net else None) for name in names}
        record = record_type(id=record_id, pupil_id=row["pupil_id"], **values)
        if against := objections(self.desk, kind, record):
            return self._leave(row, "", " ".join(against))
        records.add(self.work, [record], source=UNDO)
        self._follow(None, record)
        return self._did(next(row for row in group.rows if row["item"] == amendments.WHOLE))

    def _change(self, group: _Group) -> None:
        row = group.first
        kind = row["kind"]
        record = self._now(kind, row["record_id"])
        if record is None:
            return self._leave(row, "", _("It is no longer on file."))
        back: dict[str, Any] = {}
        astray = astray_line(self.vault, record, group.rows[-1]["seq"], {name: first["old"] for name, (first, _last) in group.net.items()})
        for name, (first, last) in group.net.items():
            now = as_text(getattr(record, name))
            if astray and name in ADDRESS:
                continue
            if now == last["new"]:
                back[name] = value_of(type(record), name, first["old"])
            elif now != first["old"]:
                self._leave(row, name, self._changed_words(kind, name, now))
            else:
                self._leave(row, name, _("It says so again already."))
        if astray:
            words = self._changed_words(kind, astray, as_text(getattr(record, astray)))
            has_others = any(name in ADDRESS and name != astray for name in group.net)
            self._leave(row, astray, _("{changed} The address stays whole.").format(changed=words) if has_others else words)
        if back:
            self._set(group, record, back)
        return None

    def _changed_words(self, kind: str, name: str, now: str | None) -> str:
        says = value_words(self.desk, kind, name, now)
        return _("Changed since; it says now: {value}.").format(value=says) if says else _("Changed since; it is empty now.")

    def _now(self, kind: str, record_id: str) -> Any | None:
        if kind == "assessment":  # put right by a further entry: the last one counts
            return assessments.get(self.vault, store.standing_entry(self.vault, record_id))
        return records.get(self.vault, kind, record_id) if kind in records.kinds() else None

    def _set(self, group: _Group, record: Any, back: dict[str, Any]) -> None:
        kind = group.first["kind"]
        new = dataclasses.replace(record, **back)
        if against := objections(self.desk, kind, new, back):
            for name in back:
                self._leave(group.first, name, " ".join(dict.fromkeys(against)))
            return
        if kind == "assessment":
            assessment_service.keep_correction(self.work, record, new, source=UNDO)
        else:
            records.change(self.work, record, new, source=UNDO)
            self._follow(record, new)
        for name in back:
            first, last = group.net[name]
            self._did({**dict(last), "old": first["old"]})
        if kind == "pupil" and address_differs(record, new):
            self._undo_move(record.id, group.first["at"])

    def _undo_move(self, pupil_id: str, moment: str) -> None:
        """The address that was left behind then is the address again, and no earlier one; one that an undo took back then is an earlier one again."""
        work = self.work
        taken_back = addresses.taken_back_at(self.vault, pupil_id, moment)
        for address in addresses.kept_at(self.vault, pupil_id, moment):
            reason = _("The move was undone")
            addresses.take_back(self.vault, address, reason=reason, moment=work.stamp, actor=work.actor, act=work.act)
        for address in taken_back:
            addresses.add(self.vault, dataclasses.replace(address, id=new_id()), moment=work.stamp, actor=work.actor)

    def _follow(self, old: Any | None, new: Any | None) -> None:
        """What hangs on a record that becomes another: at once, or of a place once everything else is undone."""
        told_hse.follow(self.work, old, new)
        self._followed += [record for record in (old, new) if record is not None]

    def _settle_places(self) -> None:
        """A place has the day of no review that went, not even where that was its day before the act; and so it is told."""
        for record in self._followed:
            place = place_reviews.settle(self.work, record, source=UNDO)
            if place is None:
                continue
            kind = amendments.kind_of(place)
            label, day = item_label(kind, "review_day"), value_words(self.desk, kind, "review_day", as_text(place.review_day))
            self.touched.setdefault(place.pupil_id, set()).add(kind)
            self.lines = [
                dataclasses.replace(line, after=day) if (line.record_id, line.label) == (place.id, label) else line for line in self.lines
            ]

    def _did(self, row: Any) -> None:
        self.lines.append(line_of(self.desk, row, as_undone=True))
        self.touched.setdefault(row["pupil_id"], set()).add(row["kind"])

    def _leave(self, row: Any, name: str, reason: str) -> None:
        line = line_of(self.desk, {**dict(row), "item": name})
        self.left.append(LeftAsIs(line.record_id, line.pupil_id, line.pupil, line.record, line.label, reason=reason))


def changed_since(vault: Vault, kind: str, record: Any, seq: int) -> list[str]:
    """The items of a record that say otherwise than after that amendment."""
    before = store.since_then(vault, kind, record.id, seq)
    return [name for name, old in before.items() if as_text(getattr(record, name, None)) != old]


def astray_line(vault: Vault, record: Any, seq: int, before: Mapping[str, str | None]) -> str:
    """A line of a record’s address that was changed after the amendment ``seq`` and is not as it was ``before``; empty for none.

    An address of which one line stays would be put together with the others to one that never was: it goes back whole, or not at all.
    """
    if not any(name in ADDRESS for name in before):
        return ""
    since = changed_since(vault, amendments.kind_of(record), record, seq)
    changed = (name for name in since if name in ADDRESS)
    return next((name for name in changed if name not in before or as_text(getattr(record, name)) != before[name]), "")


def as_text(value: Any) -> str | None:
    """A value as an amendment keeps it."""
    return None if value is None else str(stored_value(value))
