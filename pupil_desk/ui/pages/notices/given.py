"""The notices that were given: to whom, which, when and how; the very file; and who has said that they have it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.errors import Known
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, count_of, some_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import confirmed, guard
from pupil_desk.services.notices import families, notice_copies, notices
from pupil_desk.services.notices.families import GivenRow
from pupil_desk.services.notices.notice_copies import GivenFile
from pupil_desk.services.notices.notice_papers import PDF, Version
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.heights import keep_rows
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.paper import ask_if_protected
from pupil_desk.ui.kit.papers.pdfview import PdfView
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import allow, button, column_in, column_of, find_line, flow_of, growing, label, labelled
from pupil_desk.ui.pages.notices.giving import addressee_words
from pupil_desk.ui.style import tokens

ALL, CURRENT, SILENT = "all", "current", "silent"
SAID, GIVEN = "said", "given"  # what can have been entered by mistake
_WIDEST_DAY = "Wednesday 24 November 2026"
_NAMES = 480  # width at 100 % in which the names are read beside the file
_SPARE = {"kind": 900, "how": 800, "number": 620, "on": 460}  # the names go before these: the file beside the list says them too


@dataclass(frozen=True, slots=True)
class GivenNoticeRow:
    """A notice given, with its pupil."""

    row: GivenRow
    pupil: Pupil | None

    @property
    def id(self) -> str:
        """The same line when the list is asked for again."""
        return self.row.issue.id

    @property
    def pupil_name(self) -> str:
        """The pupil's name, surname first."""
        return f"{self.pupil.surname}, {self.pupil.forename}" if self.pupil is not None else ""

    @property
    def place(self) -> tuple[int, str, str, str]:
        """Its place in the list: the latest day first, of one day by surname, forename, and to whom it was given."""
        surname, forename = (self.pupil.surname, self.pupil.forename) if self.pupil is not None else ("", "")
        return -self.row.issue.on.toordinal(), fold(surname), fold(forename), fold(self.row.issue.given_to)

    @property
    def addressee(self) -> str:
        """To whom it was given, and about whom."""
        return addressee_words(self.row.issue.given_to, self.pupil, to_pupil=self.row.issue.contact_id is None)

    @property
    def words(self) -> str:
        """For finding."""
        ref = self.pupil.ref if self.pupil is not None else ""
        return fold(f"{self.pupil_name} {self.pupil.full_name if self.pupil else ''} {ref} {self.row.issue.given_to}")


def _acknowledged(line: GivenNoticeRow) -> str:
    if not line.row.issue.whole:
        return _("Not asked")
    return short_date(line.row.acknowledged) if line.row.acknowledged is not None else _("Not yet")


def _columns(desk: Desk) -> tuple[Column[GivenNoticeRow], ...]:
    name = Column[GivenNoticeRow]("pupil", _("Pupil"), lambda line: line.pupil_name, stretch=True, width=13, most=24)
    return (
        badged(desk, name, lambda line: line.row.issue.pupil_id),
        Column[GivenNoticeRow]("to", _("Given to"), lambda line: line.row.issue.given_to, stretch=True, width=14),
        Column[GivenNoticeRow]("number", _("Edition"), lambda line: str(line.row.number), width=8, align="right"),
        Column[GivenNoticeRow]("on", _("On"), lambda line: short_date(line.row.issue.on), longest="24 Nov 2026"),
        Column[GivenNoticeRow]("how", _("How"), lambda line: codelist("notice_channel").label_of(line.row.issue.channel), width=11),
        Column[GivenNoticeRow]("kind", _("Kind"), lambda line: Version(line.row.issue.language, line.row.issue.variant).words, width=12),
        Column[GivenNoticeRow](
            "said",
            _("They have it"),
            _acknowledged,
            longest="24 Nov 2026",
            icon=lambda line: "check-circle" if line.row.acknowledged else "circle-dashed",
        ),
    )


def _names(lines: Sequence[GivenNoticeRow]) -> str:
    """How many notices, and to whom they were given."""
    notices_chosen = count_of(len(lines), _("notice"), _("notices"))
    return _("{notices}: {names}").format(notices=notices_chosen, names=some_of([line.addressee for line in lines]))


