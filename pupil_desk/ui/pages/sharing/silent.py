"""Who has been asked and who has answered: everyone who may choose, narrowed to those silent, due a reminder, not asked, or in disagreement."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import tokens as words_of
from pupil_desk.basics.words import _, count_of, some_of
from pupil_desk.domain.sharing.wish import Reply
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing import wish_waiting, wishes
from pupil_desk.services.sharing.wish_waiting import GiverRow
from pupil_desk.services.sharing.wishes import Askee
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.low.foldable import Spare
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_in, find_line, flow_of, growing, label, labelled, without_sign
from pupil_desk.ui.pages.sharing.words import recipient_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

SILENT, DUE, NOT_ASKED, DISAGREE, EVERYBODY = "silent", "due", "not-asked", "disagree", "everybody"
_SHOW = (
    (SILENT, _("Without an answer")),
    (DUE, _("To be reminded")),
    (NOT_ASKED, _("Not asked yet")),
    (DISAGREE, _("Parents who disagree")),
    (EVERYBODY, _("Everybody")),
)
_REPLY_WORDS = {
    Reply.NOT_ASKED: _("Not asked"),
    Reply.ASKED: _("Asked, no answer"),
    Reply.REMINDED: _("Reminded, no answer"),
    Reply.ANSWERED: _("Answered"),
}
_REPLY_SIGNS = {Reply.NOT_ASKED: "question", Reply.ASKED: "clock", Reply.REMINDED: "clock", Reply.ANSWERED: "check-circle"}
_WAYS = ("letter", "email", "phone", "in-person")  # a printed form records by itself that it asks
_WITH_YEAR = 900  # width at 100 % from which there is room for the year group
_WITH_DAYS = 820  # width at 100 % from which there is room for the days


class AnswersView(QWidget):
    """``opened`` carries the pupil of a line; ``print_wanted`` the ids of the pupils whose forms are to be printed."""

    opened = Signal(str)
    print_wanted = Signal(list)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._rows: list[GiverRow] = []
        self.show_box = ChoiceBox(_SHOW, name=_("Show"))
        self.year = ChoiceBox([("", _("Every year group"))], name=_("Year group"))
        self.find_box = find_line(_("Find in this list"))
        self.count = label("", "label")
        self.empty = EmptyState("check-circle", "")
        self.table = Table(
            _columns(context.desk),
            name=_("Who has answered"),
            id_of=lambda row: f"{row.pupil.id} {row.giver.contact_id}",
            several=True,
            empty=self.empty,
            memory=context.memory,
            memory_key="wishes",
            stands_on_first=False,
        )
        self.print_button = button(_("&Print the forms again"), self._print, "primary", icon_name="printer")
        self.way = ChoiceBox([(code, codelist("channel").label_of(code)) for code in _WAYS], name=_("How they were asked"))
        self.way.set_key("phone")
        self.asked_button = button(_("&Record as asked today"), self._record_asked, icon_name="check")
        self._build()
        for box in (self.show_box, self.year):
            box.currentIndexChanged.connect(lambda _place: self._show())
        self.find_box.setMaximumWidth(sized(tokens.FIELD))
        self.find_box.textChanged.connect(lambda _text: self._show())
        self.find_box.returnPressed.connect(self.table.setFocus)
        self.table.opened.connect(lambda row: self.opened.emit(row.pupil.id))
        self.table.selectionModel().selectionChanged.connect(lambda *_ranges: self._say())
        self.table.always_give_way({"since": _WITH_DAYS, "year": _WITH_YEAR}, room_of=self)

    def _build(self) -> None:
        top = FilterRow(
            labelled(_("&Show"), self.show_box),
            labelled(_("&Year group"), self.year),
            find=(_("&Find in this list (Ctrl+F)"), self.find_box),
            beside=self.count,
            spacing=tokens.L,
        )
        self.hint = label(
            _(
                "A form that is printed records by itself that it asks, or reminds. Choose several lines with Shift or Ctrl; Ctrl+A chooses all."
            ),
            "hint",
        )
        column_in(
            self,
            tokens.S,
            top,
            growing(self.table),
            flow_of(self.print_button, self.way, self.asked_button),
            Spare(self.hint),
            top=tokens.M,
        )

    def refresh(self) -> None:
        self._rows = wish_waiting.waiting(self.context.desk)
        year_key = self.year.key()
        groups = {row.pupil.year_group for row in self._rows if row.pupil.year_group}
        years = [(code.code, code.label) for code in codelist("year_group").codes.values() if code.code in groups]
        self.year.offer([("", self.year.itemText(0)), *years], year_key)
        self._show()

    def _show(self) -> None:
        filter_key, year, today = self.show_box.key(), self.year.key(), self.context.desk.today
        words = words_of(self.find_box.text())
        keep: Mapping[str, Callable[[GiverRow], bool]] = {
            SILENT: lambda row: bool(row.about),
            DUE: lambda row: row.due is not None and row.due <= today,
            NOT_ASKED: lambda row: row.reply is Reply.NOT_ASKED,
            DISAGREE: lambda row: row.disagree,
            EVERYBODY: lambda _row: True,
        }
        rows = [row for row in self._rows if keep[filter_key](row) and (not year or row.pupil.year_group == year) and _has(row, words)]
        self._say_why_empty(filter_key, is_searching=bool(words))
        self.table.show_rows(rows)
        pupils = count_of(len({row.pupil.id for row in rows}), _("pupil"), _("pupils"))
        people = count_of(len(rows), _("person who may choose"), _("people who may choose"))
        self.count.setText(_("{people}, for {pupils}").format(people=people, pupils=pupils))
        self._say()

    def _say_why_empty(self, filter_key: str, *, is_searching: bool) -> None:
        if is_searching or self.year.key():
            self.empty.say(_("Nobody here is like that"), _("Choose another year group, or type the beginning of a surname."))
            return
        words = {
            SILENT: _("Everybody who may choose has answered"),
            DUE: _("Nobody is to be reminded today"),
            NOT_ASKED: _("Everybody has been asked"),
            DISAGREE: _("No two parents disagree"),
            EVERYBODY: _("No pupil on roll is 13 or more"),
        }
        self.empty.say(words[filter_key])

    def _say(self) -> None:
        """What the buttons would do, for the lines chosen."""
        rows = self._selected_rows()
        pupil_count = len({row.pupil.id for row in rows})
        self.print_button.setText(_("&Print the forms for {pupils}").format(pupils=count_of(pupil_count, _("pupil"), _("pupils"))))
        self.print_button.setAccessibleName(without_sign(self.print_button.text()))
        self.asked_button.setText(_("&Record {people} as asked today").format(people=count_of(len(rows), _("person"), _("people"))))
        self.asked_button.setAccessibleName(without_sign(self.asked_button.text()))
        for act_button, action in ((self.print_button, Action.PRINT_FORM), (self.asked_button, Action.RECORD_ASKED)):
            may = self.context.desk.may(action)
            act_button.setEnabled(may and bool(rows))
            act_button.setToolTip(only(action) if not may else "" if rows else _("Choose a line first"))

    def _selected_rows(self) -> list[GiverRow]:
        return [row for row in self.table.selected() if row.about]

    def _print(self) -> None:
        self.print_wanted.emit(list(dict.fromkeys(row.pupil.id for row in self._selected_rows())))

    def _record_asked(self) -> None:
        rows = self._selected_rows()
        people = [Askee(row.pupil.id, row.giver.contact_id) for row in rows]
        people_words = count_of(len(people), _("person"), _("people"))
        message = _("Recorded: {people} asked today, {how}.").format(people=people_words, how=self.way.currentText().lower())
        names = some_of(
            [
                _("{who} (of {pupil})").format(who=row.giver.name, pupil=row.pupil.full_name)
                if row.giver.contact_id
                else row.pupil.full_name
                for row in rows
            ]
        )
        text = _("{people}, {how}: {names}. An entry can be taken back on the pupil’s own page.").format(
            people=people_words, how=self.way.currentText().lower(), names=names
        )
        if len(people) > 1 and not self.context.ask.confirm(_("Record these people as asked?"), text, _("Record")):
            return
        if self.context.keep(lambda: wishes.record_asked(self.context.desk, people, self.way.key()), message):
            self.refresh()

    def search(self) -> None:
        """Put the cursor into the find box."""
        self.find_box.setFocus()
        self.find_box.selectAll()


def _columns(desk: Desk) -> tuple[Column[GiverRow], ...]:
    today = desk.today

    def due_words(row: GiverRow) -> str:
        if row.due is None:
            return ""
        return _("Now, since {day}").format(day=short_date(row.due)) if row.due <= today else short_date(row.due)

    return (
        badged(
            desk,
            Column("pupil", _("Pupil"), lambda row: row.pupil.surname_first, width=14, most=22, stretch=True),
            lambda row: row.pupil.id,
        ),
        Column("year", _("Year"), lambda row: row.pupil.year_group or "", align="right"),
        Column("who", _("Who may choose"), lambda row: row.giver.name if row.giver.contact_id else _("The pupil"), width=20, stretch=True),
        Column(
            "reply",
            _("How it stands"),
            _reply,
            icon=lambda row: "warning" if row.disagree else _REPLY_SIGNS[row.reply],
            longest=_REPLY_WORDS[Reply.REMINDED],
            tip=_tip,
        ),
        Column("since", _("Last asked"), lambda row: short_date(day) if (day := row.giver.reminded or row.giver.asked) else ""),
        Column("due", _("Remind on"), due_words, longest=_("Now, since 27 Sep 2026")),
    )


def _reply(row: GiverRow) -> str:
    if row.disagree:
        return _("To be settled anew") if row.is_settled else _("Parents disagree")
    return _REPLY_WORDS[row.reply]


def _tip(row: GiverRow) -> str:
    return _("Without an answer about: {whom}").format(whom=", ".join(map(recipient_words, row.about))) if row.about else ""


def _has(row: GiverRow, words: list[str]) -> bool:
    pupil = row.pupil
    parts = words_of(" ".join(filter(None, (pupil.surname, pupil.forename, pupil.preferred_forename, pupil.ref, row.giver.name))))
    return all(any(part.startswith(word) for part in parts) for word in words)
