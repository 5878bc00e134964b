"""An export compared with today: the same order selected again, and told where it would say something else now.

What was said then is known by its digests alone, so it can be told that a value differs, and what it is now, but not what it was.
The question is that of then: the same period, of a census the same day, else today. An order for whoever was due would find nobody who has
been sent since; so what such an export told of counts as not told yet, and who is not due any more is asked for again by name. Rows that
tell of no pupil are not compared.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import required
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import promised_exports
from pupil_desk.services.exports.export import Ask, Export, ExportedPupil, Format, Selection
from pupil_desk.services.exports.kept.differing import DifferingField, Digests, Frozen, Sheets, differences, thawed
from pupil_desk.services.exports.kept.frozen import LEFT_OUT, TOLD, compared_rows
from pupil_desk.services.exports.kept.saying import sentence
from pupil_desk.services.exports.listing import PastExport, one_made
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import frozen as store
from pupil_desk.store.tables import pupils

type _PupilAndRecipient = tuple[str, str]
"""A pupil's identity, and who is told of the pupil where the export has several recipients, however the name is written."""


@dataclass(frozen=True, slots=True)
class _Then:
    """What was told of a pupil: to whom, at which level, and the rows as they were kept of each record."""

    recipient: str
    level: str
    packed_rows: list[bytes]

    def rows(self) -> list[Frozen]:
        """The rows, unpacked for this pupil alone. Of two records that were merged since, each row counts that the one kept had not."""
        merged: list[Frozen] = []
        for rows in map(thawed, self.packed_rows):
            keys_present = {(frozen_row.sheet, frozen_row.key) for frozen_row in merged}
            merged += [row for row in rows if (row.sheet, row.key) not in keys_present] if keys_present else rows
        return merged


