"""The list with its groups beside it: by return or by pupil, narrowed down, and more on the line one is on."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.quality.looking import Finding
from pupil_desk.services.quality.rule import Gravity, Need
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.heights import keep_rows
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.low.foldable import Spare
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, card, column_in, column_of, find_line, growing, label, labelled, row_layout
from pupil_desk.ui.pages.quality.model import (
    BY_NEED,
    BY_PUPIL,
    EVERYTHING,
    FindingGroup,
    FindingLine,
    Narrowing,
    count_words,
    group_columns,
    groups_of,
    line_columns,
    lines_of,
    narrowed,
    needed_for,
    of_group,
)
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import keep_least_width, sized

_WITH_GRAVITY = 460  # and how pressing it is, which the sign and the words beneath say too
_WITH_WORDS = 760  # width of the list at 100 % from which what to do stands in it too, and not beneath it alone
_GROUPS = 280  # least width of the groups at 100 %: their names are read whole


class FindingsList(QWidget):
    """``opened`` carries the finding whose field is wanted."""

    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._lines: list[FindingLine] = []
        self._narrowed: list[FindingLine] = []
        self._quiet = False
        self.grouping_box = ChoiceBox([(BY_NEED, _("Return")), (BY_PUPIL, _("Pupil"))], name=_("Group by"))
        self.need = ChoiceBox([(EVERYTHING, _("All returns")), *((need.name, need.value) for need in Need)], name=_("Needed for"))
        self.gravity = ChoiceBox(
            [(EVERYTHING, _("Everything")), *((gravity.name, gravity.value) for gravity in Gravity)], name=_("How pressing")
        )
        self.find_box = find_line(_("Find a pupil"))
        self.find_box.setMaximumWidth(sized(tokens.FIELD))
        self.groups = {
            grouping: Table(group_columns(context.desk, grouping), name=_("Groups"), id_of=_group_id) for grouping in (BY_NEED, BY_PUPIL)
        }
        for table in self.groups.values():
            keep_rows(table)
        self.empty = EmptyState("check-circle", _("Nothing to check"), _("No record lacks anything that the rules know of."))
        self.table: Table[FindingLine] = Table(
            line_columns(context.desk), name=_("What to check"), empty=self.empty, memory=context.memory, memory_key="quality"
        )
        self.count = label("", "muted")
        self._build(context)
        self._connect()

    def _build(self, context: Context) -> None:
        self._need_box = labelled(_("&Needed for"), self.need)
        self._filters = FilterRow(
            labelled(_("&Group by"), self.grouping_box),
            self._need_box,
            labelled(_("&How pressing"), self.gravity),
            find=(_("&Find a pupil (Ctrl+F)"), self.find_box),
            beside=self.count,
            spacing=tokens.L,
        )
        groups_area = column_of(*self.groups.values(), spacing=None)
        keep_least_width(groups_area, _GROUPS)
        right = column_of(growing(self.table), self._make_detail())
        self.panes = Panes(groups_area, right, shares=(36, 64), memory=context.memory, key="quality")
        column_in(self, tokens.S, self._filters, growing(self.panes))

    def _make_detail(self) -> QWidget:
        self.detail = card()
        self.detail.setAccessibleName(_("More on the line chosen"))
        self.name_label, self.words, self.reason_label = label("", "label"), label(""), label("", "muted")
        self.open_button = button(_("&Open the field (Enter)"), self._open, "primary", icon_name="arrow-right")
        column_in(
            self.detail,
            tokens.XS,
            row_layout(growing(self.name_label), self.open_button, spacing=None),
            self.words,
            Spare(self.reason_label),
            left=tokens.L,
            top=tokens.S,
            right=tokens.L,
            bottom=tokens.S,
        )
        return self.detail

    def _connect(self) -> None:
        self.grouping_box.currentIndexChanged.connect(lambda _place: self.look())
        for box in (self.need, self.gravity):
            box.currentIndexChanged.connect(lambda _place: self.look())
        self.find_box.textChanged.connect(lambda _text: self.look())
        self.find_box.returnPressed.connect(self.table.setFocus)
        for table in self.groups.values():
            table.current_changed.connect(lambda _group: self._show_lines())
            table.opened.connect(lambda _group: self.table.setFocus())
        self.table.always_give_way({"words": _WITH_WORDS, "gravity": _WITH_GRAVITY})  # whose width the person may drag
        self.table.current_changed.connect(self._tell)
        self.table.opened.connect(lambda line: self.opened.emit(line.finding))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these, and stay on the same group and line where they are still there; else on the line that came after it."""
        row_index = self.table.currentIndex().row()
        before = self.table.current()
        self._lines = lines_of(findings)
        self.look()
        now = self.table.current()
        if before is not None and now is not None and now.id != before.id and self.table.rows:
            self.table.selectRow(min(row_index, len(self.table.rows) - 1))

    def look(self) -> None:
        """Narrow the list down anew, and count the groups."""
        grouping = self.grouping_box.key()
        self._filters.show_box(self._need_box, visible=grouping == BY_PUPIL)
        need = self.need.key() if grouping == BY_PUPIL else EVERYTHING
        self._narrowed = narrowed(self._lines, Narrowing(need, self.gravity.key(), self.find_box.text()))
        self._quiet = True
        for key, table in self.groups.items():
            table.setVisible(key == grouping)
        self.groups[grouping].show_rows(groups_of(self._narrowed, grouping))
        self._quiet = False
        self._show_lines()

    def _show_lines(self) -> None:
        if self._quiet:
            return
        grouping = self.grouping_box.key()
        group: FindingGroup | None = self.groups[grouping].current()
        rows = of_group(self._narrowed, grouping, group.id if group else EVERYTHING)
        self.count.setText(count_words(rows))
        if self._lines and not rows:
            self.empty.say(_("Nothing like that"), _("Choose another group, or clear the search."))
        elif not self._lines:
            self.empty.say(_("Nothing to check"), _("No record lacks anything that the rules know of."))
        self.table.show_rows(rows)
        self._tell(self.table.current() if rows else None)

    def go_to_pupil(self, pupil_id: str) -> None:
        """Show what concerns one pupil; where that is nothing, the list stays as it is."""
        if any(line.finding.pupil_id == pupil_id for line in self._lines):
            self.find_box.clear()
            for box in (self.need, self.gravity):
                box.set_key(EVERYTHING)
            self.grouping_box.set_key(BY_PUPIL)
            self.groups[BY_PUPIL].select(pupil_id)

    @property
    def findings_shown(self) -> list[Finding]:
        """The findings in view, in their order."""
        return [line.finding for line in self.table.rows]

    @property
    def title(self) -> str:
        """The group in view, in words."""
        group: FindingGroup | None = self.groups[self.grouping_box.key()].current()
        return group.title if group else ""

    def _tell(self, line: FindingLine | None) -> None:
        self.detail.setVisible(line is not None)
        if line is None:
            return
        finding = line.finding
        self.name_label.setText(_("{pupil}, {ref}: {field}").format(pupil=finding.pupil, ref=finding.ref, field=finding.field))
        self.words.setText(_("{gravity}. {words}").format(gravity=finding.gravity.value, words=finding.words))
        self.reason_label.setText(needed_for(finding))
        self.open_button.setText(
            _("&Open the field (Enter)") if finding.item else _("&Open the entry (Enter)")
        )  # a line of a list has no field

    def _open(self) -> None:
        line = self.table.current()
        if line is not None:
            self.opened.emit(line.finding)


def _group_id(group: FindingGroup) -> str:
    return group.id
