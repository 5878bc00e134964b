"""The sections of a copy: how many records each has, what it says, and whether it is given or withheld on a ground in law."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.requests.pack import LONGEST_REASON
from pupil_desk.services.packs import deciding
from pupil_desk.services.packs.content import RESTRICTED, Compiled, CopyPart
from pupil_desk.services.program import keys
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.words import button, column_in, column_of, flow_of, growing, labelled, line
from pupil_desk.ui.pages.requests.pack_places import mark_words
from pupil_desk.ui.pages.requests.pack_state import PackState
from pupil_desk.ui.pages.requests.pack_text import SectionText
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized


def grounds() -> list[tuple[str, str]]:
    """The grounds on which a part may be withheld, by code and in words."""
    return [(code.code, code.label) for code in codelist("exemption").codes.values() if code.category == "part"]


NO_GROUND = ("", _("Choose the ground…"))
"""What stands first where a ground must be chosen: none is taken that nobody chose."""


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section in the list."""

    part: CopyPart
    state: str
    sign: str

    @property
    def id(self) -> str:
        """Its name."""
        return self.part.name


def _row(compiled_pack: Compiled, part: CopyPart) -> SectionRow:
    decision = compiled_pack.sections.get(part.name)
    if decision is not None and not decision.given:
        return SectionRow(part, _("Withheld"), "prohibit")
    if part.name == RESTRICTED and compiled_pack.open_restricted and not compiled_pack.apart:
        return SectionRow(part, _("To be added by {who}").format(who=compiled_pack.readers), "lock-key")
    open_ = sum(mark.place.section == part.name for mark in compiled_pack.undecided)
    if open_:
        return SectionRow(part, _("{number} to decide").format(number=open_), "circle-dashed")
    if part.number:
        return SectionRow(part, _("Given"), "check")
    return SectionRow(part, _("Left out"), "prohibit") if part.untold else SectionRow(part, _("Nothing held"), "minus")


_COLUMNS: tuple[Column[SectionRow], ...] = (
    Column("title", _("Section"), lambda row: row.part.title, stretch=True, width=20, tip=lambda row: row.part.title),
    Column("number", _("Held"), lambda row: str(row.part.number), align="right"),
    Column(
        "state", _("In the copy"), lambda row: row.state, longest=_("Nothing held"), icon=lambda row: row.sign, tip=lambda row: row.state
    ),
)


class PackSections(QWidget):
    """The list, the text of the section one is on, and the ground on which it is withheld."""

    def __init__(self, state: PackState) -> None:
        super().__init__()
        self.state = state
        self.table: Table[SectionRow] = Table(_COLUMNS, name=_("Sections of the copy"))
        self.text = SectionText()
        self.ground = ChoiceBox((NO_GROUND, *grounds()), name=_("Ground for withholding it"))
        self.ground.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.ground.setMinimumContentsLength(24)
        self.note = QLineEdit(maxLength=LONGEST_REASON)
        self.quiet = TickBox(_("Do not sa&y on what ground"))
        self.advice = line("", "hint")
        self.out_button = button(_("&Withhold"), self.withhold, icon_name="prohibit")
        self.give_button = button(_("&Give it after all"), self.give)
        self.hand_button = button(_("Withhold sele&cted words (M)"), self.mark_selected)
        self._build()
        self.table.current_changed.connect(self._on_row_changed)
        self.table.lead_to(self.out_button, self.give_button)
        self.ground.currentIndexChanged.connect(lambda _place: self._on_ground_chosen())
        state.changed.connect(self.refresh)
        shortcut_within(self.text, keys.WITHHOLD_WORDS.sequence, self.mark_selected)
        self._on_ground_chosen()

    def _build(self) -> None:
        self.note.setAccessibleName(_("More about it (optional)"))
        fields = flow_of(
            labelled(_("Gro&und for withholding it"), self.ground), labelled(_("More a&bout it (optional)"), self.note), spacing=tokens.M
        )
        below = column_of(growing(self.text), fields, self.advice, self.quiet, flow_of(self.out_button, self.give_button, self.hand_button))
        column_in(
            self,
            tokens.S,
            growing(Panes(self.table, below, shares=(52, 48), memory=self.state.context.memory, key="pack-sections")),
            top=tokens.M,
        )
        self.table.setMinimumHeight(sized(tokens.HUGE * 2))

    def refresh(self) -> None:
        """Show the sections as they are now."""
        compiled_pack = self.state.compiled_pack
        self.table.show_rows([_row(compiled_pack, part) for part in compiled_pack.parts] if compiled_pack else ())
        self._on_row_changed(self.table.current())

    def _on_row_changed(self, row: SectionRow | None) -> None:
        compiled_pack = self.state.compiled_pack
        if compiled_pack is None or row is None:
            self.text.show_part(None, None)
            return
        self.text.show_part(compiled_pack, row.part)
        self.text.setPlaceholderText(self._instead(row))
        is_given, can_withhold = compiled_pack.is_given(row.part.name), row.part.name != RESTRICTED and bool(row.part.number)
        for widget in (self.ground, self.note, self.quiet):
            widget.setEnabled(is_given and can_withhold)
        self._on_ground_chosen()
        self.give_button.setEnabled(not is_given)
        self.hand_button.setEnabled(is_given and bool(row.part.entries))

    def _instead(self, row: SectionRow) -> str:
        if row.part.name == RESTRICTED and row.part.number:
            return _("Only someone named to read restricted notes sees what they say.")
        return _("No copy tells what is held here.") if row.part.untold else _("Nothing is held.")

    def _on_ground_chosen(self) -> None:
        """Say what the ground is good for; without one nothing can be withheld."""
        self.out_button.setEnabled(self.ground.isEnabled() and bool(self.ground.key()))
        exemption = codelist("exemption").get(self.ground.key())
        words = [exemption.law, exemption.note] if exemption else []
        self.advice.setText(". ".join(part.rstrip(".") for part in words if part) + ("." if any(words) else ""))

    def withhold(self) -> None:
        """Withhold the section on the ground chosen."""
        row, context = self.table.current(), self.state.context
        if row is None:
            return

        def work(compiled_pack: Compiled) -> Compiled:
            return deciding.withhold_section(
                context.desk, compiled_pack, row.part.name, exemption=self.ground.key(), note=self.note.text(), quiet=self.quiet.isChecked()
            )

        if refusable(self.state, work):
            self.note.clear()
            context.banner.success(_("{section} is withheld. It is still counted on the first pages.").format(section=row.part.title))

    def give(self) -> None:
        row = self.table.current()
        if row is not None:
            self.state.act(lambda compiled_pack: deciding.give_section(self.state.context.desk, compiled_pack, row.part.name))

    def mark_selected(self) -> None:
        """Withhold the words that are selected in the text."""
        selection = self.text.selected()
        if selection is None:
            self.state.context.banner.note(_("Select words in the text first: with the mouse, or with Shift and the arrow keys."))
            return
        mark_words(self.state, *selection)


def refusable(state: PackState, work: Callable[[Compiled], Compiled]) -> bool:
    """Do it; what is refused of what was typed goes to the banner in its own words."""
    try:
        return state.act(work)
    except Refused as refusal:
        state.context.banner.problem(" ".join(problem.message for problem in refusal.problems))
        return False