class GivenNotices(QWidget):
    """``opened`` carries the pupil of a line on Enter or double click."""

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lines: list[GivenNoticeRow] = []
        self._file: GivenFile | None = None
        self.find_box = find_line(_("Find by name"))
        self.filter_box = ChoiceBox(
            ((ALL, _("All")), (CURRENT, _("The current edition")), (SILENT, _("Not heard from yet"))), name=_("Show")
        )
        self.empty = EmptyState("envelope-simple", "")
        self.table: Table[GivenNoticeRow] = Table(
            _columns(context.desk),
            name=_("Notices given"),
            several=True,
            stands_on_first=False,
            empty=self.empty,
            memory=context.memory,
            memory_key="notices-given",
        )
        keep_rows(self.table)
        self.table.always_give_way(_SPARE)
        self.count = label("", "hint")
        self.channel_box = ChoiceBox(
            [(code.code, code.label) for code in codelist("channel").choices(context.desk.today)], name=_("How it was said")
        )
        self.day = DateBox(today=context.desk.today, name=_("Said on"))
        self.day.set_day(context.desk.today)
        self.day.setMinimumWidth(self.day.fontMetrics().horizontalAdvance(_WIDEST_DAY))
        self.record = button(_("&Record that they have it"), self.acknowledge, icon_name="check-circle")
        self.back_button = button(_("Entered by mistake…"), self.take_back)
        self.save_button = button(_("&Save the file…"), self.save_as, icon_name="file-pdf")
        self.view = PdfView(_("The file that was given"))
        self.no_file = EmptyState("file", "")
        self._build()
        self.find_box.textChanged.connect(lambda _text: self._show())
        self.filter_box.currentIndexChanged.connect(lambda _place: self._show())
        self.table.selectionModel().selectionChanged.connect(lambda *_ranges: self._on_selection_changed())
        self.table.opened.connect(lambda line: self.opened.emit(line.row.issue.pupil_id))

    def _build(self) -> None:
        left = column_of(
            FilterRow(labelled(_("S&how"), self.filter_box), find=(_("&Find by name (Ctrl+F)"), self.find_box)),
            growing(self.table),
            self.count,
            flow_of(labelled(_("How it was s&aid"), self.channel_box), labelled(_("O&n"), self.day)),
            flow_of(self.record, self.back_button, self.save_button),
            top=tokens.S,
        )
        self.right = QStackedWidget()
        self.right.addWidget(self.view)
        self.right.addWidget(self.no_file)
        self._panes = Panes(left, self.right, shares=(9, 5), memory=self._context.memory, key="notices-given", beside=_NAMES)
        column_in(self, None, self._panes)

    def refresh(self) -> None:
        """The list as it is now."""
        people = {pupil.id: pupil for pupil in pupils.all_pupils(self._context.desk)}
        lines = [GivenNoticeRow(row, people.get(row.issue.pupil_id)) for row in families.notices_given(self._context.desk)]
        self._lines = sorted(lines, key=lambda line: line.place)
        self._show()

    def panes(self) -> list[QWidget]:
        """List, what records, and the file."""
        return [self.table, self.channel_box, self.view]

    def search(self) -> None:
        self.find_box.setFocus()
        self.find_box.selectAll()

    def selected(self) -> list[GivenNoticeRow]:
        """The lines chosen, in the order of the list."""
        selected_ids = {line.id for line in self.table.selected()}
        return [line for line in self.table.rows if line.id in selected_ids]

    def _show(self) -> None:
        now, filter_key = notices.current_edition(self._context.desk).id, self.filter_box.key()
        lines = self._lines
        if filter_key != ALL:
            lines = [line for line in lines if line.row.issue.edition_id == now and line.row.issue.whole]
        if filter_key == SILENT:
            lines = [line for line in lines if line.row.acknowledged is None]
        words = fold(self.find_box.text()).split()
        rows = [line for line in lines if all(word in line.words for word in words)]
        self._say_why_empty(filter_key, is_searching=bool(words))
        self.table.show_rows(rows)
        self._on_selection_changed()

    def _say_why_empty(self, filter_key: str, *, is_searching: bool) -> None:
        if is_searching:
            self.empty.say(_("Nobody here has a name like that"), _("Try the beginning of a surname, or show all."))
        elif filter_key == SILENT and self._lines:
            self.empty.say(_("Everybody has said that they have it"), _("Nobody who was given the current edition is still silent."))
        else:
            self.empty.say(_("No notice was given yet"), _("Give the first one under “To give”."))

    def _on_selection_changed(self) -> None:
        """What can be done with what is chosen, and the file of the one that is."""
        lines = self.selected()
        sentence = _("{chosen} of {all} chosen").format(chosen=len(lines), all=count_of(len(self.table.rows), _("notice"), _("notices")))
        self.count.setText(sentence)
        self._file = self._read(lines[0]) if len(lines) == 1 else None
        self._say_what_can_be_done(lines)
        self._panes.show_pane(self.right, is_shown=bool(self._lines))  # from the first on, so that to choose one moves nothing
        if self._file is not None and self._file.form == PDF:
            self.view.show_pdf(self._file.data)
            self.right.setCurrentWidget(self.view)
            return
        self.view.clear()
        self.right.setCurrentWidget(self.no_file)
        if self._file is not None:
            self.no_file.say(_("A web page was given"), _("Save the file to look at it in a browser."))
        elif len(lines) == 1:
            self.no_file.say(
                _("The file was not kept"), _("This notice was recorded as given before the program kept the files, or without one.")
            )
        else:
            self.no_file.say(_("Choose one notice to see the file that was given"))

    def _say_what_can_be_done(self, lines: list[GivenNoticeRow]) -> None:
        may, none = self._context.desk.may(Action.ISSUE_NOTICE), "" if lines else _("Choose a notice first.")
        lacks = only(Action.ISSUE_NOTICE) if not may else none
        can_say = any(line.row.issue.whole for line in lines)
        allow(self.record, may and can_say, lacks or _("It goes beside the whole notice: nobody is asked whether they have it."))
        allow(self.back_button, may and bool(lines), lacks)
        one_at_a_time = none or _("Choose one notice, to save its file.")
        allow(self.save_button, self._file is not None, _("The file was not kept.") if len(lines) == 1 else one_at_a_time)

    def _read(self, line: GivenNoticeRow) -> GivenFile | None:
        if line.row.size is None:
            return None
        try:
            return notice_copies.given_file(self._context.desk, line.id)
        except Known as error:
            self._context.banner.problem(error)
            return None

    def save_as(self) -> None:
        """Save the file that was given, byte for byte."""
        lines, file = self.selected(), self._file
        if file is None or len(lines) != 1 or not self._context.lets_out():
            return
        pupil_guard = guard(self._context.desk, {lines[0].row.issue.pupil_id}, "notice saved", for_family=True)
        if not ask_if_protected(self._context.ask, pupil_guard, _("Save it")):
            return
        ref = lines[0].pupil.ref if lines[0].pupil is not None else ""
        name = _("notice-given-{ref}-{day}.{ending}").format(ref=ref, day=lines[0].row.issue.on.isoformat(), ending=file.form)
        path = self._context.ask.save_file(_("Save the file that was given"), name, ((file.form.upper(), f"*.{file.form}"),))
        if path is not None and self._context.attempt(lambda: self._write(lines[0], file, path)):
            confirmed(self._context.desk, pupil_guard)
            self._context.banner.success(_("Saved, byte for byte as it was given: {name}.").format(name=path.name))

    def _write(self, line: GivenNoticeRow, file: GivenFile, path: Path) -> bool:
        write_whole(path, file.data, replace=True)
        notice_copies.log_saved(self._context.desk, line.row.issue)
        return True

    def take_back(self) -> None:
        """Say of those chosen that they did not say that they have it, or that it was not given, once the reason is given."""
        lines = self.selected()
        said = [line for line in lines if line.row.acknowledged]
        which = self._which(lines) if said else GIVEN
        if which == SAID:
            text = _("{names}. That they have it stays on the record, with the reason, and counts no more.")
            self._take_back(said, _("Take back that they have it?"), text, families.take_back)
        elif which == GIVEN and lines:
            text = _("{names}. That it was given stays on the record, with the reason, and counts no more.")
            if said:
                text = _("{text} That they have it is taken back with it.").format(text=text)
            self._take_back(lines, _("Take back that it was given?"), text, families.take_given_back)

    def _which(self, lines: list[GivenNoticeRow]) -> str:
        """What was entered by mistake, where both are on record; empty where the person stays with both."""
        choices = (Choice(SAID, _("That they have it")), Choice(GIVEN, _("That it was given")), Choice("", _("Keep both")))
        return self._context.ask.choose(_("What was entered by mistake?"), _("{names}.").format(names=_names(lines)), choices, safe="")

    def _take_back(
        self, lines: list[GivenNoticeRow], title: str, text: str, act: Callable[[Desk, Sequence[GivenRow], str], Changed]
    ) -> None:
        desk, rows = self._context.desk, [line.row for line in lines]
        text = text.format(names=_names(lines))
        reason = self._context.ask.text(title, text, _("Reason"), verb=_("Take it back"), stay=_("Keep it"))
        if reason is not None and self._context.keep(lambda: act(desk, rows, reason), _("Taken back.")):
            self.table.setFocus()

    def acknowledge(self) -> None:
        """Record that those chosen say they have the notice; it can be undone at once."""
        rows, day = [line.row for line in self.selected() if line.row.issue.whole], self.day.day()
        if day is None:
            self._context.banner.problem(_("Enter the day on which it was said, such as 27 3 2007."))
            self.day.setFocus()
            return
        desk, banner = self._context.desk, self._context.banner
        done = self._context.attempt(lambda: families.acknowledge(desk, rows, self.channel_box.key(), day))
        if done is None:
            return
        self._context.news.tell(done.changed)
        if not done.entries:
            banner.note(_("That they have it was on record already. Nothing was added."))
            return
        message = _("Recorded: {notices}, they have it.").format(notices=count_of(len(rows), _("notice"), _("notices")))
        banner.success(message, undo=(_("&Undo"), lambda: self._undo(rows, done.entries)))

    def _undo(self, rows: Sequence[GivenRow], entries: Collection[str]) -> None:
        words = _("Undone. The entries stay readable, and count for nothing.")
        if self._context.keep(lambda: families.take_back(self._context.desk, rows, _("Undone at once"), only=entries), words):
            self.table.setFocus()
