"""A class or a trip on one page: who has a yes, who has not, and marking what came back form by form."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import Known
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.consents.consent import GIVEN, REFUSED, REMINDED
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents import asking, recording
from pupil_desk.services.consents.asking import Subject
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.lists.heights import keep_rows
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.low.foldable import Spare
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_in, column_of, find_line, flow_of, growing, label, labelled, show_words
from pupil_desk.ui.pages.consents.finding import has
from pupil_desk.ui.pages.consents.many_columns import COLUMNS, PupilConsents, name_column
from pupil_desk.ui.pages.consents.signing import signer
from pupil_desk.ui.pages.consents.subject_box import SubjectBox
from pupil_desk.ui.pages.consents.undoing import undo_of
from pupil_desk.ui.pages.consents.words import counts_words
from pupil_desk.ui.style import tokens

_WITH_YEAR = 700  # width at 100 % from which there is room for the year group
_STEPS = {"Y": GIVEN, "N": REFUSED, "R": REMINDED}
_NOBODY = (_("Nobody to show"), _("Nobody on roll meets this. For a trip, put pupils on its list."))
_NOBODY_SO_CALLED = (_("Nobody in this list has a name or number like that"), _("Try the beginning of a surname, or a UPN."))


class Many(QWidget):
    """``opened`` carries the id of the pupil to go to, ``record_saved`` what was changed, ``selection_changed`` says that another consent is shown."""

    opened = Signal(str)
    record_saved = Signal(object)
    selection_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._all: list[PupilConsents] = []
        self.subjects: dict[str, Subject] = {}
        self.subject = SubjectBox()
        self.year = ChoiceBox([("", _("All years"))], name=_("Year group"))
        self.open_only = TickBox(_("Only &without a yes"))
        self.day = DateBox(today=context.desk.today, name=_("Day on the forms"))
        self.day.set_day(context.desk.today)
        self.find_box = find_line(_("Find in this list"))
        self.purpose, self.count = label("", "muted"), label("", "label")
        self.empty = EmptyState("handshake", *_NOBODY)
        self.table: Table[PupilConsents] = Table(
            (name_column(context.desk), *COLUMNS),
            name=_("Pupils and this consent"),
            id_of=lambda row: row.pupil.id,
            several=True,
            memory=context.memory,
            memory_key="consents-of-many",
            empty=self.empty,
            stands_on_first=False,
        )
        keep_rows(self.table)
        self.buttons = {
            GIVEN: button(_("&Yes on the form (Y)"), lambda: self.mark(GIVEN), "primary", icon_name="check-circle"),
            REFUSED: button(_("&No on the form (N)"), lambda: self.mark(REFUSED), icon_name="x-circle"),
            REMINDED: button(_("&Reminded (R)"), lambda: self.mark(REMINDED), icon_name="bell"),
            "open": button(_("&Open this pupil (Enter)"), self._open),
        }
        self._build()
        self.subject.currentIndexChanged.connect(lambda _place: self._subject_changed())
        self.subject.left_as_it_was.connect(self.stand_on_row)
        self.year.currentIndexChanged.connect(lambda _place: self._show())
        self.open_only.toggled.connect(lambda _checked: self._show())
        self.find_box.textChanged.connect(lambda _text: self._show())
        self.find_box.returnPressed.connect(self._to_found)
        self.table.opened.connect(lambda row: self.opened.emit(row.pupil.id))
        self.table.selectionModel().selectionChanged.connect(lambda *_args: self._say_what_can_be_done())
        self.table.installEventFilter(self)
        self.table.always_give_way({"year": _WITH_YEAR}, room_of=self)

    def _build(self) -> None:
        top = FilterRow(
            labelled(_("&Consent, or trip"), self.subject),
            labelled(_("Y&ear group"), self.year),
            self.open_only,
            labelled(_("&Day on the forms"), self.day),
            find=(_("&Find in this list (Ctrl+F)"), self.find_box),
            beside=column_of(Spare(self.purpose), self.count),
            spacing=tokens.L,
        )
        column_in(self, tokens.S, top, growing(self.table), flow_of(*self.buttons.values()), top=tokens.M)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Letters mark the pupils chosen, while the cursor is in the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and not event.modifiers():
            step = _STEPS.get(event.text().upper())
            if step is not None:
                self.mark(step)
                return True
        return super().eventFilter(watched, event)

    # showing

    def panes(self) -> list[QWidget]:
        """The parts that F6 goes round."""
        return [self.find_box, self.table]

    def refresh(self) -> None:
        """Ask again for what there is, and for the list."""
        current_key = self.subject.key()
        self.subjects = asking.subjects(self.context.desk)
        self.subject.offer([(key, subject.words) for key, subject in self.subjects.items()], current_key)
        self._subject_changed()

    def show_subject(self, key: str) -> None:
        """Show this consent, or this trip."""
        self.refresh()
        if key in self.subjects:
            self.subject.set_key(key)

    @property
    def current(self) -> Subject | None:
        return self.subjects.get(self.subject.key())

    def _subject_changed(self) -> None:
        subject = self.current
        rows = asking.stands_of(self.context.desk, subject) if subject else []
        groups: dict[str, list[PupilConsent]] = {}
        for row in rows:
            groups.setdefault(row.pupil.id, []).append(row)
        self._all = [PupilConsents(rows) for rows in groups.values()]
        show_words(self.purpose, _purpose_words(subject) if subject else "")
        self._fill_years()
        self._show()
        self.selection_changed.emit()

    def _fill_years(self) -> None:
        current_year = self.year.key()
        years = {pupil_row.pupil.year_group for pupil_row in self._all if pupil_row.pupil.year_group}
        offered = [(code, codelist("year_group").label_of(code)) for code in codelist("year_group").codes if code in years]
        self.year.offer([("", _("All years")), *offered], current_year)

    def rows_shown(self) -> list[PupilConsents]:
        """The pupils that the boxes let through."""
        year, text = self.year.key(), self.find_box.text()
        return [
            pupil_row
            for pupil_row in self._all
            if (not year or pupil_row.pupil.year_group == year)
            and (pupil_row.open or not self.open_only.isChecked())
            and has(pupil_row.pupil, text)
        ]

    def _show(self) -> None:
        rows = self.rows_shown()
        self.count.setText(counts_words([pupil_row.rows for pupil_row in rows]) if rows else _("Nobody"))
        self.empty.say(*(_NOBODY_SO_CALLED if self.find_box.text().strip() and self._all else _NOBODY))
        self.table.show_rows(rows)
        self._say_what_can_be_done()

    def _say_what_can_be_done(self) -> None:
        for push_button in self.buttons.values():
            push_button.setEnabled(bool(self.table.selected()))

    def _to_found(self) -> None:
        """Enter chooses the one who was found; of several nobody is chosen yet."""
        if len(self.table.rows) == 1:
            self.table.selectRow(0)
        self.table.setFocus()

    def search(self) -> None:
        """Put the cursor into the find box."""
        self.find_box.setFocus()
        self.find_box.selectAll()

    def stand_on_row(self) -> bool:
        """Put the cursor on the row that is chosen, where its letters are marks; False where none is."""
        if not self.table.selected():
            return False
        self.table.setFocus()
        return True

    def _open(self) -> None:
        row = self.table.current()
        if row is not None:
            self.opened.emit(row.pupil.id)

    # marking

    def mark(self, step: str) -> None:
        """Record the same for everyone chosen: what came on a signed form, or that they were reminded."""
        selection, day = self.table.selected(), self.day.day()
        if not selection:
            self.context.banner.note(_("Choose a pupil first: with the arrow keys or a click."))
            return
        if day is None:
            self.context.banner.problem(_("Enter the day on the forms, for example 24 11 2026."))
            return
        entries: list[ConsentEntry] = []
        for pupil_row in selection:
            new_entries = self._reminders(pupil_row) if step == REMINDED else self._answers(pupil_row, step, len(selection))
            if new_entries is None:
                return  # the person has thought better of it
            entries += new_entries
        if not entries:
            self.context.banner.note(_("There is nobody left to remind: everyone has answered."))
            return
        self._keep(entries, step, len(selection))

    def _reminders(self, pupil_row: PupilConsents) -> list[ConsentEntry]:
        """To everyone who has still to speak."""
        missing = dict.fromkeys(giver for row in pupil_row.rows for giver in row.verdict.missing)
        return [self._entry(pupil_row.rows[0], REMINDED, giver) for giver in missing]

    def _answers(self, pupil_row: PupilConsents, step: str, number: int) -> list[ConsentEntry] | None:
        """What the form says for each use; who signed is asked where it could be one of several. ``number`` pupils are marked at once."""
        giver = signer(self.context, pupil_row.rows, lambda giver: self._answered(pupil_row, step, giver), number=number)
        return None if giver is None else self._answered(pupil_row, step, giver)

    def _answered(self, pupil_row: PupilConsents, step: str, giver: str) -> list[ConsentEntry]:
        if pupil_row.rows[0].medicine is not None:
            return [self._entry(row, step, giver) for row in pupil_row.rows]
        return [self._entry(pupil_row.rows[0], step, giver, tuple(row.use for row in pupil_row.rows))]

    def _entry(self, row: PupilConsent, step: str, giver: str, uses: tuple[str, ...] = ("",)) -> ConsentEntry:
        return ConsentEntry(
            pupil_id=row.pupil.id,
            consent_type=row.type.consent_type,
            step=step,
            giver=giver,
            day=self.day.day() or self.context.desk.today,
            channel="form" if step != REMINDED else None,
            uses=uses,
            occasion_id=row.occasion.occasion_id if row.occasion else None,
            medicine_id=row.medicine.id if row.medicine else None,
        )

    def _keep(self, entries: Sequence[ConsentEntry], step: str, number: int) -> None:
        desk = self.context.desk
        try:
            checked = [recording.ready(desk, entry) for entry in entries]
            changed = recording.record(desk, checked)
        except Refused as refusal:
            self.context.banner.problem(refusal.problems[0].message)
            return
        except Known as error:
            self.context.banner.problem(error)
            return
        self.record_saved.emit(changed)
        words = _("Recorded for {pupils}: {step}.").format(
            step=begun_small(codelist("consent_step").label_of(step)), pupils=count_of(number, _("pupil"), _("pupils"))
        )
        self.context.banner.success(words, undo=undo_of(self.context, checked, self.record_saved.emit))
        self.table.setFocus()

    def picked_or_open(self) -> list[Pupil]:
        """For whom forms are printed: those chosen where several are, else everyone shown of whom an answer is missing."""
        selection = self.table.selected()
        if len(selection) > 1:
            return [pupil_row.pupil for pupil_row in selection]
        return [pupil_row.pupil for pupil_row in self.rows_shown() if any(row.verdict.missing for row in pupil_row.rows)]


def _purpose_words(subject: Subject) -> str:
    if subject.occasion is not None:
        days = subject.occasion.days and _("{days}.").format(days=subject.occasion.days)
        return " ".join(filter(None, (days, subject.occasion.about)))
    return subject.type.purpose
