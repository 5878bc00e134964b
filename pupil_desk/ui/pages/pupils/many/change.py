"""Changing one item for the ticked pupils: what, the new value, and what becomes of each, seen before anything is changed."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.pupils import bulk
from pupil_desk.services.pupils.bulk import PlannedChange, offered_changes
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.editors import Editor, editor_for
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import (
    STRETCH,
    button,
    column_in,
    column_of,
    fill,
    flow_of,
    growing,
    label,
    name_label,
    passing_label,
    show_words,
    without_sign,
)
from pupil_desk.ui.pages.pupils.many.frame import ActView
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_PAUSE = 300  # ms without a key before the lines follow what is typed


def _name(line: PlannedChange) -> str:
    return f"{line.pupil.surname}, {line.pupil.forename}"


def _now(line: PlannedChange) -> str:
    return line.now or _("Empty")


def _will_be(line: PlannedChange) -> str:
    return "" if line.why_not else line.will_be or _("Empty")


_NAME = Column[PlannedChange]("pupil", _("Pupil"), _name, width=22, longest=_("Winterbourne, Ann"), stretch=True, tip=_name)
_COLUMNS = (
    Column[PlannedChange]("now", _("Now"), _now, width=22, tip=_now),
    Column[PlannedChange]("will_be", _("Will be"), _will_be, width=22, longest=_("Year group not followed"), tip=_will_be),
    Column[PlannedChange](
        "why_not",
        _("Stays as it is, because"),
        lambda line: line.why_not,
        width=24,
        stretch=True,
        icon=lambda line: "info" if line.why_not else "",
    ),
)


class ChangeView(ActView):
    """Choose what and enter the new value; the lines follow, and one button changes all that can be."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._ids: Sequence[str] = ()
        self._count = 0
        self.change_choice = ChoiceBox([(change.key, change.label) for change in offered_changes().values()])
        self.editor: Editor | None = None
        self.no_value = TickBox(_("L&eave it empty"))
        self.problem = passing_label("problem")
        self.title, self.count = label("", "subhead"), label("", "muted")
        self.empty = EmptyState(
            "pencil-simple", _("Enter the new value"), _("What becomes of each pupil is shown here before anything is changed.")
        )
        self.lines: Table[PlannedChange] = Table(
            (badged(context.desk, _NAME, lambda line: line.pupil.id), *_COLUMNS),
            name=_("What becomes of each pupil"),
            memory=context.memory,
            memory_key="many-change",
            empty=self.empty,
        )
        self.change_button = button(_("&Change"), self.change, "primary", icon_name="check")
        self.back_button = button(_("&Back to the list (Esc)"), self.closed.emit, icon_name="arrow-left")
        self.lines.lead_to(self.change_button)
        self._value = QWidget()
        self._value_column = column_in(self._value, tokens.XS)
        self._value_label = label(_("New &value"), "label")
        self._build()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.look)
        self.change_choice.activated.connect(lambda _place: self._item_changed())
        self.no_value.toggled.connect(self._emptied)

    def _build(self) -> None:
        fill(
            self.column,
            self.title,
            label(_("One item, the same for all of them. It is done in one go, and can be undone in one go."), "muted"),
        )
        fill(self._value_column, self._value_label, self.no_value)
        self._value.setMinimumWidth(sized(tokens.FIELD))
        fields = flow_of(_under(_("&What to change"), self.change_choice), self._value, spacing=tokens.L)
        fill(self.column, fields, self.problem, self.count, growing(self.lines))
        foot = flow_of(self.change_button, self.back_button)
        self.column.addWidget(foot)

    def begin(self, ids: Sequence[str]) -> None:
        self._ids = ids
        self.title.setText(_("Change {pupils}").format(pupils=count_of(len(ids), _("pupil"), _("pupils"))))
        self.change_choice.setCurrentIndex(0)
        self._item_changed()
        self.change_choice.setFocus()

    def end(self) -> None:
        self._pause.stop()
        self._ids = ()
        self.lines.show_rows([])

    def _item_changed(self) -> None:
        """Another item: its own editor, and nothing typed yet."""
        change = offered_changes()[self.change_choice.key()]
        if self.editor is not None:
            self._value_column.removeWidget(self.editor)
            self.editor.deleteLater()
            self.editor = None
        self._value.setVisible(not change.moves)
        with QSignalBlocker(self.no_value):
            self.no_value.setChecked(False)
        if not change.moves:
            self.editor = editor_for(change.item, self.context.desk.today)
            self.editor.describe(_("New value"), change.item.hint)
            self._value_column.insertWidget(1, self.editor)
            self._value_label.setBuddy(self.editor.field)
            self.editor.edited.connect(self._pause.start)
        self.look()

    def _emptied(self, is_empty: bool) -> None:
        if self.editor is not None:
            self.editor.setEnabled(not is_empty)
        self.look()

    @property
    def value(self) -> str | None:
        """What is typed; an empty text to take the value away; None while nothing is said."""
        if self.editor is None or self.no_value.isChecked():
            return ""
        return None if self.editor.is_ambiguous else self.editor.typed_text().strip() or None

    def look(self) -> None:
        """What would become of each pupil by what is typed now."""
        self._pause.stop()
        if not self._ids:
            return
        key, value = self.change_choice.key(), self.value
        wrong = bulk.problem_with(self.context.desk, key, value) if value is not None else ""
        show_words(self.problem, wrong)
        lines = bulk.preview(self.context.desk, self._ids, key, value) if value is not None and not wrong else []
        self._count = sum(not line.why_not for line in lines)
        self.lines.show_rows(lines)
        self._say(len(lines))

    def _say(self, total: int) -> None:
        pupils = count_of(self._count, _("pupil"), _("pupils"))
        self.count.setVisible(bool(total))
        stay = _("{number} of {all} stay as they are.").format(number=total - self._count, all=total)
        self.count.setText(_("All of them are changed.") if total == self._count else stay)
        self.change_button.setText(_("&Change {pupils}").format(pupils=pupils) if self._count else _("&Change"))
        self.change_button.setAccessibleName(without_sign(self.change_button.text()))
        self.change_button.setEnabled(bool(self._count))
        self.change_button.setToolTip("" if self._count else _("Nothing would change.") if total else _("Enter the new value first."))

    def save(self) -> bool:
        self.change()
        return True

    def change(self) -> None:
        """Change it for all of whom it can be, say so with a way back, and return to the ticked pupils."""
        self.look()  # what was typed last
        value, change = self.value, offered_changes()[self.change_choice.key()]
        if not self.change_button.isEnabled() or value is None:
            return
        result = self.context.attempt(lambda: bulk.change_all(self.context.desk, self._ids, change.key, value))
        if result is None:
            return
        pupils = count_of(result.pupils, _("pupil"), _("pupils"))
        words = _("{item} changed for {pupils}.").format(item=change.item.label, pupils=pupils)
        self.context.news.tell(result.changed)
        self.closed.emit()
        self.context.banner.success(words, undo=(_("Undo…"), lambda: self.context.go("changes", result.act)))


def _under(words: str, box: QWidget) -> QWidget:
    """A field beneath its words."""
    box.setAccessibleName(without_sign(words))
    return column_of(name_label(words, box), box, STRETCH, spacing=tokens.XS)
