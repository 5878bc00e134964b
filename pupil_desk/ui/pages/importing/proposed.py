"""Step 2: what the file would do, row by row, to look at, decide and mend."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from pupil_desk.basics.words import _, count_of, join_words, some_of
from pupil_desk.services.imports.kinds import MINE, THEIRS, Fate, ImportKind
from pupil_desk.services.imports.proposal import PlannedRow, Proposal
from pupil_desk.services.imports.stays import stays_words
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import button, column_in, flow_of, growing, label, name_label, set_look, without_sign
from pupil_desk.ui.pages.importing.detail import RowDetail
from pupil_desk.ui.pages.importing.model import (
    EVERY,
    absent_words,
    all_answers,
    amber_words,
    columns,
    filtered,
    filters,
    for_all_words,
    heading_words,
    left_behind,
    left_behind_words,
    refusal,
    summary,
    unknown_verb,
    verb,
    waiting_words,
)
from pupil_desk.ui.pages.importing.source import label_beside
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import keep_least_width

_SPARE = {"why": 560}  # the width at 100 % from which there is room for it: the row in hand says it too
_DETAIL = 280  # least width at 100 % of the row one is on
_ALL = "all"  # the focus is on a button that answers for all rows


class Proposed(QWidget):
    """``keep_wanted``, ``headings_wanted``, ``sheet_chosen`` (with its name) ``accept_all`` (with whose word) and
    ``all_answered`` (with what is said of all rows that wait) and ``unknown_wanted`` and ``absent_wanted`` ask the page; the detail's signals too."""

    keep_wanted = Signal()
    headings_wanted = Signal()
    sheet_chosen = Signal(str)
    accept_all = Signal(str)
    all_answered = Signal(str)
    unknown_wanted = Signal()
    absent_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._proposal: Proposal | None = None
        self.summary, self.headings, self.stays = label("", "subhead"), label("", "muted"), label("", "muted")
        self.order = _Remark()
        self.all_buttons = {said: button(words, partial(self._answer_all, said)) for said, words, _sense in all_answers()}
        self.waiting = _Remark(flow_of(*self.all_buttons.values()))
        self.absent_button = button(_("Add them all as new pupils"), self._add_absent)
        self.absent, self.refused = _Remark(flow_of(self.absent_button)), _Remark()
        self.filter = ChoiceBox(name=_("Show"))
        self.table: Table[PlannedRow] = Table(
            columns(self._kind), name=_("Rows of the file"), id_of=lambda row: row.number, memory=context.memory, memory_key="import"
        )
        self.table.always_give_way(_SPARE)
        self.detail = RowDetail()
        self.theirs_button = button(_("Take &all from the file"), lambda: self.accept_all.emit(THEIRS))
        self.mine_button = button(_("&Keep all as held here"), lambda: self.accept_all.emit(MINE))
        self.unknown_button = button(_("Take as “other”"), self.unknown_wanted.emit, icon_name="check-circle")
        self.keep_button = button(_("&Import"), self.keep_wanted.emit, "primary", icon_name="download-simple")
        self.headings_button = button(_("Headings…"), self.headings_wanted.emit, icon_name="checks")
        self.sheet = ChoiceBox(name=_("Sheet"))
        self.sheet_pair = label_beside(label(_("Sheet"), "label", wraps=False), self.sheet)
        self._build()
        self.sheet.activated.connect(lambda _place: self.sheet_chosen.emit(self.sheet.key()))
        self.filter.activated.connect(lambda _place: self._show_rows())
        self.table.current_changed.connect(self._show_row)
        self.table.opened.connect(lambda _row: self.detail.focus_cell())

    def _kind(self) -> ImportKind[Any] | None:
        return self._proposal.kind if self._proposal is not None else None

    def _build(self) -> None:
        show = name_label(_("&Show"), self.filter, wraps=False)
        detail = scrolled(self.detail)
        keep_least_width(detail, _DETAIL)
        panes = Panes(self.table, detail, shares=(8, 5), memory=self._context.memory, key="import")
        column_in(
            self,
            tokens.S,
            self.summary,
            self.headings,
            self.stays,
            self.order,
            self.waiting,
            self.absent,
            self.refused,
            flow_of(
                self.keep_button,
                label_beside(show, self.filter),
                self.sheet_pair,
                self.headings_button,
                self.theirs_button,
                self.mine_button,
                self.unknown_button,
            ),
            growing(panes),
        )

    def show_proposal(self, proposal: Proposal) -> None:
        """Show what would become of each row; stays on the row and the filter where they are still there."""
        before, self._proposal = self._proposal, proposal
        focused = _ALL if any(one.hasFocus() for one in self.all_buttons.values()) else self.detail.focused()
        self.summary.setText(_("{file}, {summary}").format(file=proposal.file_name, summary=summary(proposal)))
        self.headings.setText(heading_words(proposal))
        self.stays.setText(stays := stays_words(row.plan for row in proposal.rows))
        self.stays.setVisible(bool(stays))
        refusal_text = refusal(self._context.desk, proposal)
        self.order.say(amber_words(proposal))
        self.waiting.say(waiting_words(proposal))
        self.absent.say(absent_words(proposal))
        self.refused.say(refusal_text)
        self._show_keep(proposal, refusal_text)
        self.unknown_button.setText(words := unknown_verb(proposal))
        self.unknown_button.setVisible(bool(words))
        self._show_table(proposal)
        self._show_filters(proposal)
        mended = self.detail.number if focused in self.detail.mends and _is_mended(before, proposal, self.detail.number) else 0
        self._show_rows()
        if mended:
            self._go_on(mended)
        elif focused is not None and (focused == _ALL or not self.detail.take_focus(focused)):
            self.table.setFocus()

    def _show_keep(self, proposal: Proposal, refusal_text: str) -> None:
        goes_in = proposal.count(Fate.ADDED) + proposal.count(Fate.CHANGED)
        words = verb(proposal) if goes_in else _("Nothing to &import")
        self.keep_button.setText(words)
        self.keep_button.setAccessibleName(without_sign(words))
        self.keep_button.setEnabled(goes_in > 0 and not refusal_text)
        self.keep_button.setToolTip(refusal_text)
        self.keep_button.setAccessibleDescription(refusal_text)
        differs = any(row.plan.differences for row in proposal.rows)
        self.theirs_button.setVisible(differs)
        self.mine_button.setVisible(differs)

    def _show_table(self, proposal: Proposal) -> None:
        """What may be said of a table beside its rows: which sheet it is, and what its headings mean."""
        self.headings_button.setVisible(bool(proposal.headings))
        sheets = [sheet for sheet in proposal.sheets if sheet.lines]
        self.sheet.clear()
        for sheet in sheets:
            self.sheet.addItem(_("{name} (hidden)").format(name=sheet.name) if sheet.is_hidden else sheet.name, sheet.name)
        self.sheet.set_key(next((sheet.name for sheet in sheets if sheet.is_read), ""))
        self.sheet_pair.setVisible(len(sheets) > 1)

    def _show_filters(self, proposal: Proposal) -> None:
        current_filter = self.filter.key() or EVERY
        self.filter.clear()
        for key, words in filters(proposal):
            self.filter.addItem(words, key)
        self.filter.setCurrentIndex(max(0, self.filter.findData(current_filter)))

    def _answer_all(self, said: str) -> None:
        """One answer for all rows that wait, once the person has seen how many they are and what comes of it."""
        count = sum(row.waits for row in self._proposal.rows) if self._proposal is not None else 0
        title = _("One answer for {rows}?").format(rows=count_of(count, _("row"), _("rows")))
        words, sense = next((words, sense) for key, words, sense in all_answers() if key == said)
        if self._context.ask.confirm(title, sense, words):
            self.all_answered.emit(said)

    def tell_all(self, proposal: Proposal) -> None:
        """Say what one word for the whole file did, and why not more."""
        done, left = for_all_words(proposal)
        (self._context.banner.success if done else self._context.banner.note)(" ".join(filter(None, (done, left))))

    def _add_absent(self) -> None:
        """All rows about somebody who is not here as new pupils, once the person has seen how many they are."""
        rows = [row for row in self._proposal.rows if row.is_absent] if self._proposal is not None else []
        title = _("Add {pupils}?").format(pupils=count_of(len(rows), _("new pupil"), _("new pupils")))
        names = some_of([", ".join(row.read.texts.get(name, "") for name in ("surname", "forename")) for row in rows])
        sense = _("A record and a stay at the unit begin, though the file tells only a part of the record, for: {names}.").format(
            names=names
        )
        if self._context.ask.confirm(title, sense, _("Add them all as new pupils")):
            self.absent_wanted.emit()

    def _show_rows(self) -> None:
        if self._proposal is None:
            return
        self.table.show_rows(filtered(self._proposal.rows, self.filter.key()))
        self._show_row(self.table.current())

    def may_keep(self) -> bool:
        """Whether what is in view may be imported as it is; asks about what was typed and not used, and about rows that would be left behind."""
        typed = self.detail.typed
        return self._proposal is not None and (not typed or self._may_leave_typed(typed)) and self._may_leave_behind(self._proposal)

    def _may_leave_typed(self, rows: list[int]) -> bool:
        """Whether to import without what was typed into these rows and not used."""
        numbers = join_words([f"{number:,}" for number in rows])
        text = _("You typed corrections and did not use them: row {rows}. “Use the row as corrected” takes them.").format(rows=numbers)
        return self._context.ask.confirm(_("Import without what you typed?"), text, _("Import without it"))

    def _may_leave_behind(self, proposal: Proposal) -> bool:
        """Whether to import without the rows that are refused or not decided; else the first of them is shown."""
        rows = left_behind(proposal)
        title = _("Import without {rows}?").format(rows=count_of(len(rows), _("row"), _("rows")))
        if not rows or self._context.ask.confirm(title, left_behind_words(rows, proposal.kind), _("Import the others")):
            return True
        self.go_to(rows[0])
        return False

    def _go_on(self, mended: int) -> None:
        """From a row that was mended to what comes next: the next one that is refused or waits; with none left to the import itself."""
        rows = self._proposal.rows if self._proposal is not None else ()
        left = [row for row in rows if row.fate is Fate.REFUSED or row.waits]
        following = next((row for row in left if row.number > mended), left[0] if left else None)
        if following is None:
            (self.keep_button if self.keep_button.isEnabled() else self.table).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self.table.select(following.number):
            self.go_to(following)
        if not self.detail.focus_cell():
            self.table.setFocus()

    def go_to(self, row: PlannedRow) -> None:
        """Stand on a row, whatever the filter let through."""
        self.filter.set_key(EVERY)
        self._show_rows()
        self.table.select(row.number)
        self.table.setFocus()

    def _show_row(self, row: PlannedRow | None) -> None:
        self.detail.show_row(self._proposal, row)
        tab_after(self.table, self.detail.stops)


def _is_mended(before: Proposal | None, now: Proposal, number: int) -> bool:
    """Whether a row was refused and goes in now."""
    return before is not None and number in _refused(before) and number not in _refused(now)


def _refused(proposal: Proposal) -> set[int]:
    return {row.number for row in proposal.rows if row.fate is Fate.REFUSED}


class _Remark(QFrame):
    """What is said of the file as a whole, with what can be done about it. It goes once a click is over: nothing comes under the pointer by that."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self.words = label("")
        set_look(self, "banner-note")
        column_in(self, tokens.S, self.words, *parts, left=tokens.M, top=tokens.S, right=tokens.M, bottom=tokens.S)

    def say(self, words: str) -> None:
        """Say this; with nothing to say, go."""
        self.setEnabled(bool(words))
        if words:
            self.words.setText(words)
            self.show()
        elif self.isVisible():
            once_calm(self, self._go, place=self.parentWidget())
        else:
            self.hide()

    def text(self) -> str:
        """What it says; empty where it says nothing."""
        return self.words.text() if self.isEnabled() else ""

    def _go(self) -> None:
        self.setVisible(self.isEnabled())
