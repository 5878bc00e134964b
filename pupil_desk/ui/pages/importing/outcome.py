"""Step 3: what an import did, and what is to be looked at of which pupil, with the way to each and to the undo."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.imports.outcome import Outcome, ToldRow
from pupil_desk.services.imports.people import SAME_NAME
from pupil_desk.services.imports.proposal import RowProblem
from pupil_desk.services.notices import notices
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.next_act import NextAct
from pupil_desk.ui.kit.words import STRETCH, button, card, column_in, flow_of, growing, label
from pupil_desk.ui.pages.importing.model import counts
from pupil_desk.ui.style import tokens

_MOST_ROWS = 100  # rows told one by one
_MOST_REFUSED = 20


class OutcomeView(QWidget):
    """``show_outcome`` fills it. ``choose`` asks for another file."""

    def __init__(self, context: Context, choose: Callable[[], object]) -> None:
        super().__init__()
        self._context = context
        self._import_id = ""
        self.title, self.lines = label("", "subhead"), label("")
        self.undo_button = button(_("Undo this import, under Files read in"), self._go_to_undo, icon_name="arrow-u-up-left")
        self.links: list[LinkLine] = []
        self.next_act = NextAct()
        frame = card()
        acts = flow_of(
            button(_("Go to &Pupils"), lambda: context.go("pupils"), icon_name="users"),
            button(_("Import a&nother file…"), choose, icon_name="folder-open"),
            self.undo_button,
        )
        column_in(frame, tokens.S, self.title, self.lines, acts, left=tokens.L, top=tokens.M, right=tokens.L, bottom=tokens.M)
        self._told = QWidget()
        self._holder = QWidget()
        self._column = column_in(self._holder, None, self._told, STRETCH)
        column_in(self, tokens.S, frame, self.next_act, growing(scrolled(self._holder)))

    def show_outcome(self, outcome: Outcome, names: Mapping[int, str]) -> None:
        """Say what was done, and what is to be looked at. ``names`` tell of each row whom it is about."""
        self._import_id = outcome.import_id
        self.undo_button.setVisible(bool(outcome.import_id))
        self.title.setText(_("Imported"))
        lines = [counts(outcome), *filter(None, [outcome.stays])]
        to_see = [problem for problem in outcome.problems if problem.stops or problem.code == SAME_NAME]
        lines += [
            _("{row}: {what}").format(row=_named(problem, names), what=_words(problem, outcome)) for problem in to_see[:_MOST_REFUSED]
        ]
        self.lines.setText("\n".join(lines))
        self._offer_next(outcome)
        self.links = []
        new = QWidget()
        column = column_in(new, tokens.S)
        if outcome.rows:
            column.addWidget(label(_("To be looked at: {rows}").format(rows=count_of(len(outcome.rows), _("row"), _("rows"))), "subhead"))
        for row in outcome.rows[:_MOST_ROWS]:
            self._add(column, row)
        if (further := len(outcome.rows) - _MOST_ROWS) > 0:
            column.addWidget(label(_("and {count} more").format(count=f"{further:,}"), "hint"))
        self._column.replaceWidget(self._told, new)
        self._told.hide()
        self._told.deleteLater()
        self._told = new

    def _offer_next(self, outcome: Outcome) -> None:
        """Where pupils came, their families are to have the privacy notice, should anybody not have had it."""
        desk, has_new = self._context.desk, bool(outcome.added) and "pupil" in outcome.news.kinds
        letters = len(notices.notices_due(desk).letters) if has_new and desk.may(Action.PRINT_NOTICE) else 0
        words = _("Print the privacy notice and give it: {letters} to be given.").format(
            letters=count_of(letters, _("letter"), _("letters"))
        )
        acts = [(_("Open the &notices"), lambda: self._context.go("notices"))]
        self.next_act.offer(words if letters else "", acts if letters else ())

    def _add(self, column: QVBoxLayout, row: ToldRow) -> None:
        words = _("{pupil} (row {number})").format(pupil=row.pupil, number=f"{row.number:,}")
        link = LinkLine(words, lambda: self._context.go("pupils", row.pupil_id))
        self.links.append(link)
        column.addWidget(link)
        column.addWidget(label("\n".join(_told_lines(row))))

    def _go_to_undo(self) -> None:
        self._context.go("changes", self._import_id)


def _named(problem: RowProblem, names: Mapping[int, str]) -> str:
    return names.get(problem.row or 0) or _("Row {number}").format(number=problem.row or "")


def _words(problem: RowProblem, outcome: Outcome) -> str:
    """What is wrong with a row; of one that nobody decided on where that can still be said."""
    if problem.stops or problem.row not in outcome.not_decided:
        return problem.message
    return _("nothing was taken, for nobody said whether it is about a pupil who is here. Read the file in again to say it.")


def _told_lines(row: ToldRow) -> list[str]:
    lines = []
    if row.is_protected:
        lines.append(_("A protection “order or restriction” was put on. Check it before anything is told or sent."))
    if row.kept_values:
        values = count_of(row.kept_values, _("value"), _("values"))
        lines.append(_("{values} kept under From files, in no other part of the record.").format(values=values))
    return [*lines, *row.warnings]
