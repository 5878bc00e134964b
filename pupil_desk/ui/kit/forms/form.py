"""A form made from the catalogue: one field for each item of a record type, in its sections; the parts of a name as they are said."""

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from pupil_desk.domain.catalogue.items import Section, entered_items_of
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.ui.kit.forms.field import Field
from pupil_desk.ui.kit.forms.fold import FormFold
from pupil_desk.ui.kit.forms.name_rows import name_rows, names_together
from pupil_desk.ui.kit.forms.summary import ProblemSummary
from pupil_desk.ui.kit.keys import stops_in, tab_after
from pupil_desk.ui.kit.low.foldable import Foldable
from pupil_desk.ui.kit.scroll import bring_into_view, bring_once_calm, bring_together_into_view
from pupil_desk.ui.kit.watch.descendants import worked_on_in
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.kit.words import STRETCH, column_in, fill, label
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_SHARES = 12  # of the width, so that two columns and the parts of a name stand in one grid
_TITLE = 2  # of the shares, to the title before a name


class Form[T](Foldable):
    """Shows a record and gives back what is typed. The form neither saves nor scrolls: its page does. In a low window it is the wider for that.

    ``sections`` restricts and orders what is shown; what is not shown stays as it is in the record. ``check`` is the
    rule across the items, such as ``validation.check_pupil``. ``only`` restricts to items by name. ``check_unfinished`` is asked besides on
    saving, of a record with None for what cannot be read, so that all that is wrong is said at once. ``two_from`` is the width in pixels at 100 %
    from which it has two columns. Each of ``folds``, its words and the items of it, stands beneath the rest, behind a button, until somebody asks for
    it, something is in it, or wrong with it. ``groups`` are headings with the items under each, all of them in this order, for a record of one section.
    The items of ``begin`` begin a row, where there are several columns; those of ``wide`` have one of their own.
    """

    edited = Signal()
    looking_only = False  # all of them, while the file is only looked at: the session says so

    def __init__(
        self,
        record_type: type[T],
        *,
        today: date,
        sections: Sequence[Section] | None = None,
        only: Collection[str] | None = None,
        readonly: bool = False,
        check: Callable[[T], tuple[Problem, ...]] | None = None,
        check_unfinished: Callable[[T], tuple[Problem, ...]] | None = None,
        two_from: int = tokens.TWO_COLUMNS,
        folds: Sequence[tuple[str, Collection[str]]] = (),
        begin: Collection[str] = (),
        wide: Collection[str] = (),
        groups: Sequence[tuple[str, Sequence[str]]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._two_from, self._begin, self._wide = two_from, frozenset(begin), frozenset(wide)
        self._left_out: frozenset[str] = frozenset()  # the items that are not asked for now: they leave no hole among the others
        self._aside: frozenset[Field] = frozenset()  # fields that stand outside the form for now
        self._type, self._check, self._check_unfinished = record_type, check, check_unfinished
        self._record_shown: T | None = None
        self._keys: dict[str, Any] = {}
        self._columns, self._is_low = 0, False
        self._quiet = False
        self._found: tuple[Problem, ...] = ()  # what was wrong when it was last looked at
        self.elsewhere: dict[str, Callable[[], None]] = {}  # how to reach what is asked outside the fields, by column
        defaults = _defaults(record_type)
        self._defaults = defaults
        items = names_together([item for item in entered_items_of(record_type) if only is None or item.name in only])
        if groups:
            places = {name: place for place, name in enumerate(name for _words, names in groups for name in names)}
            items.sort(key=lambda item: places[item.name])
        order = list(sections) if sections is not None else list(dict.fromkeys(item.section for item in items))
        self.fields: dict[str, Field] = {}
        for item in (item for section in order for item in items if item.section is section):
            self.fields[item.name] = Field(item, today, must_answer=defaults.get(item.name) is not None)
            pause()
        self.summary = ProblemSummary(self.focus, of=self)
        self.headings: dict[Section, QLabel] = {}
        self._grids: list[tuple[QGridLayout, list[Field]]] = []
        self.folds: list[FormFold] = []
        pause()
        self._build(order, folds, groups)
        pause()
        for name, field in self.fields.items():
            field.edited.connect(partial(self._on_edited, name))
        self.set_readonly(readonly)
        self.show_record(None)

    def _build(
        self, order: Sequence[Section], folds: Sequence[tuple[str, Collection[str]]], groups: Sequence[tuple[str, Sequence[str]]]
    ) -> None:
        column = column_in(self, tokens.L)
        for words, own_names in groups:
            column.addWidget(label(words, "subhead"))
            column.addLayout(self._grid_of([self.fields[name] for name in own_names]))
        order = () if groups else order
        folded = {name for _words, names in folds for name in names}
        for section in order:
            fields = [field for name, field in self.fields.items() if field.item.section is section and name not in folded]
            if not fields:
                continue
            if len(order) > 1:
                heading = self.headings[section] = label(section.value, "subhead")
                heading.setContentsMargins(0, tokens.S if self._grids else 0, 0, 0)  # hidden with its fields, and so is the room above it
                column.addWidget(heading)
            column.addLayout(self._grid_of(fields))
        for words, names in folds:
            fields = [field for name, field in self.fields.items() if name in names]
            self.folds.append(FormFold(words, fields, self._grid_of(fields)))
            column.addWidget(self.folds[-1])
        fill(column, STRETCH, self.summary)
        self._lay_out(1)
        fields = list(self.fields.values())
        for fold in self.folds:
            if before := fields[: fields.index(fold.fields[0])]:
                tab_after(before[-1].editor.field, [fold.button])

    def _grid_of(self, fields: list[Field]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(tokens.M)
        self._grids.append((grid, fields))
        return grid

    def show_record(self, record: T | None, **keys: Any) -> None:
        """Show a record, or an empty form for a new one with ``keys`` for what is no item, such as ``pupil_id``."""
        self._record_shown, self._keys, self._found = record, keys, ()
        self._quiet = True
        for name, field in self.fields.items():
            field.show_value(keys.get(name, self._defaults.get(name)) if record is None else getattr(record, name))
            pause()
        self._quiet = False
        for fold in self.folds:
            fold.open(is_open=fold.holds_something)
        self.summary.show_problems(())

    @property
    def record_type(self) -> type[T]:
        """The type of the records that it shows."""
        return self._type

    @property
    def record_shown(self) -> T | None:
        """The record on file that it shows; None for a new one."""
        return self._record_shown

    @property
    def dirty(self) -> bool:
        """Whether anything else is typed than was shown, readable or not."""
        return any(field.dirty for field in self.fields.values())

    def record(self) -> T | None:
        """The record as typed; None while something in it stops."""
        readings = {name: field.reading() for name, field in self.fields.items()}
        if any(problem.stops for reading in readings.values() for problem in reading.problems):
            return None
        record = self._record_of({name: reading.value for name, reading in readings.items()})
        return None if self._check and any(problem.stops for problem in self._check(record)) else record

    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong or to be checked, in the order of the fields, then the rules across them."""
        self._found = self._look_for_problems()
        return self._found

    def _look_for_problems(self) -> tuple[Problem, ...]:
        readings = {name: field.reading() for name, field in self.fields.items()}
        problems = tuple(problem for reading in readings.values() for problem in reading.problems)
        record = self._record_of({name: reading.value for name, reading in readings.items()})
        if self._check_unfinished is not None:
            said = {problem.column for problem in problems}
            return problems + tuple(problem for problem in self._check_unfinished(record) if problem.column not in said)
        if self._check is None or any(problem.stops for problem in problems):
            return problems
        return problems + self._check(record)

    def submit(self) -> T | None:
        """The record to save, or None after showing what stops it and taking the focus there. Warnings are shown and stop nothing."""
        problems = self.problems()
        self.show_problems(problems)
        return None if any(problem.stops for problem in problems) else self.record()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong, at the foot and beside each field; a service's refusal goes here too."""
        for name, field in self.fields.items():
            field.tell(tuple(problem for problem in problems if problem.column == name))
        for fold in self.folds:
            if fold.is_told_of(problems):
                fold.open()
        self.summary.show_problems(problems)

    def mended(self, name: str) -> None:
        """What was said of a field goes as soon as that is edited, and of any other what is no longer so: saving says it again if it still is.

        What a service refused can be asked of nobody but the service, and stays until its own field is edited.
        """
        said = self.summary.problems
        if not said:
            return
        before, now = self._found, self.problems()
        gone = [problem for problem in said if problem.column == name or (problem in before and problem not in now)]
        left = [problem for problem in said if problem not in gone]
        self.summary.drop(gone)
        for column in {problem.column for problem in gone}.intersection(self.fields):
            self.fields[column].tell(tuple(problem for problem in left if problem.column == column))

    def draft(self) -> dict[str, str]:
        """What is typed in the fields that differ from what was shown: for a draft."""
        return {name: field.editor.typed_text() for name, field in self.fields.items() if field.dirty}

    def take_draft(self, texts: Mapping[str, str]) -> None:
        """Put back what ``typed_text`` gave."""
        for name, text in texts.items():
            if name in self.fields:
                self.fields[name].editor.take_text(text)
        for fold in self.folds:
            if fold.holds_something:
                fold.open()

    def put_back(self) -> None:
        """Show again what was shown: Esc, or «Discard changes»."""
        self.show_record(self._record_shown, **self._keys)

    def focus(self, name: str = "", *, neighbours: Sequence[QWidget] = ()) -> None:
        """Put the cursor into a field, into the first one without a name, with its neighbours in view where there is room."""
        if name in self.elsewhere:
            self.elsewhere[name]()
            return
        field = self.fields.get(name) or next(iter(self.fields.values()))
        for fold in self.folds:
            if field in fold.fields:
                fold.open()
        field.editor.field.setFocus(Qt.FocusReason.OtherFocusReason)

        def bring() -> None:
            bring_into_view(field)
            if neighbours:
                bring_together_into_view(neighbours)

        bring_once_calm(field, bring, lambda: (worked_on_in(self.window()), self._record_shown))

    def focus_section(self, section: Section) -> None:
        """Put the cursor into the first field of a section, with its heading and its other fields in view where there is room."""
        fields = [field for field in self.fields.values() if field.item.section is section]
        self.focus(fields[0].item.name, neighbours=[self.headings[section], *fields])

    def set_readonly(self, readonly: bool) -> None:
        """Whether it can only be read."""
        for field in self.fields.values():
            field.editor.set_readonly(readonly or Form.looking_only)

    def show_items(self, names: Collection[str], *, in_order: bool = False) -> None:
        """Show the fields of these items alone, and of the others those in which something stands: nothing is kept that nobody sees.

        With ``in_order`` they stand in the order of ``names``, for Tab too, and the others after them.
        """
        left_out = frozenset(name for name, field in self.fields.items() if name not in names and not field.holds_something)
        for name, field in self.fields.items():
            field.setVisible(name not in left_out)
        moved = in_order and self._put_in_order({name: place for place, name in enumerate(names)})
        if moved or left_out != self._left_out:
            self._left_out = left_out
            self._lay_out(self._columns, anew=True)
        for fold in self.folds:
            fold.fit()

    def _put_in_order(self, places: Mapping[str, int]) -> bool:
        """Whether any stood in another order before."""
        before = [field for _grid, fields in self._grids for field in fields]
        for _grid, fields in self._grids:
            fields.sort(key=lambda field: places.get(field.item.name, len(places)))
        now = [field for _grid, fields in self._grids for field in fields]
        stops = [stop for field in now for stop in stops_in(field)]
        tab_after(stops[0], stops[1:])
        return now != before

    def limit_codes(self, name: str, codes: Collection[str]) -> None:
        """Offer only these codes in a pick list."""
        self.fields[name].limit_codes(tuple(codes))

    def _record_of(self, values: dict[str, Any]) -> T:
        if self._record_shown is not None:
            return dataclasses.replace(self._record_shown, **values)  # type: ignore[type-var]  # every record type is a dataclass
        return self._type(**{**self._keys, **values})

    def _on_edited(self, name: str) -> None:
        if not self._quiet:
            self.mended(name)
            self.edited.emit()

    def _lay_out(self, columns: int, *, anew: bool = False) -> None:
        """Fields row by row, so that reading order and tab order are one. A name begins a row, where there are several columns."""
        if columns == self._columns and not anew:
            return
        self._columns = columns
        for grid, fields in self._grids:
            rows_of_names = name_rows([field.item.name for field in fields]) if columns > 1 else []
            spans = dict.fromkeys(self.fields, _SHARES // columns)
            for name_row in rows_of_names:
                if name_row[0] == "title":
                    spans |= {"title": _TITLE} | dict.fromkeys(name_row[1:], (_SHARES - _TITLE) // 2)
            first_names = {name_row[0] for name_row in rows_of_names}
            row, place = 0, 0
            for field in sorted(
                (field for field in fields if field not in self._aside), key=lambda field: field.item.name in self._left_out
            ):
                span = _SHARES if field.wide or field.item.name in self._wide else spans[field.item.name]
                if place + span > _SHARES or (place and field.item.name in first_names | self._begin):
                    row, place = row + 1, 0
                grid.addWidget(field, row, place, 1, span)
                place += span
            for number in range(_SHARES):
                grid.setColumnStretch(number, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def fold(self, *, is_low: bool) -> None:
        self._is_low = is_low
        self._fit()

    def _fit(self) -> None:
        """As many columns as have room, and three only where height is what lacks."""
        if self._is_low and self.width() >= max(sized(tokens.THREE_COLUMNS), 3 * self._widest() + 2 * tokens.M):
            self._lay_out(3)
        else:
            self._lay_out(2 if self.width() >= sized(self._two_from) else 1)

    def _widest(self) -> int:
        """The least width of the widest field that shares a row."""
        return max((field.minimumSizeHint().width() for field in self.fields.values() if not field.wide), default=0)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()


def _defaults(record_type: type) -> dict[str, Any]:
    """The values that a new record starts with."""
    fields = dataclasses.fields(record_type)
    return {field.name: field.default for field in fields if field.default is not dataclasses.MISSING}
