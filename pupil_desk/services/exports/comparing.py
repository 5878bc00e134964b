"""An export compared with today: the same order selected again, and told where it would say something else now.

What was said then is known by its digests alone, so it can be told that a value differs, and what it is now, but not what it was.
An order for whoever was due would find nobody who has been sent since; so those told then, and not told by it now, are asked
for again by name, where the export can be.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import all_exports
from pupil_desk.services.exports.differing import Field, Sheets, differences
from pupil_desk.services.exports.digests import Digests, Frozen, thawed
from pupil_desk.services.exports.export import Ask, Export, Format, Option, Selection, Told
from pupil_desk.services.exports.export import Row as ExportRow
from pupil_desk.services.exports.frozen import LEFT_OUT, TOLD
from pupil_desk.services.exports.listing import PastExport, one_made
from pupil_desk.services.exports.saying import sentence
from pupil_desk.services.roles import Action
from pupil_desk.store import frozen as store
from pupil_desk.store import pupils
from pupil_desk.store.vault import Row

type _Who = tuple[str, str]
"""A pupil's identity, and who is told of the pupil where the export has several recipients."""


@dataclass(frozen=True, slots=True)
class _Then:
    """What was told of a pupil: of which record, at which level, and the rows."""

    record: str
    level: str
    rows: list[Frozen]


@dataclass(frozen=True, slots=True)
class _Now:
    """What would be told of a pupil: the first of what the selection has, and the rows of all of it."""

    told: Told
    rows: list[ExportRow]


