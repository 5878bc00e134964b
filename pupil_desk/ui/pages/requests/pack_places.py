"""The places that may name someone else: a list, the text in which each stands, and two keys: W withholds, G gives; both go on to the next."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.services.packs import deciding, people
from pupil_desk.services.packs.content import Compiled, MarkedPlace, Passage
from pupil_desk.services.program import keys
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_in, column_of, flow_of, growing, label, line, row_layout
from pupil_desk.ui.pages.requests.pack_state import PackState
from pupil_desk.ui.pages.requests.pack_text import SectionText
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_SIGNS = {None: "circle-dashed", PlaceVerdict.WITHHOLD: "eye-slash", PlaceVerdict.RELEASE: "check"}


_NOBODY_NAMED = _("Nobody else is named"), _("No name of another person that the file knows was found in this copy.")


def _nothing_open(compiled_pack: Compiled | None) -> tuple[str, str]:
    """Why the list of what is still to decide is empty: a heading and a sentence."""
    if compiled_pack is None or not compiled_pack.marks:
        return _NOBODY_NAMED
    decided = sum(compiled_pack.is_given(mark.place.section) for mark in compiled_pack.marks)
    titles = {0: _("Nothing is left to decide"), 1: _("The one place is decided")}
    title = titles.get(decided, _("All {number} places are decided").format(number=decided))
    return title, _("Choose “All places” to look at them again, and to change what was decided.")


def _decided(mark: MarkedPlace) -> str:
    words = {None: _("To decide"), PlaceVerdict.WITHHOLD: _("Withheld"), PlaceVerdict.RELEASE: _("Given")}
    return words[mark.said]


def _mark_words(mark: MarkedPlace) -> str:
    """All that is known of a place, in sentences."""
    rule = people.rules()[mark.whose]
    parts = [_("{words}: {who}.").format(words=mark.words, who=mark.who or rule.label), rule.why]
    if mark.times > 1:
        parts.append(_("{number} records say the same, and are decided together.").format(number=mark.times))
    if mark.said is None:
        parts.append(_("Proposed: {what}.").format(what=_("withhold") if mark.proposed is PlaceVerdict.WITHHOLD else _("give")))
    elif mark.reason:
        parts.append(
            _("{decided}: {reason}.").format(decided=_decided(mark), reason=codelist("redaction_reason").label_of(mark.reason).rstrip("."))
        )
    return " ".join(parts)


def _gravest_first(marks: Sequence[MarkedPlace]) -> list[MarkedPlace]:
    """What is proposed to be withheld before what is not, each in the order of the copy."""
    return sorted(marks, key=lambda mark: mark.proposed is not PlaceVerdict.WITHHOLD)


_COLUMNS: tuple[Column[MarkedPlace], ...] = (
    Column("words", _("Words"), lambda mark: " ".join(mark.words.split()), width=16, tip=_mark_words, icon=lambda mark: _SIGNS[mark.said]),
    Column("whose", _("Whose"), lambda mark: mark.who or people.rules()[mark.whose].label, stretch=True, width=12, tip=_mark_words),
    Column("said", _("Decided"), _decided, longest=_("To decide")),
)


class PackPlaces(QWidget):
    """The list above, the text below or beside it."""

    def __init__(self, state: PackState) -> None:
        super().__init__()
        self.state = state
        self.empty = EmptyState("check-circle", *_NOBODY_NAMED)
        self.scope_box = ChoiceBox((("open", _("Still to decide")), ("all", _("All places"))), name=_("Which places"))
        self.count = line("", "muted")
        self.table: Table[MarkedPlace] = Table(
            _COLUMNS, name=_("Places that may name someone else"), id_of=lambda mark: mark.place, several=True, empty=self.empty
        )
        self.mark_label = label("", "muted")
        self.text = SectionText()
        self.withhold_button = button(_("&Withhold (W)"), self.withhold, "primary", icon_name="eye-slash")
        self.give_button = button(_("&Give it (G)"), self.give, icon_name="check")
        self.back_button = button(_("Take &back"), self.take_back)
        self.all_button = button(_("As &proposed, all"), self.accept)
        self.hand_button = button(_("Withhold sele&cted words (M)"), self.mark_selected)
        self._build()
        self.table.current_changed.connect(self._on_row_changed)
        self.table.lead_to(self.withhold_button, self.give_button, self.back_button)
        self.scope_box.currentIndexChanged.connect(lambda _place: self.refresh())
        state.changed.connect(self.refresh)
        for owner in (self.table, self.text):
            for key, act in ((keys.WITHHOLD, self.withhold), (keys.GIVE, self.give), (keys.WITHHOLD_WORDS, self.mark_selected)):
                shortcut_within(owner, key.sequence, act)

    def _build(self) -> None:
        above = column_of(row_layout(self.scope_box, growing(self.count), spacing=None), growing(self.table))
        below = column_of(self.mark_label, growing(self.text))
        self.table.setMinimumHeight(sized(tokens.HUGE * 2))
        panes = Panes(above, below, shares=(50, 50), memory=self.state.context.memory, key="pack-places")
        column_in(
            self,
            tokens.S,
            growing(panes),
            flow_of(self.withhold_button, self.give_button, self.all_button, self.back_button, self.hand_button),
            top=tokens.M,
        )

    def refresh(self) -> None:
        """Show the places as they are now."""
        compiled_pack = self.state.compiled_pack
        marks: Sequence[MarkedPlace] = (
            ()
            if compiled_pack is None
            else _gravest_first(compiled_pack.undecided)
            if self.scope_box.key() == "open"
            else compiled_pack.marks
        )
        open_ = 0 if compiled_pack is None else len(compiled_pack.undecided)
        self.count.setText(count_of(open_, _("place to decide"), _("places to decide")) if open_ else _("All places are decided"))
        self.empty.say(*_nothing_open(compiled_pack))
        self.table.show_rows(marks)
        self._on_row_changed(self.table.current())
        for widget in (self.withhold_button, self.give_button, self.back_button):
            widget.setEnabled(bool(marks))
        self.all_button.setEnabled(bool(open_))

    def _on_row_changed(self, mark: MarkedPlace | None) -> None:
        compiled_pack = self.state.compiled_pack
        if compiled_pack is None or mark is None:
            self.mark_label.setText("")
            self.text.show_part(compiled_pack, None if compiled_pack is None else self.text.part_in(compiled_pack))
            return
        where = _("{section}, {field}.").format(section=compiled_pack.part(mark.place.section).title, field=mark.label)
        self.mark_label.setText(f"{where} {_mark_words(mark)}")
        self.text.show_part(compiled_pack, compiled_pack.part(mark.place.section))
        self.text.go_to(mark.place)

    def _selected_marks(self) -> list[MarkedPlace]:
        return self.table.selected()

    def withhold(self) -> None:
        """Withhold the places chosen, and go on to the next."""
        self._decide(PlaceVerdict.WITHHOLD)

    def give(self) -> None:
        """Give the places chosen, and go on to the next."""
        self._decide(PlaceVerdict.RELEASE)

    def _decide(self, decision: PlaceVerdict) -> None:
        marks = self._selected_marks()
        if marks:
            self._go_on(
                lambda: self.state.act(lambda compiled_pack: deciding.decide(self.state.context.desk, compiled_pack, marks, decision))
            )

    def _go_on(self, act: Callable[[], bool]) -> None:
        """Do it, and stand on what followed; the focus stays in the list."""
        place = self.table.currentIndex().row()
        before = len(self.table.rows)
        if act() and self.table.rows:
            following = place if len(self.table.rows) < before else place + 1
            self.table.selectRow(min(following, len(self.table.rows) - 1))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> None:
        """Take back what was said of the place one is on."""
        mark = self.table.current()
        if mark is not None and mark.said is not None:
            self.state.act(lambda compiled_pack: deciding.take_back(self.state.context.desk, compiled_pack, mark))

    def accept(self) -> None:
        """Do with all that are open what is proposed, after one question."""
        compiled_pack = self.state.compiled_pack
        if compiled_pack is None or not compiled_pack.undecided:
            return
        withheld = sum(mark.proposed is PlaceVerdict.WITHHOLD for mark in compiled_pack.undecided)
        text = _("{withheld} withheld, {given} given. You can look at each of them under “All places”, and change it.").format(
            withheld=count_of(withheld, _("place is"), _("places are")), given=len(compiled_pack.undecided) - withheld
        )
        if self.state.context.ask.confirm(_("Decide all as proposed?"), text, _("Decide as proposed")):
            self.state.act(lambda now: deciding.accept(self.state.context.desk, now))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark_selected(self) -> None:
        """Withhold the words that are selected in the text, here or wherever they stand."""
        selection, context = self.text.selected(), self.state.context
        if selection is None:
            context.banner.note(_("Select words in the text first: with the mouse, or with Shift and the arrow keys."))
            return
        mark_words(self.state, *selection)


def mark_words(state: PackState, passage: Passage, start: int, stop: int) -> None:
    """Ask where these words are to be withheld, and do it."""
    choices = (Choice("all", _("Everywhere"), "primary"), Choice("here", _("Only here")), Choice("no", _("Cancel")))
    answer = state.context.ask.choose(
        _("Withhold these words?"), _("They can be withheld here, or wherever the copy has the very same words."), choices, safe="no"
    )
    if answer != "no":
        state.act(
            lambda compiled_pack: deciding.mark_by_hand(
                state.context.desk, compiled_pack, passage, start, stop, in_all_records=answer == "all"
            )
        )
