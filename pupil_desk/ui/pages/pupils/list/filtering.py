"""Narrowing the list: a small panel that adds one condition at a time, a chip for each in force, and filters kept under a name."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.conditions import QUESTIONS, Answer, Condition, Question, read_condition
from pupil_desk.services.pupils import lists
from pupil_desk.services.pupils.lists import SavedFilter
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.codebox import ChoiceBox, CodeBox
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.words import button, label, set_look
from pupil_desk.ui.style import tokens


class Chips(QWidget):
    """The conditions in force, each a button that takes it away. ``dropped`` carries the condition."""

    dropped = Signal(object)

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
        made = button(condition.words.replace("&", "&&"), partial(self.dropped.emit, condition), icon_name="x")
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands after the words
        made.setAccessibleName(_("Remove: {condition}").format(condition=condition.words))
        made.setToolTip(made.accessibleName())
        self._row.addWidget(made)
        return made


class FilterPanel(QFrame):
    """Adds conditions, keeps and takes up filters. ``changed`` comes when the conditions are others; ``closed`` when it is done with."""

    changed = Signal()
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        set_look(self, "card")
        self._context = context
        self.conditions: tuple[Condition, ...] = ()
        self.question = ChoiceBox([(one.key, one.label) for one in QUESTIONS.values()], name=_("Show only pupils by"))
        self.question.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.question.setMinimumContentsLength(18)
        self.answers = QStackedWidget()
        self.typed = QLineEdit()
        self.answers.addWidget(self.typed)
        self._boxes: dict[str, ChoiceBox] = {}  # made when a question is first chosen
        self.hint, self.problem = label("", "hint"), label("", "problem")
        self.add_button = button(_("Add"), self.add, icon_name="plus")
        self.clear_button = button(_("Show all"), lambda: self.put(()))
        self.save_button = button(_("Save…"), self.save)
        self.saved_button = button(_("Saved filters"), lambda: None)
        self.saved_menu = QMenu(self.saved_button)
        self.saved_menu.aboutToShow.connect(self._offer)
        self.saved_button.setMenu(self.saved_menu)
        self._build()
        self.question.currentIndexChanged.connect(lambda _place: self._asked())
        self.typed.returnPressed.connect(self.add)
        self._asked()
        self.put(())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.S, tokens.S, tokens.S, tokens.S)
        column.setSpacing(tokens.XS)
        words = label(_("Show only pupils by"), "label")
        words.setBuddy(self.question)
        said = QWidget()
        beside = QHBoxLayout(said)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(tokens.XS)
        beside.addWidget(self.answers, 1)
        beside.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (words, self.question, said, self.hint, self.problem):
            column.addWidget(part)
        self.save_button.setToolTip(_("Keep these conditions under a name"))
        bar = QWidget()
        row = FlowLayout(bar, tokens.XS)
        for made in (self.saved_button, self.save_button, self.clear_button):
            row.addWidget(made)
        column.addWidget(bar)
        self.problem.hide()

    def begin(self) -> None:
        """Open, ready for the first condition."""
        self.show()
        self.question.setFocus()

    def _asked(self) -> None:
        """The editor that fits the question."""
        asked = QUESTIONS[self.question.key()]
        field = self._field(asked)
        self.answers.setVisible(field is not None)
        if field is not None:
            self.answers.setCurrentWidget(field)
            field.setAccessibleName(asked.label)
            field.setAccessibleDescription(asked.hint)
        self.hint.setText(asked.hint)
        self.hint.setVisible(bool(asked.hint))
        self.problem.hide()

    def _field(self, asked: Question) -> QWidget | None:
        if asked.answer is Answer.NOTHING:
            return None
        if asked.answer not in (Answer.CODE, Answer.CHOICE):
            self.typed.clear()
            return self.typed
        if asked.key not in self._boxes:
            self._boxes[asked.key] = _box(asked, self._context)
            self.answers.addWidget(self._boxes[asked.key])
        return self._boxes[asked.key]

    @property
    def answer(self) -> str:
        """What is answered to the question now."""
        field = self._boxes.get(self.question.key())
        if field is None:
            return self.typed.text()
        return field.typed() if isinstance(field, CodeBox) else field.key()

    def add(self) -> None:
        """One condition more; the same question answered anew takes the place of the answer before."""
        condition, wrong = read_condition(self.question.key(), self.answer, self._context.desk.today)
        self.problem.setText(wrong)
        self.problem.setVisible(bool(wrong))
        if condition is None:
            announce(self.question, wrong, urgent=True)
            return
        self.put((*(one for one in self.conditions if one.question != condition.question), condition))

    def drop(self, condition: Condition) -> None:
        """One condition less."""
        self.put(tuple(one for one in self.conditions if one != condition))

    def put(self, conditions: Sequence[Condition]) -> None:
        """These conditions and no others."""
        changed, self.conditions = tuple(conditions) != self.conditions, tuple(conditions)
        self.clear_button.setEnabled(bool(conditions))
        self.save_button.setEnabled(bool(conditions))
        if changed:
            self.changed.emit()

    # under a name

    def _offer(self) -> None:
        desk, found = self._context.desk, lists.saved(self._context.desk)
        self.saved_menu.clear()
        for one in found:
            words = one.name if one.mine and not one.for_all else _("{name} (for everyone)").format(name=one.name)
            self.saved_menu.addAction(words.replace("&", "&&"), partial(self.take, one))
        if not found:
            self.saved_menu.addAction(_("None yet")).setEnabled(False)
        removable = [one for one in found if lists.may_remove(desk, one)]
        if removable:
            self.saved_menu.addSeparator()
            remove = self.saved_menu.addMenu(_("Remove"))
            for one in removable:
                remove.addAction(one.name.replace("&", "&&"), partial(self.remove, one))

    def take(self, one: SavedFilter) -> None:
        """Use a saved filter; one that this program cannot read in full is not used in part, and says why."""
        if one.wrong:
            self._context.banner.problem(_("The filter «{name}» cannot be used. {why}").format(name=one.name, why=one.wrong))
            return
        self.put(one.conditions)

    def save(self) -> None:
        """Keep the conditions under a name, for oneself or for everyone."""
        context = self._context
        name = context.ask.text(
            _("Save this filter"), _("The conditions are kept, not the pupils they find. Do not name a pupil."), _("Name"),
            verb=_("Go on"), check=lambda text: lists.check_name(context.desk, text),
        )  # fmt: skip
        if name is None:
            return
        whose = context.ask.choose(
            _("Who is to see it?"), _("Others can use a filter for everyone. Only you and the data officer can remove it."),
            (Choice("mine", _("Only me"), "primary"), Choice("all", _("Everyone")), Choice("no", _("Cancel"))), safe="no",
        )  # fmt: skip
        if whose == "no":
            return
        if context.attempt(lambda: lists.save_filter(context.desk, name, self.conditions, for_all=whose == "all")) is not None:
            context.banner.quietly(_("The filter is saved."))

    def remove(self, one: SavedFilter) -> None:
        """Take a saved filter away; the conditions in force stay."""
        context = self._context
        if context.ask.confirm(_("Remove this filter?"), _("«{name}» is taken off the list of filters. No pupil’s record changes.").format(name=one.name), _("Remove")):
            context.attempt(lambda: lists.remove_filter(context.desk, one.id))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _box(asked: Question, context: Context) -> ChoiceBox:
    if asked.answer is Answer.CHOICE or asked.item is None or asked.item.codes is None:
        return ChoiceBox([(key, words) for key, words in (asked.choices or {}).items()])
    return CodeBox(asked.item.codes, today=context.desk.today, required=True)
