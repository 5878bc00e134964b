"""Who comes of age in the next 90 days, what changes then, and the letter to the pupil at 16."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import RESTRICT, Choice
from pupil_desk.services.letters import coming_of_age
from pupil_desk.services.letters.coming_of_age import ComingBirthday
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.card import Card
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_in, flow_of, growing, label, show_words
from pupil_desk.ui.pages.sharing.words import recipient_words
from pupil_desk.ui.style import tokens

_CHANGES = {13: _("Youth support may ask"), 16: _("The choice becomes the pupil’s own"), 18: _("Adult: parental responsibility ends")}


class ComingOfAge(QWidget):
    """``opened`` carries the pupil of a line, ``letter_wanted`` the pupil whose letter is to be shown, ``form_wanted`` whose form."""

    opened = Signal(str)
    letter_wanted = Signal(str)
    form_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.count = label("", "label")
        empty = EmptyState(
            "cake", _("Nobody turns 13, 16 or 18 in the next 90 days"), _("Whoever does stands here, with what changes on the day.")
        )
        self.table = Table(
            _columns(context),
            name=_("Coming of age"),
            empty=empty,
            memory=context.memory,
            memory_key="coming-of-age",
            stands_on_first=False,
        )
        self.name_label, self.change_label, self.ended_label = label("", "label"), label(""), label("", "muted")
        self.letter_button = button(
            _("&Letter to the pupil"), lambda: self._with_row(self.letter_wanted.emit), "primary", icon_name="envelope-simple"
        )
        self.form_button = button(_("&Print the form"), lambda: self._with_row(self.form_wanted.emit), icon_name="printer")
        self.told_button = button(_("&Record as told in person…"), self._record_told, icon_name="check")
        self.open_button = button(_("&Open this pupil (Enter)"), lambda: self._with_row(self.opened.emit))
        self._build()
        self.table.current_changed.connect(self._detail)
        self.table.opened.connect(lambda row: self.opened.emit(row.pupil.id))

    def _build(self) -> None:
        self.detail = Card()
        self.detail.setAccessibleName(_("What changes on the day"))
        layout = column_in(self.detail, tokens.XS, left=tokens.L, top=tokens.S, right=tokens.L, bottom=tokens.S)
        for line in (self.name_label, self.change_label, self.ended_label):
            layout.addWidget(line)
            line.setMinimumHeight(1)
        acts = flow_of(self.letter_button, self.form_button, self.open_button, self.told_button)  # the last goes once it is pressed
        layout.addWidget(acts)
        column_in(self, tokens.S, self.count, growing(self.table), self.detail, top=tokens.M)

    def refresh(self) -> None:
        rows = coming_of_age.coming(self.context.desk)
        left = sum(row.to_tell for row in rows)
        words = count_of(len(rows), _("birthday in the next 90 days"), _("birthdays in the next 90 days"))
        if left:
            words = _("{words}. {letters} still to go").format(words=words, letters=count_of(left, _("letter"), _("letters")))
        self.count.setText(words if rows else "")
        self.table.show_rows(rows)
        self._detail(self.table.current() if rows else None)

    def choose(self, pupil_id: str) -> None:
        """Go to a pupil's line."""
        row = next((row for row in self.table.rows if row.pupil.id == pupil_id), None)
        if row is not None:
            self.table.select(row.id)
        self.table.setFocus()

    def _detail(self, row: ComingBirthday | None) -> None:
        self.detail.setVisible(bool(self.table.rows))
        self.open_button.setEnabled(row is not None)
        if row is None:
            self._ask_for_row()
            return
        born = _("{name}, born {day}. {age} on {on}.").format(
            name=row.pupil.full_name, day=show_date(row.pupil.dob), age=row.age, on=show_date(row.day)
        )
        self.name_label.setText(born)
        self.change_label.setText(" ".join(coming_of_age.change_sentences(row)))
        show_words(self.ended_label, _lapsing_choices(row))
        is_own_choice = row.age == 16
        self.letter_button.setVisible(is_own_choice)
        self.told_button.setVisible(row.to_tell)
        self.form_button.setVisible(row.age != 18)
        may = self.context.desk.may(Action.PRINT_FORM)
        due = not is_own_choice or row.day <= self.context.desk.today  # the form at 16 can be signed from the day on
        self.letter_button.setEnabled(may)
        self.form_button.setEnabled(may and due)
        reason = _("The pupil can sign it from the 16th birthday on.") if not due else ""
        for act_button in (self.letter_button, self.form_button):
            act_button.setToolTip(only(Action.PRINT_FORM) if not may else reason if act_button is self.form_button else "")

    def _ask_for_row(self) -> None:
        """As high as with a line, so that the list keeps its height as one is clicked."""
        self.name_label.setText(_("Choose a birthday"))
        self.change_label.setText(_("What changes on that day stands here, with the letter to the pupil and the form."))
        show_words(self.ended_label, "")
        self.told_button.hide()
        for act_button in (self.letter_button, self.form_button):
            act_button.show()
            act_button.setEnabled(False)
            act_button.setToolTip(_("Choose a birthday in the list first."))

    def _record_told(self) -> None:
        row, context = self.table.current(), self.context
        if row is None:
            return
        pupil = row.pupil
        text = _("{pupil}, born {day}, was told today by word of mouth that the choice is the pupil’s own. That goes on file.")
        text = text.format(pupil=pupil.full_name, day=show_date(pupil.dob))
        if not context.ask.confirm(_("Was the pupil told?"), text, _("Record it")):
            return
        if context.keep(lambda: coming_of_age.told_in_person(context.desk, pupil.id)):
            self.refresh()
            message = _("Recorded: {pupil} was told today.").format(pupil=pupil.full_name)
            context.banner.success(message, undo=(_("&Undo"), lambda: self._undo_told(pupil)))

    def _undo_told(self, pupil: Pupil) -> None:
        words = _("Undone: {pupil} is still to be told.").format(pupil=pupil.full_name)
        if self.context.keep(lambda: coming_of_age.undo_told(self.context.desk, pupil.id), words):
            self.refresh()

    def _with_row(self, go: Callable[[str], object]) -> None:
        row = self.table.current()
        if row is not None:
            go(row.pupil.id)

    def search(self) -> None:
        """To the list: there is little to find in it."""
        self.table.setFocus()


