"""Narrowing the list: a small panel that adds one condition at a time, a chip for each in force, and filters kept under a name."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QPushButton, QStackedWidget, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.conditions import AnswerKind, Condition, ConditionQuestion, questions, read_condition
from pupil_desk.services.pupils import lists
from pupil_desk.services.pupils.lists import SavedFilter
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.codebox import ChoiceBox, CodeBox
from pupil_desk.ui.kit.steady import one_place
from pupil_desk.ui.kit.talk.announce import refuse
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.words import (
    aligned,
    button,
    column_in,
    flow_of,
    growing,
    label,
    name_label,
    passing_label,
    row_in,
    set_look,
    show_words,
)
from pupil_desk.ui.style import tokens


class Chips(QWidget):
    """The conditions in force, each a button that takes it away. ``condition_dropped`` carries the condition."""

    condition_dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._row = FlowLayout(self, tokens.XS)
        self.chips: list[QPushButton] = []
        self.hide()

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """A chip for each; nothing in sight where there are none."""
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [self._chip(condition) for condition in conditions]
        self.setVisible(bool(self.chips))
        self.updateGeometry()

    def _chip(self, condition: Condition) -> QPushButton:
        chip = button(condition.words.replace("&", "&&"), partial(self.condition_dropped.emit, condition), icon_name="x")
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands after the words
        chip.setAccessibleName(_("Remove: {condition}").format(condition=condition.words))
        chip.setToolTip(chip.accessibleName())
        self._row.addWidget(chip)
        return chip


class FilterPanel(QFrame):
    """Adds conditions, keeps and takes up filters. ``changed`` comes when the conditions are others; ``closed`` when it is done with."""

    changed = Signal()
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        set_look(self, "card")
        self._context = context
        self.conditions: tuple[Condition, ...] = ()
        self.question = ChoiceBox([(question.key, question.label) for question in questions().values()], name=_("Show only pupils by"))
        self.question.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.question.setMinimumContentsLength(18)
        self.answers = QStackedWidget()
        self.answer_box = QLineEdit()
        self.answers.addWidget(self.answer_box)
        self._boxes: dict[str, ChoiceBox] = {}  # made when a question is first chosen
        self.hint, self.problem = label("", "hint"), passing_label("problem")
        self.add_button = button(_("Add"), self.add, icon_name="plus")
        self.clear_button = button(_("Show all"), lambda: self.set_conditions(()))
        self.save_button = button(_("Save…"), self.save)
        self.saved_button = button(_("Saved filters"), lambda: None)
        self.saved_menu = QMenu(self.saved_button)
        self.saved_menu.aboutToShow.connect(self._offer)
        self.saved_button.setMenu(self.saved_menu)
        self._build()
        self.question.currentIndexChanged.connect(lambda _place: self._on_question_changed())
        self.answer_box.returnPressed.connect(self.add)
        self._on_question_changed()
        self.set_conditions(())

    def _build(self) -> None:
        answer_row = QWidget()
        row_in(answer_row, tokens.XS, growing(self.answers), aligned(self.add_button))
        self.save_button.setToolTip(_("Keep these conditions under a name"))
        column_in(
            self,
            tokens.XS,
            name_label(_("Show only pupils by"), self.question),
            self.question,
            answer_row,
            one_place(self.hint, self.problem),
            flow_of(self.saved_button, self.save_button, self.clear_button, spacing=tokens.XS),
            left=tokens.S,
            top=tokens.S,
            right=tokens.S,
            bottom=tokens.S,
        )

    def begin(self) -> None:
        """Open, ready for the first condition."""
        self.show()
        self.question.setFocus()

    def _on_question_changed(self) -> None:
        """The editor that fits the question."""
        question = questions()[self.question.key()]
        field = self._field(question)
        self.answers.setVisible(field is not None)
        if field is not None:
            self.answers.setCurrentWidget(field)
            QWidget.setTabOrder(self.question, field)  # it may have been made after all that stands below
            QWidget.setTabOrder(field, self.add_button)
            field.setAccessibleName(question.label)
            field.setAccessibleDescription(question.hint)
        show_words(self.hint, question.hint)
        self.problem.hide()

    def _field(self, question: ConditionQuestion) -> QWidget | None:
        if question.answer is AnswerKind.NOTHING:
            return None
        if question.answer not in (AnswerKind.CODE, AnswerKind.CHOICE):
            self.answer_box.clear()
            return self.answer_box
        if question.key not in self._boxes:
            self._boxes[question.key] = _box(question, self._context)
            self.answers.addWidget(self._boxes[question.key])
        return self._boxes[question.key]

    @property
    def answer(self) -> str:
        """What is answered to the question now."""
        field = self._boxes.get(self.question.key())
        if field is None:
            return self.answer_box.text()
        if not isinstance(field, CodeBox):
            return field.key()
        return "" if field.is_ambiguous else field.typed_text()

    def add(self) -> None:
        """One condition more; the same question answered anew takes the place of the answer before."""
        condition, wrong = read_condition(self.question.key(), self.answer, self._context.desk.today)
        show_words(self.problem, wrong)
        self.hint.setVisible(not wrong and bool(self.hint.text()))  # what is wrong says what would be right, in its place
        if condition is None:
            refuse(self.question, wrong)
            return
        self.set_conditions((*(earlier for earlier in self.conditions if earlier.question != condition.question), condition))

    def drop(self, condition: Condition) -> None:
        """One condition less."""
        self.set_conditions(tuple(remaining for remaining in self.conditions if remaining != condition))

    def set_conditions(self, conditions: Sequence[Condition]) -> None:
        """These conditions and no others."""
        changed, self.conditions = tuple(conditions) != self.conditions, tuple(conditions)
        self.clear_button.setEnabled(bool(conditions))
        self.save_button.setEnabled(bool(conditions))
        if changed:
            self.changed.emit()

    # under a name

    def _offer(self) -> None:
        desk, saved_filters = self._context.desk, lists.saved_filters(self._context.desk)
        self.saved_menu.clear()
        for saved_filter in saved_filters:
            words = (
                saved_filter.name
                if saved_filter.is_own and not saved_filter.for_all
                else _("{name} (for everyone)").format(name=saved_filter.name)
            )
            self.saved_menu.addAction(words.replace("&", "&&"), partial(self.take, saved_filter))
        if not saved_filters:
            self.saved_menu.addAction(_("None yet")).setEnabled(False)
        removable = [candidate for candidate in saved_filters if lists.may_remove(desk, candidate)]
        if removable:
            self.saved_menu.addSeparator()
            remove = self.saved_menu.addMenu(_("Remove"))
            for saved_filter in removable:
                remove.addAction(saved_filter.name.replace("&", "&&"), partial(self.remove, saved_filter))

    def take(self, saved_filter: SavedFilter) -> None:
        """Use a saved filter; one that this program cannot read in full is not used in part, and says why."""
        if saved_filter.wrong:
            self._context.banner.problem(
                _("The filter “{name}” cannot be used. {why}").format(name=saved_filter.name, why=saved_filter.wrong)
            )
            return
        self.set_conditions(saved_filter.conditions)

    def save(self) -> None:
        """Keep the conditions under a name, for oneself or for everyone."""
        context = self._context
        name = context.ask.text(
            _("Save this filter"),
            _("The conditions are kept, not the pupils they find. Do not name a pupil."),
            _("Name"),
            verb=_("Go on"),
            check=lambda text: lists.check_name(context.desk, text),
        )
        if name is None:
            return
        audience = context.ask.choose(
            _("Who is to see it?"),
            _("Others can use a filter for everyone. Only you and the data officer can remove it."),
            (Choice("mine", _("Only me"), "primary"), Choice("all", _("Everyone")), Choice("no", _("Cancel"))),
            safe="no",
        )
        if audience == "no":
            return
        if context.attempt(lambda: lists.save_filter(context.desk, name, self.conditions, for_all=audience == "all")) is not None:
            context.banner.quietly(_("The filter is saved."))

    def remove(self, saved_filter: SavedFilter) -> None:
        """Take a saved filter away; the conditions in force stay."""
        context = self._context
        if context.ask.confirm(
            _("Remove this filter?"),
            _("“{name}” is taken off the list of filters. No pupil’s record changes.").format(name=saved_filter.name),
            _("Remove"),
            stay=_("Keep it"),
        ):
            context.attempt(lambda: lists.remove_filter(context.desk, saved_filter.id))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _box(question: ConditionQuestion, context: Context) -> ChoiceBox:
    if question.answer is AnswerKind.CHOICE or question.item is None or question.item.codes is None:
        return ChoiceBox([(key, words) for key, words in (question.choices or {}).items()])
    return CodeBox(question.item.codes, today=context.desk.today, required=True)