@dataclass(frozen=True, slots=True)
class Gone:
    """A pupil told then, who would be left out now, and why. ``recipient`` is «» where the export has but one."""

    pupil: Pupil
    reason: str
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class New:
    """A pupil not told then, who would be now; ``reason`` is why the pupil was left out then, «» for one who was not covered."""

    pupil: Pupil
    reason: str
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Altered:
    """A pupil told then and now, not the same: the fields that differ, the keys of rows that are new, and of those no longer there.

    ``level`` is the level now where it is another, else «».
    """

    pupil: Pupil
    fields: tuple[Field, ...]
    rows_new: tuple[str, ...]
    rows_gone: tuple[str, ...]
    level: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """An export and the same order today. ``columns_new`` and ``columns_gone`` are headings.

    ``off_file`` counts pupils told then who are on file no more: erased, or entered by mistake.
    """

    export: PastExport
    day: date
    gone: tuple[Gone, ...]
    new: tuple[New, ...]
    altered: tuple[Altered, ...]
    unchanged: int
    off_file: int
    columns_new: tuple[str, ...]
    columns_gone: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether it would say the same today."""
        return not (self.gone or self.new or self.altered or self.off_file or self.columns_new or self.columns_gone)

    @property
    def sentence(self) -> str:
        """In words: «3 pupils would now be left out, 2 have a new address; 22 are the same.»"""
        fields: Counter[tuple[str, bool]] = Counter()
        levels = Counter(one.level for one in self.altered if one.level)
        for one in self.altered:
            if not one.level:  # what differs with the level is said by the level
                fields.update({(field.group, field.empty) for field in one.fields})
        return sentence(
            gone=len({one.pupil.id for one in self.gone}), new=len({one.pupil.id for one in self.new}), fields=fields, levels=levels,
            rows_new=sum(bool(one.rows_new) for one in self.altered), rows_gone=sum(bool(one.rows_gone) for one in self.altered),
            unchanged=self.unchanged, off_file=self.off_file, columns_new=self.columns_new, columns_gone=self.columns_gone,
        )  # fmt: skip


def compare(desk: Desk, export_id: str) -> Comparison:
    """Compare an export with what the same order would give today. Logged. Nothing is written elsewhere.

    Raises WrongUse: no such export, one made before anything was kept of it, or one that the program no longer has.
    """
    past = one_made(desk, export_id)
    whole = store.of_export(desk.vault, export_id)
    if whole is None:
        raise WrongUse(_("This export was made by an older program, which kept nothing to compare it by. Its receipt stands."))
    export = next((one for one in all_exports(desk) if one.name == past.name), None)
    if export is None:
        raise WrongUse(_("There is no export of that name any more, so it cannot be compared. Its receipt stands."))
    kept = store.rows_of(desk.vault, export_id)
    selection = _selected(desk, export, past, whole, kept)
    with desk.act(Action.LIST_EXPORTS, "export", export_id, "compared with today"):
        return _compared(desk, past, whole, kept, selection)


def _selected(desk: Desk, export: Export, past: PastExport, whole: Row, kept: Sequence[Row]) -> Selection:
    """The same order, judged today."""
    by_name = frozenset(row["pupil_id"] for row in kept) if whole["by_name"] else None
    confirmed = frozenset(row["pupil_id"] for row in kept if row["confirmed"])
    ask = Ask(day=desk.today, confirm=confirmed, period=past.period, pupils=by_name, provider=past.provider, format=Format(past.format) if past.format else None)
    found = export.select(desk, ask)
    told = {one.pupil.id for one in found.told}
    missing = frozenset(row["pupil_id"] for row in kept if row["kind"] == TOLD) - told
    if by_name is None and missing and Option.PUPILS in export.options:
        again = export.select(desk, replace(ask, pupils=missing))
        asked = {one.pupil.id for one in again.told} | {one.pupil.id for one in again.left_out}
        left = [one for one in found.left_out if one.pupil.id not in asked]
        found = replace(found, told=[*found.told, *again.told], left_out=[*left, *again.left_out])
    return found


def _compared(desk: Desk, past: PastExport, whole: Row, kept: Sequence[Row], selection: Selection) -> Comparison:
    told = [row for row in kept if row["kind"] == TOLD]
    then, now = _then(told), _now(selection)
    sheets, digests = Sheets.read(whole["sheets"], selection.sheets), Digests(whole["salt"])
    altered = tuple(one for who in now if who in then and (one := _altered(then[who], now[who], sheets, digests)) is not None)
    gone = tuple(_gone(desk, then.keys() - now.keys(), selection))
    off_file = {pupil_id for pupil_id, _recipient in then.keys() - now.keys()} - {one.pupil.id for one in gone}
    both = {pupil_id for pupil_id, _recipient in then.keys() & now.keys()}
    return Comparison(
        export=past, day=desk.today, gone=gone, new=tuple(_new(now, then, kept)), altered=altered,
        unchanged=len(both - {one.pupil.id for one in altered}),
        off_file=max(0, whole["told"] - len({row["record"] for row in told})) + len(off_file), columns_new=sheets.columns_new, columns_gone=sheets.columns_gone,
    )  # fmt: skip


def _then(told: Sequence[Row]) -> dict[_Who, _Then]:
    """By pupil and recipient. Of two records that were merged since, what was told of the one kept counts."""
    found: dict[_Who, _Then] = {}
    for row in told:
        one = found.setdefault((row["pupil_id"], row["recipient"]), _Then(row["record"], row["level"], []))
        if one.record == row["record"]:
            one.rows.extend(thawed(row["rows"]))
    return found


def _now(selection: Selection) -> dict[_Who, _Now]:
    found: dict[_Who, _Now] = {}
    for told in selection.told:
        found.setdefault((told.pupil.id, told.recipient or ""), _Now(told, [])).rows.extend(told.rows)
    return found


def _gone(desk: Desk, whom: Collection[_Who], selection: Selection) -> Iterator[Gone]:
    """Those of these who are on file, by name."""
    reasons = {left.pupil.id: left.reason for left in selection.left_out}
    people = {pupil.id: pupil for pupil in pupils.some(desk.vault, {pupil_id for pupil_id, _recipient in whom})}
    for pupil_id, recipient in sorted((who for who in whom if who[0] in people), key=lambda who: (_name(people[who[0]]), who)):
        yield Gone(people[pupil_id], reasons.get(pupil_id, _("No longer among those whom the export covers.")), recipient)


def _new(now: Mapping[_Who, _Now], then: Mapping[_Who, _Then], kept: Sequence[Row]) -> Iterator[New]:
    reasons = {row["pupil_id"]: row["reason"] for row in kept if row["kind"] == LEFT_OUT}
    for who in sorted(now.keys() - then.keys(), key=lambda who: (_name(now[who].told.pupil), who)):
        yield New(now[who].told.pupil, reasons.get(who[0], ""), who[1])


def _altered(then: _Then, now: _Now, sheets: Sheets, digests: Digests) -> Altered | None:
    fields, rows_new, rows_gone = differences(then.rows, now.rows, sheets, digests)
    level = now.told.level if now.told.level != then.level else ""
    if not (fields or rows_new or rows_gone or level):
        return None
    return Altered(now.told.pupil, fields, rows_new, rows_gone, level, now.told.recipient or "")


def _name(pupil: Pupil) -> str:
    return fold(f"{pupil.surname} {pupil.forename}")
