"""The rules in force with where each comes from; and a pack of newer ones, seen before it is taken, and taken back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.rulefacts import RuleFacts, head_of
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.changes import Changed
from pupil_desk.services.roles import Action
from pupil_desk.services.rules import packs
from pupil_desk.services.rules.differences import RuleChange
from pupil_desk.services.rules.pack import ENDING, bytes_of
from pupil_desk.services.rules.packs import Narrowing, RulesPreview
from pupil_desk.services.rules.saying import said
from pupil_desk.ui.kit.accessible import set_role
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.scroll import scrolled_words
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_of, find_line, flow_of, growing, label, labelled, line, show_words, without_sign
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

FOLDER = "rules/folder"  # where the last pack was read from
_KINDS = ((_("Packs of rules"), f"*{ENDING}"), (_("All files"), "*"))
_DETAIL = 110  # height at 100 %
_SPARE = {"again": 1200, "source": 700}  # width of the list at 100 % from which a column stands in it: what it says comes first
_LOOKING = _("Looking what it changes")
_IN_FORCE = _("Put it in &force")
type Doing = Callable[[Job], tuple[Changed, RulesPreview]]
"""What puts a pack in force, or takes it back."""


def rule_words(rule: RuleFacts) -> str:
    """What the rule is called, and the list that it stands in."""
    return _("{rule} ({list})").format(rule=rule.part, list=rule.title) if rule.part else rule.title


def _columns() -> tuple[Column[RuleFacts], ...]:
    return (
        Column("rule", _("Rule"), rule_words, stretch=True, width=22, tip=lambda rule: rule.label),
        Column("says", _("What it says"), said, stretch=True, width=28, tip=said),
        Column("source", _("Source"), lambda rule: rule.source, stretch=True, width=20, tip=lambda rule: rule.source),
        Column("sure", _("How sure"), lambda rule: capital(rule.sure), width=9, tip=lambda rule: rule.unsure),
        Column("checked", _("Checked"), lambda rule: short_date(rule.checked), width=11),
        Column("again", _("Look again"), lambda rule: short_date(rule.look_again), width=11),
    )


def _change_columns() -> tuple[Column[RuleChange], ...]:
    return (
        Column("list", _("List"), lambda change: change.title, stretch=True, width=20, tip=lambda change: change.title),
        Column("rule", _("Rule"), lambda change: change.part, stretch=True, width=26, tip=lambda change: change.label),
        Column("old", _("Now"), lambda change: change.old or "–", stretch=True, width=20, tip=lambda change: change.old),
        Column("new", _("Then"), lambda change: change.new or "–", stretch=True, width=20, tip=lambda change: change.new),
    )


class RulesInForce(Body):
    """The list of rules; and while a pack is looked at, what it changes and whom it touches."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.table: Table[RuleFacts] = Table(
            _columns(),
            name=_("Rules in force"),
            id_of=lambda rule: rule.name,
            memory=context.memory,
            memory_key="rules",
            empty=EmptyState("magnifying-glass", _("No rule is like that"), _("Clear the line in which you typed, or show all rules.")),
        )
        self.find_box = find_line(_("Find a rule"))
        self.narrowing = ChoiceBox([(narrowing.name, narrowing.value) for narrowing in Narrowing], name=_("Which rules are shown"))
        self.taken, self.counted, self.says, self.source = line("", "hint"), line("", "hint"), label(""), label("", "muted")
        self.read_button = button(_("Read in a &pack of rules…"), self.read, icon_name="folder-open")
        self.back_button = button(_("Take it ba&ck…"), self.take_back, icon_name="arrow-counter-clockwise")
        self.changes: Table[RuleChange] = Table(_change_columns(), name=_("What it changes"), id_of=lambda change: change.name)
        self.said, self.whom, self.change = label("", "subhead"), label(""), label("", "muted")
        self.do_button = button(_IN_FORCE, self._do, "primary", icon_name="check")
        self.leave_button = button(_("&Leave it as it is"), self.show_kept)
        self._doing: Doing | None = None
        self._stale = False  # what is in force has not been read since something was changed
        for view in (self._list_view(), self._preview_view()):
            self.addWidget(view)
        self.find_box.textChanged.connect(lambda _text: self._show_rules())
        self.find_box.returnPressed.connect(self.table.setFocus)
        self.narrowing.currentIndexChanged.connect(lambda _place: self._show_rules())
        self.table.setMinimumHeight(tokens.HUGE * 3)
        self.table.always_give_way(_SPARE, room_of=self)
        self.table.current_changed.connect(self._show_rule)
        self.changes.current_changed.connect(self._show_change)
        self.changes.lead_to(self.do_button, self.leave_button)

    def _list_view(self) -> QWidget:
        explanation = _(
            "The program goes by these rules: law, code lists, periods, and the forms that others ask for. Newer ones come as a signed pack on a stick."
        )
        may = self.context.desk.may(Action.EDIT_RULES)
        if not may:
            self.read_button.hide()
        buttons = flow_of(self.read_button, self.back_button)
        self.find_box.setMinimumWidth(sized(tokens.FIELD) // 2)
        self.find_box.setMaximumWidth(sized(tokens.FIELD))
        narrowed = flow_of(labelled(_("F&ind a rule"), self.find_box), labelled(_("Sho&w"), self.narrowing), buttons, spacing=tokens.L)
        self.table.setAccessibleDescription(explanation)
        said_of_all = flow_of(self.counted, self.taken)
        return column_of(narrowed, said_of_all, growing(self.table), self._detail(), top=tokens.S)

    def _detail(self) -> QWidget:
        """The rule in hand, in full: as high as some lines, however much it says."""
        area = scrolled_words(self.says, self.source)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(area, "Section")
        area.setAccessibleName(_("The rule in hand"))
        area.setMinimumHeight(sized(_DETAIL))
        area.setMaximumHeight(sized(_DETAIL))
        self.table.lead_to(area)
        return area

    def _preview_view(self) -> QWidget:
        return column_of(
            self.said,
            growing(self.changes),
            self.change,
            label(_("Whom it touches"), "label"),
            self.whom,
            flow_of(self.do_button, self.leave_button),
            top=tokens.L,
        )

    def show_kept(self) -> None:
        """The rules in force, once they are in view: to read them all takes longer than the rest of the page."""
        self._stale = not self.isVisible()
        if not self._stale:
            self._show_kept()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._show_kept()

    def _show_kept(self) -> None:
        taken = packs.packs(self.context.desk)
        lines = [_("In force: {pack}, since {day}.").format(pack=entry.pack.title, day=show_date(entry.taken_on)) for entry in taken]
        for entry in taken:
            lines += [_("{title}: the program’s own is newer, and counts.").format(title=head_of(path).title) for path in entry.set_aside]
        self.taken.setText("\n".join(lines) or _("No pack of rules is in force: these are the program’s own."))
        self.back_button.setVisible(bool(taken) and self.context.desk.may(Action.EDIT_RULES))
        self._show_rules()
        self._doing = None
        self.setCurrentIndex(0)

    def _show_rules(self) -> None:
        """Those that are asked for."""
        rules = packs.rules(self.context.desk, Narrowing[self.narrowing.key()], self.find_box.text())
        self.table.show_rows(rules)
        self.counted.setText(f"{count_of(len(rules), _('rule'), _('rules'))}.")

    def _show_rule(self, rule: RuleFacts | None) -> None:
        show_words(self.says, _("{rule}: {says}").format(rule=rule.label, says=said(rule)) if rule is not None else "")
        show_words(self.source, rule.account if rule is not None else "")

    def show_rule(self, name: str) -> None:
        """Come to the rule of that name, the cursor on it; a pack that is looked at is left as it is."""
        if self.currentIndex():
            self.show_kept()
        self.narrowing.set_key(Narrowing.ALL.name)
        self.find_box.clear()
        self.table.select(name)
        self.table.setFocus()

    def search(self) -> None:
        """Put the cursor where one types to find a rule."""
        if self.currentIndex() == 0:
            self.find_box.setFocus()
            self.find_box.selectAll()

    def _show_change(self, change: RuleChange | None) -> None:
        words = _("{rule}. Now: {old}. Then: {new}.")
        show_words(self.change, words.format(rule=change.label, old=change.old or "–", new=change.new or "–") if change is not None else "")

    def read(self) -> None:
        """Choose a pack, and see what it would change."""
        start = self.context.memory.get(FOLDER)
        path = self.context.ask.open_file(_("Choose a pack of rules"), _KINDS, Path(start) if isinstance(start, str) else None)
        data = self.context.attempt(lambda: bytes_of(path)) if path is not None else None
        if path is None or data is None:
            return
        self.context.memory.keep(FOLDER, str(path.parent))
        self.context.banner.dismiss()
        desk = self.context.desk
        self._look(
            lambda job: packs.preview(desk, data, job.step, name=path.name),
            lambda job: packs.take(desk, data, job.step, name=path.name),
            _("{pack} would change {things}"),
            _IN_FORCE,
        )

    def take_back(self) -> None:
        """See what taking the last pack back would change."""
        desk = self.context.desk
        self._look(
            lambda job: packs.preview_of_undoing(desk, job.step),
            lambda job: packs.undo(desk, job.step),
            _("Without {pack}, {things} would change"),
            _("Take it back no&w"),
        )

    def _look(self, work: Callable[[Job], RulesPreview], doing: Doing, words: str, verb: str) -> None:
        self.context.jobs.run(self, work, partial(self._show_preview, doing, words, verb), title=_LOOKING)

    def _show_preview(self, doing: Doing, words: str, verb: str, preview: RulesPreview) -> None:
        self._doing = doing
        things = count_of(len(preview.changes), _("rule"), _("rules"))
        self.said.setText(words.format(pack=preview.pack.title, things=things))
        self.changes.show_rows(preview.changes)
        self.whom.setText("\n".join(preview.whom))
        self.do_button.setText(verb)
        self.do_button.setAccessibleName(without_sign(verb))
        self.setCurrentIndex(1)
        self.do_button.setFocus()

    def _do(self) -> None:
        if self._doing is not None:
            self.context.jobs.run(self, self._doing, self._done, title=_LOOKING)

    def _done(self, result: tuple[Changed, RulesPreview]) -> None:
        """It is done. To read all rules takes long, so that is done beside the window before they are shown; should it fail, the pack is in force all the same."""
        self._doing = None
        desk = self.context.desk
        self.context.jobs.run(
            self, lambda _job: packs.rules(desk), lambda _rules: None, title=_LOOKING, after=partial(self._show_done, *result)
        )

    def _show_done(self, changed: Changed, preview: RulesPreview) -> None:
        is_in_force = any(entry.pack.number == preview.pack.number for entry in packs.packs(self.context.desk))
        self.show_kept()
        self.context.news.tell(changed)
        words = _("{pack} is in force.") if is_in_force else _("{pack} was taken back.")
        self.context.banner.success(words.format(pack=preview.pack.title))
        self.table.setFocus()