type _Now = list[ExportedPupil]
"""What would be told of a pupil: all that the selection has, one at least."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A pupil told then, who would be left out now, and why; or of whom another is told now. ``recipient`` is «» where the export has but one."""

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
    fields: tuple[DifferingField, ...]
    rows_new: tuple[str, ...]
    rows_gone: tuple[str, ...]
    level: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """An export and the same order today. ``columns_new`` and ``columns_gone`` are headings.

    ``off_file`` counts pupils told then who are on file no more: erased, or entered by mistake; ``elsewhere`` those told now and then, not
    all to the same; ``unchanged`` those of whom nothing differs. ``scope_sentence`` says in a sentence what was asked, where it is not just today.
    """

    export: PastExport
    day: date
    scope_sentence: str
    removed: tuple[Gone, ...]
    new: tuple[New, ...]
    altered: tuple[Altered, ...]
    unchanged: int
    off_file: int
    elsewhere: frozenset[str]
    columns_new: tuple[str, ...]
    columns_gone: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether it would say the same today."""
        return not (self.removed or self.new or self.altered or self.off_file or self.columns_new or self.columns_gone)

    @property
    def sentence(self) -> str:
        """In words: «3 pupils would now be left out, 2 have a new address; 22 are the same.»"""
        fields: Counter[tuple[str, bool]] = Counter()
        levels = Counter(alteration.level for alteration in self.altered if alteration.level)
        for altered in self.altered:
            if not altered.level:  # what differs with the level is said by the level
                fields.update({(field.group, field.empty) for field in altered.fields})
        removed_ids, new = ({change.pupil.id for change in changes} - self.elsewhere for changes in (self.removed, self.new))
        words = sentence(
            removed=len(removed_ids),
            new=len(new),
            elsewhere=len(self.elsewhere),
            fields=fields,
            levels=levels,
            rows_new=sum(bool(alteration.rows_new) for alteration in self.altered),
            rows_gone=sum(bool(alteration.rows_gone) for alteration in self.altered),
            unchanged=self.unchanged,
            off_file=self.off_file,
            columns_new=self.columns_new,
            columns_gone=self.columns_gone,
        )
        return f"{words} {self.scope_sentence}".strip()


def compare(desk: Desk, export_id: str) -> Comparison:
    """Compare an export with what the same order would give today. Logged. Nothing is written elsewhere.

    Raises WrongUse: no such export, one made before anything was kept of it, or one that the program no longer has.
    """
    past = one_made(desk, export_id)
    kept_export = required(
        store.of_export(desk.vault, export_id),
        _("This export was made by an older program, which kept nothing to compare it by. Its receipt stands."),
    )
    export = required(
        next((candidate for candidate in promised_exports(desk) if candidate.name == past.name), None),
        _("There is no export of that name any more, so it cannot be compared. Its receipt stands."),
    )
    kept_rows = store.rows_of(desk.vault, export_id)
    selection = _selected(desk, export, past, kept_export, kept_rows)
    with desk.act(Action.LIST_EXPORTS, "export", export_id, "compared with today"):
        return _compared(desk, past, kept_export, kept_rows, selection, scope_sentence=_scope_sentence(export, past, selection))


def _scope_sentence(export: Export, past: PastExport, selection: Selection) -> str:
    """What is asked, in a sentence, where it is not just the same of today."""
    if selection.reference_day is not None:
        return _("The same reference day is compared: {day}.").format(day=show_date(selection.reference_day))
    if past.period is not None:
        return _("The same days are compared: {since} to {until}.").format(
            since=show_date(past.period.since), until=show_date(past.period.until)
        )
    if export.same_day:
        return _("The same day is compared: {day}.").format(day=show_date(date.fromisoformat(past.judged_on)))
    return _("What this export told of counts as not told yet.") if export.once else ""


def _selected(desk: Desk, export: Export, past: PastExport, kept_export: Row, kept_rows: Sequence[Row]) -> Selection:
    """The same order again."""
    by_name = frozenset(row["pupil_id"] for row in kept_rows) if kept_export["by_name"] else None
    ask = Ask(
        day=date.fromisoformat(past.judged_on) if export.same_day else desk.today,
        confirm=frozenset(row["pupil_id"] for row in kept_rows if row["confirmed"]),
        period=past.period,
        pupils=by_name,
        provider=past.provider,
        format=Format(past.format) if past.format else None,
        compared_export_id=past.export_id,
    )
    selection = export.select(desk, ask)
    exported_ids = {exported.pupil.id for exported in selection.exported}
    missing = frozenset(row["pupil_id"] for row in kept_rows if row["kind"] == TOLD) - exported_ids
    if by_name is None and missing and export.once:
        reselection = export.select(
            desk, replace(ask, pupils=missing | exported_ids)
        )  # all of them at once, so that their rows have the same columns
        reselected_ids = {entry.pupil.id for entry in reselection.exported} | {entry.pupil.id for entry in reselection.left_out}
        selection = replace(
            reselection, left_out=[*(left for left in selection.left_out if left.pupil.id not in reselected_ids), *reselection.left_out]
        )
    return selection


def _compared(
    desk: Desk, past: PastExport, kept_export: Row, kept_rows: Sequence[Row], selection: Selection, *, scope_sentence: str
) -> Comparison:
    exported_rows = [row for row in kept_rows if row["kind"] == TOLD]
    then, now = _then(exported_rows), _now(selection)
    sheets, digests = Sheets.read(kept_export["sheets"], selection.sheets), Digests(kept_export["salt"])
    altered = tuple(difference for key in now if key in then and (difference := _altered(then[key], now[key], sheets, digests)) is not None)
    removed, new = tuple(_removed(desk, then, now, selection)), tuple(_new(then, now, kept_rows))
    still_exported = _pupils(then) & _pupils(now)
    elsewhere = still_exported & ({entry.pupil.id for entry in removed} | {entry.pupil.id for entry in new})
    off_file = _pupils(then.keys() - now.keys()) - {entry.pupil.id for entry in removed}
    return Comparison(
        export=past,
        day=desk.today,
        scope_sentence=scope_sentence,
        removed=removed,
        new=new,
        altered=altered,
        elsewhere=frozenset(elsewhere),
        unchanged=len(still_exported - elsewhere - {entry.pupil.id for entry in altered}),
        off_file=max(0, kept_export["told"] - len({row["record"] for row in exported_rows})) + len(off_file),
        columns_new=sheets.columns_new,
        columns_gone=sheets.columns_gone,
    )


def _pupils(keys: Iterable[_PupilAndRecipient]) -> set[str]:
    return {pupil_id for pupil_id, _recipient in keys}


def _then(rows: Sequence[Row]) -> dict[_PupilAndRecipient, _Then]:
    by_key: dict[_PupilAndRecipient, _Then] = {}
    for row in rows:
        by_key.setdefault((row["pupil_id"], fold(row["recipient"])), _Then(row["recipient"], row["level"], [])).packed_rows.append(
            row["rows"]
        )
    return by_key


def _now(selection: Selection) -> dict[_PupilAndRecipient, _Now]:
    return grouped(((exported.pupil.id, fold(exported.recipient or "")), exported) for exported in selection.exported)


def _removed(
    desk: Desk, then: Mapping[_PupilAndRecipient, _Then], now: Mapping[_PupilAndRecipient, _Now], selection: Selection
) -> Iterator[Gone]:
    """Those of whom a recipient is told no more and who are on file, by name."""
    reasons = {left.pupil.id: left.reason for left in selection.left_out}
    recipients_now = grouped((pupil_id, first.recipient or "") for (pupil_id, _recipient), (first, *_following) in now.items())
    keys = then.keys() - now.keys()
    people = pupils.some_by_id(desk.vault, _pupils(keys))
    for removed_key in sorted((key for key in keys if key[0] in people), key=lambda key: (_name(people[key[0]]), key)):
        reason = reasons.get(removed_key[0], _("No longer among those whom the export covers."))
        if removed_key[0] in recipients_now:
            reason = _("Told now: {recipients}.").format(recipients=join_words(recipients_now[removed_key[0]]))
        yield Gone(people[removed_key[0]], reason, then[removed_key].recipient)


def _new(then: Mapping[_PupilAndRecipient, _Then], now: Mapping[_PupilAndRecipient, _Now], kept_rows: Sequence[Row]) -> Iterator[New]:
    reasons = {row["pupil_id"]: row["reason"] for row in kept_rows if row["kind"] == LEFT_OUT}
    for new_key in sorted(now.keys() - then.keys(), key=lambda key: (_name(now[key][0].pupil), key)):
        yield New(now[new_key][0].pupil, reasons.get(new_key[0], ""), now[new_key][0].recipient or "")


def _altered(then: _Then, now: _Now, sheets: Sheets, digests: Digests) -> Altered | None:
    first, rows = (
        now[0],
        chain.from_iterable(compared_rows(sheets.now, exported) for exported in now),
    )  # each row is made as it is looked at
    fields, rows_new, rows_gone = differences(then.rows(), rows, sheets, digests)
    level = first.level if first.level != then.level else ""
    if not (fields or rows_new or rows_gone or level):
        return None
    return Altered(first.pupil, fields, rows_new, rows_gone, level, recipient=first.recipient or "")


def _name(pupil: Pupil) -> str:
    return fold(f"{pupil.surname} {pupil.forename}")
