"""One pupil: what each recipient would be told today, all that was ever said, and recording what is said now."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.sharing.choice import PARENT, SETTLED, Choice, WishStep
from pupil_desk.domain.sharing.sharing import Decision, heard_recipients
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing import sharing, wishes
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.editors import LinesEditor
from pupil_desk.ui.kit.forms.entry import EntryPanel
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.find_pupil import FindPupil
from pupil_desk.ui.kit.lists.timeline import TimelineView
from pupil_desk.ui.kit.low.foldable import Spare
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import button, column_in, column_of, fill, flow_of, growing, label
from pupil_desk.ui.pages.sharing import finder
from pupil_desk.ui.pages.sharing.choice import NOTE_LINES, ChoicePanel
from pupil_desk.ui.pages.sharing.finder import SharingMatch
from pupil_desk.ui.pages.sharing.standing import PreferenceStanding, events
from pupil_desk.ui.pages.sharing.words import decided_words, decision_words, recipient_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import keep_least_width


class SettlePanel(EntryPanel[WishStep]):
    """``record_saved`` carries what was changed; ``closed`` comes when the person is done, or turns back."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context, Form(WishStep, today=context.desk.today, only=("choice", "settlement", "on", "note")))
        self._recipient, self._pupil_id = "", ""
        self.title = label("", "subhead")
        for name in ("choice", "settlement", "note"):
            words = self.form.fields[name].label
            words.setText(_("{label} (required)").format(label=words.text()))
        note = self.form.fields["note"].editor
        assert isinstance(note, LinesEditor)
        note.set_tallest(NOTE_LINES)
        hint = self.form.fields["note"].hint
        hint.setText(_("Where the order or the agreement is kept, and what it says"))
        hint.show()
        help_ = _("By a court’s order, or a written agreement of both parents. What a parent says later counts beside it again.")
        self.lay_out((self.title, Spare(label(help_, "muted"))), (self.form,), back=(_("Back (Esc)"), self.close_))
        self.form.edited.connect(self.edited)

    def begin(self, pupil_id: str, recipient: str) -> None:
        """An empty settlement about this recipient."""
        self._pupil_id, self._recipient = pupil_id, recipient
        self.title.setText(_("{recipient}: how was it settled?").format(recipient=recipient_words(recipient)))
        self.form.show_record(None, pupil_id=pupil_id, recipient=recipient, step=SETTLED, by=PARENT, on=self.context.desk.today)
        self.form.focus("choice")

    @property
    def dirty(self) -> bool:
        return bool(self._pupil_id) and self.form.dirty

    def save(self) -> bool:
        """Record it; False when it could not be, and the form or the banner has said why."""
        step = self.form.submit()
        if step is None:
            return False
        changed = self.attempt(lambda: wishes.settle(self.context.desk, step))
        if changed is None:
            return False
        self.discard()
        self.record_saved.emit(changed, _("It is settled."))
        self.closed.emit()
        return True

    def discard(self) -> None:
        """Give up what is typed."""
        self.form.put_back()

    def close_(self) -> None:
        """Turn back; what is typed is given up only after a question."""
        if self.dirty and not self.context.ask.confirm(
            _("Leave without recording?"),
            _("You have typed something that is not recorded yet."),
            _("Discard"),
            danger=True,
            stay=_("Stay here"),
        ):
            return
        self.discard()
        self.closed.emit()

    def draft(self) -> dict[str, Any]:
        """What is typed, for a draft."""
        return {"recipient": self._recipient, "typed": self.form.draft()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        self.form.take_draft(draft["typed"])


_SIDE = 290  # least width at 100 % of what is told and was said


class PupilSharing(FindPupil[SharingMatch]):
    """What is told of the pupil found, what was said, and recording more."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave, finder.pupil_table(context.desk), lambda row: row.id)
        self._now: dict[str, Decision] = {}
        self._entries: dict[str, WishStep | Choice] = {}  # those that can be taken back
        self.choice, self.settling, self.standing = ChoicePanel(context), SettlePanel(context), PreferenceStanding(context.desk)
        self.left = Body(self.choice, self.settling)
        self.timeline = TimelineView(
            _("What was asked and said about sharing"), empty=_("Nobody was asked, and nobody has said anything yet.")
        )
        self.back_button = button(_("&Take this entry back…"), self._take_back)
        self.all_button = button(_("Ever&y recipient…"), self._all, icon_name="export")
        self.all_button.setToolTip(_("What every export would tell of this pupil today"))
        self.answers = {name: (label("", "label"), label("")) for name in heard_recipients()}
        self.lay_out(self._pupil())
        for panel in (self.choice, self.settling):
            panel.edited.connect(self.edited)
            panel.record_saved.connect(self.record_saved)
        self.standing.settle.connect(self._settle)
        self.settling.closed.connect(self._settled)
        self.timeline.currentRowChanged.connect(lambda _row: self._say_back())

    def _pupil(self) -> QWidget:
        right = QWidget()
        side = column_in(right, tokens.XS, label(_("What is told today"), "subhead"))
        for decision_label, reason_label in self.answers.values():
            fill(side, decision_label, reason_label, tokens.XS)
        said = label(_("What was asked and said, newest first"), "subhead")
        fill(
            side, tokens.ABOVE_HEADING - tokens.XS, self.standing, said, growing(self.timeline), flow_of(self.back_button, self.all_button)
        )
        self.timeline.setMinimumHeight(tokens.HUGE * 3)
        side_area = scrolled(right)
        keep_least_width(side_area, _SIDE)
        self.panes = Panes(self.left, side_area, shares=(70, 30), memory=self.context.memory, key="sharing")
        return column_of(self.head, growing(self.panes), spacing=tokens.XS)

    @property
    def panel(self) -> ChoicePanel | SettlePanel:
        """Where something is typed now: what was said, or how two words were settled."""
        return self.settling if self.left.currentWidget() is self.settling else self.choice

    # finding

    def refresh(self) -> None:
        """Ask again for the list, and for the pupil shown unless something is being typed."""
        self._now = finder.decisions(self.context)
        self.list_again()
        if self.record is not None and not self.panel.dirty:
            self.read(self.record.pupil.id)

    def rows_for(self, text: str) -> list[SharingMatch]:
        return finder.matching_pupils(self.context, text, self._now)

    def focus_first(self) -> None:
        self.choice.focus_first()

    def on_open(self) -> None:
        self.left.setCurrentWidget(self.choice)
        self.choice.focus_first()

    # the pupil

    def read(self, pupil_id: str) -> bool:
        """What is told today of that pupil, and all that was asked and said."""
        desk = self.context.desk
        record = self.context.attempt(lambda: pupils.record(desk, pupil_id))
        if record is None:
            return False
        self.record = record
        now = {name: sharing.decision_for(desk, pupil_id, name) for name in heard_recipients()}
        self.head.show_record(record, desk)
        for name, (decision_label, reason_label) in self.answers.items():
            decision = now[name]
            decision_label.setText(decision_words(name, decision))
            reason_label.setText(_reason_words(decision))
        papers = {paper.id: paper.title for paper in attachments.of_pupil(desk, record.pupil.id)}
        steps = wishes.steps_of(desk, pupil_id)
        said = sharing.timeline(desk, pupil_id)
        self._entries = {
            **{step.id: step for step in steps.steps if step.id not in steps.why_back},
            **{choice.id: choice for choice in said.choices if not said.recordings[choice.id]["back_because"]},
        }
        self.timeline.show_events(events(record, said, steps, papers, desk.today))
        self._say_back()
        recipient_names = [recipient.name for recipient in sharing.asked_about(age_on(record.pupil.dob, desk.today))]
        self.standing.show_wishes(wishes.wishes_of(desk, pupil_id), recipient_names)
        self.choice.show_record(record, now)
        return True

    def _all(self) -> None:
        if self.record is not None:
            self.context.go("exports", self.record.pupil.id)

    def _settle(self, recipient: str) -> None:
        if self.record is not None and self.may_leave():
            self.left.setCurrentWidget(self.settling)
            self.settling.begin(self.record.pupil.id, recipient)

    def _settled(self) -> None:
        self.left.setCurrentWidget(self.choice)
        self.choice.focus_first()

    # taking an entry back

    def _say_back(self) -> None:
        """The button stands there for an entry that can be taken back."""
        entry = self._entry()
        self.back_button.setVisible(entry is not None)
        if entry is not None:
            may = self.context.desk.may(_action_for(entry))
            self.back_button.setEnabled(may)
            self.back_button.setToolTip("" if may else only(Action.RECORD_CHOICE))

    def _entry(self) -> WishStep | Choice | None:
        event = self.timeline.current()
        return self._entries.get(event.id) if event is not None else None

    def _take_back(self) -> None:
        entry = self._entry()
        if entry is None:
            return
        event = self.timeline.current()
        assert self.record is not None and event is not None  # noqa: PT018 - the entry is one of theirs
        text = _("{pupil}: {what}, {day}. It stays in the list, struck out, with the reason, and counts no more.")
        text = text.format(pupil=self.record.pupil.full_name, what=event.title, day=show_date(event.day))
        reason = self.context.ask.text(_("Take this entry back?"), text, _("Reason"), verb=_("Take it back"), stay=_("Keep it"))
        if reason is not None:
            taken_back = self.context.keep(lambda: _back(self.context.desk, entry, reason), _("Taken back."))
            self.refresh()
            if taken_back:
                self.timeline.setFocus()

    def draft(self) -> dict[str, Any]:
        """What is typed, for a draft."""
        return {"pupil_id": self.record.pupil.id if self.record else "", **self.panel.draft()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave, in the place where it was typed."""
        if "recipient" in draft:
            self._settle(draft["recipient"])
        self.panel.take_draft(draft)


def _action_for(entry: WishStep | Choice) -> Action:
    """What a role must include to take an entry back: as to record it."""
    if isinstance(entry, Choice):
        return sharing.action_for(entry)
    return Action.RECORD_CHOICE if entry.step == SETTLED else Action.RECORD_ASKED


def _back(desk: Desk, entry: WishStep | Choice, reason: str) -> Changed:
    if isinstance(entry, Choice):
        return sharing.take_back(desk, entry.pupil_id, entry.id, reason)
    return wishes.take_back(desk, entry.id, reason)


def _reason_words(decision: Decision | None) -> str:
    if decision is None:
        return _("Not on the unit’s roll.")
    if decision.decided_by == "rule":
        return decision.reason
    return _("{reason} Decided by: {who}.").format(reason=decision.reason, who=decided_words(decision.decided_by).lower())
