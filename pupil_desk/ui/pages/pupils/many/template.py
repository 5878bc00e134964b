"""Writing a letter's template: name, heading, words, and the fields that are filled in for each family."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers.letter import ASK, FIELDS, LetterTemplate
from pupil_desk.services.letters import letter_templates
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import button, column_in, fill, flow_of, growing, label, name_label, set_look, show_words, without_sign
from pupil_desk.ui.style import tokens

_LINES = 8  # of the letter, the least in sight


class TemplateEditor(QWidget):
    """``saved`` carries the template kept, ``removed`` comes when one is taken out of use, ``closed`` when it is left."""

    saved = Signal(object)
    removed = Signal()
    closed = Signal()
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._template = LetterTemplate()
        self.title, self.edition_line = label("", "subhead"), label("", "muted")
        self.name, self.subject, self.body = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.body.setTabChangesFocus(True)
        self.body.setMinimumHeight(self.body.fontMetrics().lineSpacing() * _LINES)
        self.problems: dict[str, QLabel] = {}
        self.insert = button(_("&Insert a field"), lambda: None)
        self.insert.setMenu(self._menu())
        self.save_button = button(_("&Save the letter"), self.save, "primary", icon_name="check")
        self.remove_button = button(_("&Remove this letter"), self.remove, icon_name="trash")
        self.close_button = button(_("&Back to the pupils’ letters"), self.closed.emit)
        self._build()
        self.name.textEdited.connect(self.edited)
        self.subject.textEdited.connect(self.edited)
        self.body.textChanged.connect(self.edited)

    def _menu(self) -> QMenu:
        menu = QMenu(self.insert)
        for field, words in FIELDS.items():
            menu.addAction(words, partial(self.insert_text, f"{{{{{field}}}}}"))
        menu.addSeparator()
        menu.addAction(_("Something asked for each time, such as a day"), self._ask)
        return menu

    def _build(self) -> None:
        fields = QWidget()
        column = column_in(fields, tokens.XS)
        self._field(column, "name", _("&Name in the list of letters"), self.name)
        self._field(column, "subject", _("&Heading above the letter"), self.subject)
        hint = _("An empty line begins a new paragraph. Lines that begin with “- ” make a list. {{…}} is filled in for each family.")
        self._field(column, "body", _("&Words of the letter"), self.body, hint)
        column.setStretchFactor(self.body, 1)
        column_in(
            self,
            tokens.S,
            self.title,
            self.edition_line,
            flow_of(self.save_button, self.insert, self.remove_button, self.close_button),
            growing(scrolled(fields)),
        )

    def _field(self, column: QVBoxLayout, key: str, words: str, widget: QLineEdit | QPlainTextEdit, hint: str = "") -> None:
        above, problem = name_label(words, widget), label("", "problem")
        widget.setAccessibleName(without_sign(words))
        widget.setAccessibleDescription(hint)
        if isinstance(widget, QLineEdit):
            widget.setMaximumWidth(tokens.READING)
        self.problems[key] = problem
        column.addWidget(above)
        if hint:
            column.addWidget(label(hint, "hint"))
        fill(column, widget, problem)
        problem.hide()
        column.addSpacing(tokens.S)

    def begin(self, template: LetterTemplate) -> None:
        """Write a template anew, or one that there is."""
        self._template = template
        self.title.setText(template.name or _("A new letter"))
        show_words(self.edition_line, self._who_made(template))
        self.remove_button.setVisible(bool(template.template_id))
        self._show_words(template.name, template.subject, template.body)
        (self.body if template.template_id else self.name).setFocus()

    def _who_made(self, template: LetterTemplate) -> str:
        if not template.template_id:
            return ""
        editions = letter_templates.history(self._context.desk, template.template_id)
        if letter_templates.is_shipped(template):
            return _("It comes with the program. What you change becomes the unit’s own edition; the one before stays on record.")
        words = _("Edition {number}, by {who} on {day}. The ones before stay on record.")
        return words.format(number=editions[0].edition, who=editions[0].actor, day=short_date(editions[0].moment.date()))

    def _show_words(self, name: str, subject: str, body: str) -> None:
        self.name.setText(name)
        self.subject.setText(subject)
        self.body.setPlainText(body)
        self._tell({})
        self.edited.emit()

    def insert_text(self, text: str) -> None:
        """Insert a field where the cursor is, in the heading or in the words."""
        if self.subject.hasFocus():
            self.subject.insert(text)
            self.edited.emit()
        else:
            self.body.insertPlainText(text)
            self.body.setFocus()

    def _ask(self) -> None:
        words = _("It is asked for when the letters are made, and is the same in all of them.")
        question = self._context.ask.text(_("What is to be asked?"), words, _("Such as Day and time"), verb=_("Insert"))
        if question:
            self.insert_text(f"{{{{{ASK} {question}}}}}")

    @property
    def edited_template(self) -> LetterTemplate:
        """The template as it is typed."""
        return LetterTemplate(
            id=self._template.id,
            template_id=self._template.template_id,
            edition=self._template.edition,
            name=self.name.text(),
            subject=self.subject.text(),
            body=self.body.toPlainText(),
        )

    @property
    def dirty(self) -> bool:
        """Whether something else is typed than is held."""
        now = self.edited_template
        return (now.name, now.subject, now.body) != (self._template.name, self._template.subject, self._template.body)

    def save(self) -> bool:
        """Keep it as a new edition; what is wrong is said beside each field."""
        try:
            stored = letter_templates.save_template(self._context.desk, self.edited_template)
        except Refused as error:
            self._tell({problem.column: problem.message for problem in reversed(error.problems)})
            return False
        self._template = stored
        self._tell({})
        self.saved.emit(stored)
        return True

    def discard(self) -> None:
        """Put back what is held."""
        self._show_words(self._template.name, self._template.subject, self._template.body)

    def remove(self) -> None:
        """Take it out of use, once it is confirmed."""
        text = _("“{letter}” is offered no more. What was printed by it stays on record.").format(letter=self._template.name)
        if self._context.ask.confirm(_("Remove this letter?"), text, _("Remove"), danger=True, stay=_("Keep it")):
            self.discard()
            if self._context.keep(lambda: letter_templates.retire(self._context.desk, self._template), _("The letter is removed.")):
                self.removed.emit()

    def draft(self) -> dict[str, Any]:
        """What is typed, as JSON would hold it."""
        return {
            "template_id": self._template.template_id,
            "name": self.name.text(),
            "subject": self.subject.text(),
            "body": self.body.toPlainText(),
        }

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        self._show_words(draft["name"], draft["subject"], draft["body"])

    def _tell(self, messages: dict[str, str]) -> None:
        first = None
        for key, widget in (("name", self.name), ("subject", self.subject), ("body", self.body)):
            words = messages.get(key, "")
            self.problems[key].setText(words)
            self.problems[key].setVisible(bool(words))
            set_look(widget, "problem" if words else "")
            first = first or (widget if words else None)
        if first is not None:
            first.setFocus()
