"""One pupil: how every consent stands and why, all that was ever said, and recording what is said now."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.services.consents import recording, standings, timeline
from pupil_desk.services.consents.standings import OpenConsents, PupilConsent
from pupil_desk.services.consents.timeline import ConsentTimeline
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.keys import last_in, stops_in, tab_after
from pupil_desk.ui.kit.lists.find_pupil import FindPupil
from pupil_desk.ui.kit.lists.heights import keep_rows
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.lists.timeline import TimelineEvent, TimelineView
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.talk.next_act import NextAct
from pupil_desk.ui.kit.words import STRETCH, button, column_of, growing, label, made, row_layout, show_words
from pupil_desk.ui.pages.consents.competence import CompetencePanel, found_words
from pupil_desk.ui.pages.consents.finding import has, pupil_table
from pupil_desk.ui.pages.consents.next_after_answer import next_after_answer
from pupil_desk.ui.pages.consents.recording import RecordPanel
from pupil_desk.ui.pages.consents.words import SIGNS, events_about, events_of, standing_words, until_words, why_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import keep_least_width

_WITH_UNTIL = 440  # width at 100 % from which there is room for the last day of each
_SIDE = 280  # least width at 100 % of what is recorded


class OnePupil(FindPupil[OpenConsents]):
    """The consents of the pupil found, what was said of those chosen, and recording more. ``recorded`` is what the panel says of it."""

    recorded = Signal(object, str, list)

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave, pupil_table(context), lambda row: row.pupil.id)
        self._history: ConsentTimeline | None = None
        self._quiet = False
        self._all_rows: list[OpenConsents] = []
        self.table: Table[PupilConsent] = Table(
            _columns(),
            name=_("Consents of this pupil"),
            several=True,
            memory=context.memory,
            memory_key="consents-of-pupil",
            empty=EmptyState("handshake", _("No consent is in use"), _("A data officer adds one under Types.")),
        )
        self.reason, self.competence = label(""), label("", "muted")
        self._recorded_of = ""  # the pupil of whom something was recorded just now
        self.timeline = TimelineView(_("What was asked and said about the consents chosen"), empty=_("Nothing has been asked or said yet."))
        self.panel = RecordPanel(context)
        self.side = Body(self.panel)
        self.lay_out(self._pupil())
        self.table.selectionModel().selectionChanged.connect(lambda *_args: self._selection_changed())
        self.table.installEventFilter(self)
        self.table.opened.connect(lambda _row: self.panel.focus_first())
        self.timeline.opened.connect(lambda _event: self.take_back())
        self.panel.edited.connect(self.edited)
        self.panel.recorded.connect(lambda *_what: self._lead_on())
        self.panel.recorded.connect(self.recorded)

    @cached_property
    def finding(self) -> CompetencePanel:
        """What was found of a pupil's competence, made when it is first asked for."""
        finding = CompetencePanel(self.context)
        finding.edited.connect(self.edited)
        finding.record_saved.connect(lambda changed: self.record_saved.emit(changed, _("What was found is on file.")))
        finding.record_saved.connect(lambda _changed: self.side.setCurrentWidget(self.panel))
        finding.closed.connect(self._no_finding)
        self.side.put(finding)
        tab_after(last_in(self.panel) or self.panel, stops_in(finding))
        return finding

    @property
    def _is_finding(self) -> bool:
        return made(self, "finding") and self.finding.dirty

    def _pupil(self) -> QWidget:
        self.competent_button = button(_("Pupil’s un&derstanding…"), self.find_competence)
        self.all_button = button(_("All i&ts uses"), self.choose_all)
        self.mistake_button = button(_("&Entered by mistake…"), self.take_back)
        self._consents = left = column_of(
            growing(self.table, 2),
            self.reason,
            self.competence,
            row_layout(growing(label(_("What was asked and said, newest first"), "subhead")), self.mistake_button),
            growing(self.timeline),
            spacing=tokens.XS,
        )
        keep_rows(self.table)
        self.table.always_give_way({"until": _WITH_UNTIL})  # the words beneath say it too
        self.timeline.setMinimumHeight(tokens.HUGE)
        for view in (self.table, self.timeline):  # they share what room there is, and scroll with the rest only where that is not enough
            view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        keep_least_width(self.side, _SIDE)
        acts = row_layout(self.all_button, self.competent_button, STRETCH)  # beneath what scrolls, so that they are whole
        parts = column_of(growing(scrolled(left, gap=0)), acts, spacing=tokens.XS)
        self.panes_ = Panes(parts, self.side, shares=(60, 40), memory=self.context.memory, key="consents")
        return column_of(self.head, growing(self.panes_), spacing=tokens.XS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A letter in the list says at once what was said of the consents chosen."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and not event.modifiers()
            and self.side.currentWidget() is self.panel
        ):
            return self.panel.answer.take_letter(event.text())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leads back from a finding in which nothing is typed; what is typed the page puts back, which can be undone."""
        if event.key() == Qt.Key.Key_Escape and self.side.currentWidget() is not self.panel and not self.dirty:
            self._no_finding()
        else:
            super().keyPressEvent(event)

    # finding

    def panes(self) -> list[QWidget]:
        """The parts that F6 goes round."""
        return [self.find_box, self.matches_table, self.table, self.timeline, self.side]

    def refresh(self) -> None:
        """Ask again for the list, and for the pupil shown unless something is being typed."""
        self._all_rows = standings.open_of_everyone(self.context.desk)
        self.list_again()
        if self.record is not None and not self.dirty:
            self.read(self.record.pupil.id)

    def rows_for(self, text: str) -> list[OpenConsents]:
        return [row for row in self._all_rows if has(row.pupil, text)]

    def focus_first(self) -> None:
        self.table.setFocus()

    # the pupil

    def read(self, pupil_id: str) -> bool:
        """How every consent of that pupil stands, and all that was asked and said."""
        desk = self.context.desk
        record = self.context.attempt(lambda: pupils.record(desk, pupil_id))
        if record is None:
            return False
        if self.record is not None and self.record.pupil.id != pupil_id:
            self.side.setCurrentWidget(self.panel)  # what is asked about the competence of one pupil is not of another
        self.record, self._history = record, timeline.timeline(desk, pupil_id)
        self.head.show_record(record, desk)
        selected_ids = {row.id for row in self.selected_rows()}
        self._quiet = True
        self.table.show_rows(standings.of_pupil(desk, pupil_id))
        self._choose_again(selected_ids)
        self._quiet = False
        self._selection_changed()
        self._offer_next()
        return True

    def _lead_on(self) -> None:
        """Something was recorded of the pupil shown: while nobody else is, the one next step is offered."""
        self._recorded_of = self.record.pupil.id if self.record is not None else ""

    def _offer_next(self) -> None:
        if self.record is None or self.record.pupil.id != self._recorded_of:
            self._recorded_of = ""
        step = (
            next_after_answer(self.context, self.record.pupil, self.table.rows, self._record_of)
            if self.record and self._recorded_of
            else None
        )
        if step is not None or made(self, "next_act"):
            self.next_act.offer(step[0] if step else "", (step[1],) if step else ())

    @cached_property
    def next_act(self) -> NextAct:
        """The step that is offered, beneath the list; made when there first is one."""
        act, column = NextAct(), self._consents.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self.competence) + 1, act)
        tab_after(self.table, act.buttons)
        return act

    def _record_of(self, row_id: str) -> None:
        """Record what is said of that consent, the cursor in the first question. What is said or typed of another is kept or put back first."""
        if self.dirty and not self.may_leave():
            return
        self.side.setCurrentWidget(self.panel)
        self.table.select(row_id)
        self._selection_changed()  # the row may have been chosen while something was said of another
        self.panel.focus_first()

    def _choose_again(self, selected_ids: set[str]) -> None:
        """Those chosen before stay chosen when the list is asked for again."""
        model = self.table.selectionModel()
        for place, row in enumerate(self.table.rows):
            if row.id in selected_ids:
                model.select(
                    self.table.model_.index(place, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
                )

    def selected_rows(self) -> list[PupilConsent]:
        """The consents chosen in the list."""
        return self.table.selected()

    def _selection_changed(self) -> None:
        if self._quiet or self.record is None:
            return
        rows = self.selected_rows()
        show_words(self.reason, why_words(rows[0]) if len(rows) == 1 else "")
        self._show_competence(rows)
        self.timeline.show_events(events_of(self._history, rows))
        self.mistake_button.setEnabled(bool(self.timeline.count() and self._history and events_about(self._history, rows)))
        if not self.panel.dirty:
            self.panel.show_rows(self.record, rows)

    def _show_competence(self, rows: list[PupilConsent]) -> None:
        assert self.record is not None
        types = {row.type.consent_type: row.type for row in rows}
        self.competent_button.setEnabled(len(types) == 1)
        self.all_button.setEnabled(len(rows) == 1 and bool(rows[0].use))
        self.competence.setVisible(len(types) == 1)
        if len(types) == 1:
            (consent_type,) = types.values()
            competence = next(
                (
                    candidate
                    for candidate in (self._history.competences if self._history else [])
                    if candidate.consent_type == consent_type.consent_type
                ),
                None,
            )
            self.competence.setText(
                _("Pupil’s understanding: {words}").format(words=found_words(consent_type, self.record.pupil, competence, self.context))
            )

    def choose_all(self) -> None:
        """Choose every use of the consent chosen, so that one word is recorded for all of them."""
        rows = self.selected_rows()
        if rows:
            consent = (rows[0].type.consent_type, rows[0].occasion)
            self._choose_again({row.id for row in self.table.rows if (row.type.consent_type, row.occasion) == consent})
            self.table.setFocus()

    def find_competence(self) -> None:
        """Record whether the pupil understands what the consent chosen asks."""
        if self.dirty and not self.may_leave():
            return
        rows = self.selected_rows()
        if self.record is not None and rows:
            self.side.setCurrentWidget(self.finding)
            self.finding.begin(self.record.pupil, rows[0])

    def _no_finding(self) -> None:
        self.side.setCurrentWidget(self.panel)
        self.table.setFocus()

    def take_back(self) -> None:
        """Say that the entry chosen in the timeline was never so."""
        event: object = self.timeline.currentIndex().data(Qt.ItemDataRole.UserRole)
        if not isinstance(event, TimelineEvent) or event.struck or self.record is None or not event.id:
            return
        reason = self.context.ask.text(
            _("Was this entered by mistake?"),
            _("{pupil}: {what}, {day}. It stays readable, and counts for nothing.").format(
                pupil=self.record.pupil.full_name, what=event.title, day=show_date(event.day)
            ),
            _("Why"),
            verb=_("Take it back"),
            stay=_("Keep it"),
            check=lambda text: "" if text.strip() else _("Enter why it was entered by mistake."),
        )
        if reason is not None:
            pupil_id = self.record.pupil.id
            changed = self.context.attempt(lambda: recording.take_back(self.context.desk, pupil_id, event.id, reason))
            if changed is not None:
                self.record_saved.emit(changed, _("The entry counts no more."))
                self.timeline.setFocus()

    # typing

    @property
    def _subject(self) -> Sequence[PupilConsent]:
        """What is said or typed about, whichever are marked in the list since."""
        return [self.finding.subject] if self._is_finding and self.finding.subject is not None else self.panel.rows

    @property
    def dirty(self) -> bool:
        """Whether something is said or typed and not kept."""
        return self.panel.dirty or self._is_finding

    def save(self) -> bool:
        """Keep what is said or found."""
        return self.finding.save() if self._is_finding else self.panel.save()

    def discard(self) -> None:
        """Put back what was: the person has been asked."""
        if self._is_finding:
            self.finding.close_()
        else:
            self.panel.discard()

    def draft(self) -> dict[str, Any]:
        """What is typed, for a draft."""
        return {
            "pupil_id": self.record.pupil.id if self.record else "",
            "rows": [row.id for row in self._subject],
            **self.panel.draft(),
            "found": self.finding.form.draft() if self._is_finding else {},
        }

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        self._quiet = True
        self.table.clearSelection()
        self._choose_again(set(draft["rows"]))
        self._quiet = False
        self._selection_changed()
        self.panel.take_draft(draft)
        if draft.get("found") and self.selected_rows():
            self.find_competence()
            self.finding.form.take_draft(draft["found"])


def _columns() -> tuple[Column[PupilConsent], ...]:
    return (
        Column("title", _("Consent"), lambda row: row.short_title, stretch=True, width=24, tip=lambda row: row.title),
        Column(
            "standing",
            _("How it stands"),
            lambda row: standing_words(row.type, row.verdict),
            icon=lambda row: SIGNS[row.verdict.standing],
            longest=_("Asked, no reply"),
            tip=lambda row: row.verdict.reason,
        ),
        Column("until", _("Until"), lambda row: until_words(row.verdict), longest="31 Jul 2027"),
    )
