"""A list beside the form of the row that is chosen in it: what is typed is kept, put back or left before another row is shown."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.editors import LinesEditor
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, column_in, column_of, growing, label, show_words

_ALL = 100  # of the room goes to what is said while no row is chosen
_LINES = 4  # of a field of several, so that those after it are in view


class ListedRow(Protocol):
    """A row of such a list: known by ``id``, called ``name``."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class ListedForm[S: ListedRow](QWidget):
    """``form_edited`` comes when something is typed, ``row_chosen`` when another row stands there. By its ``key`` its widths and its draft are kept.
    ``above`` is the room over it in pixels, where it stands in a tab. ``stands_on_first`` is False where a row is acted on gravely: none is shown until it
    is chosen, and ``none_chosen`` says so in its place."""

    form_edited = Signal()
    row_chosen = Signal()

    def __init__(
        self,
        context: Context,
        may_leave: Callable[[], bool],
        form: Form[Any],
        columns: Sequence[Column[S]],
        *,
        name: str,
        key: str,
        empty: EmptyState,
        above: int = 0,
        stands_on_first: bool = True,
        none_chosen: EmptyState | None = None,
    ) -> None:
        super().__init__()
        self._context, self._may_leave, self.form, self.key = context, may_leave, form, key
        self._listening, self._shown_id = True, ""
        self.table = Table(
            columns,
            name=name,
            id_of=lambda standing: standing.id,
            memory=context.memory,
            memory_key=key,
            empty=empty,
            stands_on_first=stands_on_first,
        )
        self.title, self.refusal, self.before = label("", "subhead"), label("", "problem"), label("", "muted")
        for lines in (field.editor for field in form.fields.values() if isinstance(field.editor, LinesEditor)):
            lines.set_tallest(_LINES)
        self.none_chosen = none_chosen
        while_none = [growing(none_chosen, _ALL)] if none_chosen is not None else []
        self.right = scrolled(column_of(self.title, self.refusal, self.form, self.before, *while_none, STRETCH))
        self.panes = Panes(self.table, self.right, shares=(46, 54), memory=context.memory, key=key)
        column_in(self, None, growing(self.panes), top=above)
        self.table.current_changed.connect(self._on_row_changed)
        self.table.opened.connect(lambda _row: self.form.focus())
        self.form.edited.connect(self.form_edited)

    # what a list of its kind says

    def rows(self) -> Sequence[S]:
        """The rows as they are on file."""
        raise NotImplementedError

    def show_form(self, row: S | None) -> None:
        """Show in the form what belongs to a row; nothing for none."""
        raise NotImplementedError

    def keep(self, record: Any) -> Changed:
        """Keep what was typed."""
        raise NotImplementedError

    def refusal_of(self, row: S) -> str:
        """What stands in the way at a row, in a sentence; empty for nothing."""
        return ""

    def before_of(self, row: S) -> str:
        """What was entered of a row before that which stands in the form, a line each; empty for nothing."""
        return ""

    # what is done

    @property
    def current(self) -> S | None:
        """The row that is chosen."""
        return self.table.current()

    @property
    def dirty(self) -> bool:
        return self.form.dirty

    def refresh(self) -> None:
        """The rows as they are now; what is typed stays."""
        rows = self._context.attempt(self.rows)
        if rows is None:
            return
        self._listening = False
        self.table.show_rows(rows)
        self._listening = True
        if not self.dirty:
            self._show()

    def go_to(self, row_id: str) -> None:
        """Choose a row by its id."""
        self.table.select(row_id)

    def save(self) -> bool:
        """Keep what is typed. False where it could not be, and the form has said why."""
        record = self.form.submit()
        if record is None:
            return False
        changed = self._context.attempt(lambda: self.keep(record), on_refusal=self.form.show_problems)
        if changed is None:
            return False
        self.form.show_record(record)
        self.refresh()
        self._context.news.tell(changed)
        self._context.banner.success(_("Saved."))
        return True

    def put_back(self) -> None:
        """What was there before."""
        self.form.put_back()

    def draft(self) -> dict[str, object] | None:
        """What is typed and not kept, with the row that it is of."""
        return {"row": self._shown_id, "texts": self.form.draft()} if self.dirty else None

    def take_draft(self, draft: dict[str, object]) -> None:
        """Put back what ``draft`` gave."""
        texts = draft["texts"]
        assert isinstance(texts, dict)
        self.go_to(str(draft["row"]))
        self.form.take_draft(texts)

    def _on_row_changed(self, row: S | None) -> None:
        if not self._listening or (row is not None and row.id == self._shown_id):
            return
        if self.dirty and not self._may_leave():
            self._listening = False
            self.table.select(self._shown_id)
            self._listening = True
            return
        self._show()

    def _show(self) -> None:
        row = self.table.current()
        self._shown_id = row.id if row is not None else ""
        self.show_form(row)
        self.form.setVisible(row is not None)
        if self.none_chosen is not None:
            self.none_chosen.setVisible(row is None and bool(self.table.rows))
        self.title.setText(row.name if row is not None else "")
        refusal = "" if row is None else self.refusal_of(row)
        self.refusal.setText(refusal)
        self.refusal.setVisible(bool(refusal))
        show_words(self.before, "" if row is None else self.before_of(row))
        self.row_chosen.emit()
