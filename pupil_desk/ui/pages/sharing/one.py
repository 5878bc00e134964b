"""One pupil: what each recipient would be told today, all that was ever said, and recording what is said now."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.protection import Protection
from pupil_desk.domain.sharing import RECIPIENTS, Decision
from pupil_desk.domain.wish_step import SETTLED, WishStep
from pupil_desk.services import attachments, pupils, sharing, wishes
from pupil_desk.services.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.badge import Badge
from pupil_desk.ui.kit.body import Body
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.findbox import FindBox
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.timeline import Timeline
from pupil_desk.ui.kit.words import button, label, line
from pupil_desk.ui.pages.sharing import finder
from pupil_desk.ui.pages.sharing.choice import ChoicePanel
from pupil_desk.ui.pages.sharing.finder import Found
from pupil_desk.ui.pages.sharing.happened import events
from pupil_desk.ui.pages.sharing.settling import SettlePanel
from pupil_desk.ui.pages.sharing.standing import Standing
from pupil_desk.ui.pages.sharing.words import PROTECTED_SIGN, decided_words, decision_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import keep_least_width

_SIDE = 290  # least width at 100 % of what is told and was said


class OnePupil(QWidget):
    """Find a pupil, then read and record. ``chosen`` says that another pupil, or none, is shown."""

    chosen = Signal()
    edited = Signal()
    kept = Signal(object, str)

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__()
        self.context, self._may_leave = context, may_leave
        self.record: PupilRecord | None = None
        self._now: dict[str, Decision] = {}
        self._steps: dict[str, WishStep] = {}
        self.badges: list[Badge] = []
        self.table = finder.pupil_table()
        self.find_box = FindBox(_("Find a pupil"), lambda: self.table)
        self.choice, self.settling, self.standing = ChoicePanel(context), SettlePanel(context), Standing(context.desk)
        self.left = Body(self.choice, self.settling)
        self.timeline = Timeline(_("What was asked and said about sharing"), empty=_("Nobody was asked, and nobody has said anything yet."))
        self.back_button = button(_("&Take this entry back…"), self._take_back)
        self.answers = {name: (label("", "label"), label("")) for name in RECIPIENTS}
        self.body = Body(self.table, self._pupil())
        words = line(_("&Find a pupil by name or number (Ctrl+F)"), "label")
        words.setBuddy(self.find_box)
        top = QHBoxLayout()
        top.setSpacing(tokens.M)
        top.addWidget(words)
        top.addWidget(self.find_box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.M, 0, 0)
        column.setSpacing(tokens.XS)
        column.addLayout(top)
        column.addSpacing(tokens.XS)
        column.addWidget(self.body, 1)
        self.find_box.textChanged.connect(self._typed)
        self.find_box.chose.connect(self._chose)
        self.find_box.left.connect(self._left)
        self.table.opened.connect(self._take)
        for panel in (self.choice, self.settling):
            panel.edited.connect(self.edited)
            panel.kept.connect(self.kept)
        self.standing.settle.connect(self._settle)
        self.settling.closed.connect(self._settled)
        self.timeline.currentRowChanged.connect(lambda _row: self._say_back())

    def _pupil(self) -> QWidget:
        self.title, self.line = line("", "title"), line("", "muted")
        head = QWidget()
        self._badge_row = FlowLayout(head, tokens.M)
        self._badge_row.addWidget(self.title)
        self._badge_row.addWidget(self.line)
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(tokens.XS)
        side.addWidget(label(_("What is told today"), "subhead"))
        for what, why in self.answers.values():
            side.addWidget(what)
            side.addWidget(why)
            side.addSpacing(tokens.XS)
        side.addWidget(self.standing)
        side.addWidget(label(_("What was asked and said, newest first"), "subhead"))
        side.addWidget(self.timeline, 1)
        side.addWidget(self.back_button)
        self.timeline.setMinimumHeight(tokens.HUGE * 3)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.XS)
        column.addWidget(head)
        side_area = scrolled(right)
        keep_least_width(side_area, _SIDE)
        self.panes = Panes(self.left, side_area, shares=(70, 30), memory=self.context.memory, key="sharing")
        column.addWidget(self.panes, 1)
        return whole

    @property
    def panel(self) -> ChoicePanel | SettlePanel:
        """Where something is typed now: what was said, or how two words were settled."""
        return self.settling if self.left.currentWidget() is self.settling else self.choice

    # finding

    def look_again(self) -> None:
        """Ask again for the list, and for the pupil shown unless something is being typed."""
        self._now = finder.decisions(self.context)
        self._list()
        if self.record is not None and not self.panel.dirty:
            self._read(self.record.pupil.id)

    def _list(self) -> None:
        self.table.show_rows(finder.found(self.context, self.find_box.text(), self._now))

    def _typed(self, text: str) -> None:
        self._list()
        if text.strip():
            self.body.setCurrentIndex(0)
            if self.table.rows:
                self.table.selectRow(0)
        elif self.record is not None:
            self.body.setCurrentIndex(1)

    def _chose(self) -> None:
        row = self.table.current()
        if self.body.currentIndex() == 1:
            self.choice.focus_first()
        elif row is not None:
            self._take(row)

    def _take(self, row: Found) -> None:
        self.open(row.id)

    def _left(self) -> None:
        if self.find_box.text():
            self.find_box.clear()
        elif self.record is not None:
            self.choice.focus_first()

    def search(self) -> None:
        """Put the cursor into the find box."""
        self.find_box.setFocus()
        self.find_box.selectAll()

    def open(self, pupil_id: str) -> bool:
        """Show that pupil, ready to record; False when the person stays, or there is no such pupil."""
        same = self.record is not None and self.record.pupil.id == pupil_id
        if not same and not (self._may_leave() and self._read(pupil_id)):
            return False
        self.find_box.blockSignals(True)
        self.find_box.clear()
        self.find_box.blockSignals(False)
        self._list()
        self.body.setCurrentIndex(1)
        self.left.setCurrentWidget(self.choice)
        self.choice.focus_first()
        self.chosen.emit()
        return True

    # the pupil

    def _read(self, pupil_id: str) -> bool:
        desk = self.context.desk
        record = self.context.attempt(lambda: pupils.record(desk, pupil_id))
        if record is None:
            return False
        self.record = record
        now = {name: sharing.decision_for(desk, pupil_id, name) for name in RECIPIENTS}
        self._show_head(record)
        for name, (what, why) in self.answers.items():
            decision = now[name]
            what.setText(decision_words(name, decision))
            why.setText(_why(decision))
        papers = {paper.id: paper.title for paper in attachments.of_pupil(desk, record.pupil.id)}
        done = wishes.steps_of(desk, pupil_id)
        self._steps = {step.id: step for step in done.steps if step.id not in done.why_back}
        self.timeline.show_events(events(record, sharing.timeline(desk, pupil_id), done, papers, desk.today))
        self._say_back()
        about = [recipient.name for recipient in wishes.asked_about(age_on(record.pupil.dob, desk.today))]
        self.standing.show_wishes(wishes.wishes_of(desk, pupil_id), about)
        self.choice.show_record(record, now)
        return True

    def _settle(self, recipient: str) -> None:
        if self.record is not None and self._may_leave():
            self.left.setCurrentWidget(self.settling)
            self.settling.begin(self.record.pupil.id, recipient)

    def _settled(self) -> None:
        self.left.setCurrentWidget(self.choice)
        self.choice.focus_first()

    # taking an entry back

    def _say_back(self) -> None:
        """The button stands there for an entry that can be taken back."""
        step = self._step()
        self.back_button.setVisible(step is not None)
        if step is not None:
            may = self.context.desk.may(Action.RECORD_CHOICE if step.step == SETTLED else Action.RECORD_ASKED)
            self.back_button.setEnabled(may)
            self.back_button.setToolTip("" if may else only(Action.RECORD_CHOICE))

    def _step(self) -> WishStep | None:
        event = self.timeline.current()
        return self._steps.get(event.id) if event is not None else None

    def _take_back(self) -> None:
        step = self._step()
        if step is None:
            return
        text = _("It stays in the list, struck out, with the reason, and counts no more.")
        why = self.context.ask.text(_("Take this entry back?"), text, _("Reason"), verb=_("Take it back"))
        if why is not None:
            self.context.keep(lambda: wishes.take_back(self.context.desk, step.id, why), _("Taken back."))
            self.look_again()

    def _show_head(self, record: PupilRecord) -> None:
        pupil, today = record.pupil, self.context.desk.today
        self.title.setText(pupil.full_name)
        self.line.setText(
            _("{ref}, {age} years old, born {day}").format(
                ref=pupil.ref, age=age_on(pupil.dob, today), day=show_date(pupil.dob)
            )
        )
        self.line.setMinimumHeight(self.title.sizeHint().height())
        for badge in self.badges:
            self._badge_row.removeWidget(badge)
            badge.hide()
            badge.deleteLater()
        self.badges = [_badge(protection, record) for protection in record.protections]
        for badge in self.badges:
            self._badge_row.addWidget(badge)

    def typed(self) -> dict[str, Any]:
        """What is typed, for a draft."""
        return {"pupil_id": self.record.pupil.id if self.record else "", **self.panel.typed()}

    def take_typed(self, draft: dict[str, Any]) -> None:
        """Put back what ``typed`` gave, in the place where it was typed."""
        if "recipient" in draft:
            self._settle(draft["recipient"])
        self.panel.take_typed(draft)


def _badge(protection: Protection, record: PupilRecord) -> Badge:
    words = codelist("protection_kind").label_of(protection.kind)
    named = next((contact.full_name for contact in record.contacts if contact.id == protection.contact_id), "")
    return Badge(f"{words}: {named}" if named else words, PROTECTED_SIGN, "bad", protection.reason)


def _why(decision: Decision | None) -> str:
    if decision is None:
        return _("Not on the unit’s roll.")
    if decision.decided_by == "rule":
        return decision.reason
    return _("{reason} Decided by: {who}.").format(
        reason=decision.reason, who=decided_words(decision.decided_by).lower()
    )