def _columns(context: Context) -> tuple[Column[ComingBirthday], ...]:
    return (
        Column("on", _("Day"), lambda row: short_date(row.day)),
        badged(
            context.desk,
            Column("pupil", _("Pupil"), lambda row: row.pupil.surname_first, width=14, most=24, stretch=True),
            lambda row: row.pupil.id,
        ),
        Column("age", _("Turns"), lambda row: str(row.age), align="right"),
        Column(
            "what",
            _("What changes"),
            lambda row: _CHANGES[row.age],
            stretch=True,
            tip=lambda row: " ".join(coming_of_age.change_sentences(row)),
        ),
        Column("letter", _("Letter"), lambda row: _letter(row, context), icon=_sign, longest=_("Told 27 Sep 2026")),
    )


def _letter(row: ComingBirthday, context: Context) -> str:
    if row.told_on is not None:
        return _("Told {day}").format(day=short_date(row.told_on))
    if row.age != 16:
        return _("None goes")
    return _("Late: not told yet") if row.day < context.desk.today else _("To be sent")


def _sign(row: ComingBirthday) -> str:
    return "check-circle" if row.told_on else "envelope-simple" if row.to_tell else ""


def _lapsing_choices(row: ComingBirthday) -> str:
    """The parents' words that end with the day."""
    return " ".join(map(_choice_words, row.inactive))


def _choice_words(choice: Choice) -> str:
    words = _("{recipient}: {who} restricted it on {day}.") if choice.choice == RESTRICT else _("{recipient}: {who} allowed it on {day}.")
    return words.format(recipient=recipient_words(choice.recipient), who=choice.giver or _("someone not named"), day=show_date(choice.on))
