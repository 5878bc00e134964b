"""Where words that are withheld in one place still stand in others: the pupil's own surname, a common word. Each is looked at, and ticked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.packs import deciding
from pupil_desk.services.packs.content import Remaining
from pupil_desk.services.program import keys
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_in, flow_of, growing, label, line
from pupil_desk.ui.pages.requests.pack_state import PackState
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_SHOWN = 34  # characters of the words around a place
_OURS = _("Our own words: headings, and the first pages")


def _in_context(left: Remaining) -> str:
    before, after = " ".join(left.before[-_SHOWN:].split()), " ".join(left.after[:_SHOWN].split())
    return f"{before} ⟦{left.words}⟧ {after}".strip()


_COLUMNS: tuple[Column[Remaining], ...] = (
    Column("words", _("Words"), _in_context, stretch=True, width=24, icon=lambda left: "check-square" if left.ticked else "square"),
    Column("where", _("Where"), lambda left: left.where or _OURS, width=22),
    Column("ticked", _("May it stand?"), lambda left: _("Ticked") if left.ticked else _("To look at")),
)


class StillStanding(QWidget):
    """The list; T or Space ticks the places chosen. It is made when it comes into view, as it looks through the whole copy."""

    def __init__(self, state: PackState) -> None:
        super().__init__()
        self.state = state
        self._stale = True
        words = _("What is decided from now on is looked for here too.")
        self.table: Table[Remaining] = Table(
            _COLUMNS,
            name=_("Places where withheld words still stand"),
            id_of=lambda left: left.place,
            several=True,
            empty=EmptyState("check-circle", _("No withheld word stands elsewhere"), words),
        )
        self.count = line("", "muted")
        self.tick_button = button(_("It may stand (&T)"), self.tick, "primary", icon_name="check")
        self.word_button = button(_("All places of this wor&d"), self.tick_word)
        self.untick_button = button(_("Take the tick a&way"), self.untick)
        explain = _(
            "These places have a word that is withheld elsewhere. Tick each that may be read, as it means the pupil, or is no name here. To withhold one, select it under Sections."
        )
        column_in(
            self,
            tokens.S,
            label(explain, "muted"),
            self.count,
            growing(self.table),
            flow_of(self.tick_button, self.word_button, self.untick_button),
            top=tokens.M,
        )
        self.table.setMinimumHeight(sized(tokens.HUGE * 2))
        self.table.lead_to(self.tick_button, self.untick_button)
        state.changed.connect(self._changed)
        for key in keys.MAY_STAND.sequences:
            shortcut_within(self.table, key, self.tick)

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible() or self.state.compiled_pack is None:
            self.refresh()

    def refresh(self) -> None:
        """Look through the copy, where it has changed since."""
        if not self._stale:
            return
        self._stale = False
        compiled_pack = self.state.compiled_pack
        left = compiled_pack.remaining if compiled_pack else ()
        todo = sum(not place.ticked for place in left)
        self.count.setText(count_of(todo, _("place to look at"), _("places to look at")) if todo else _("All are ticked") if left else "")
        self.table.show_rows(left)
        for widget in (self.tick_button, self.word_button, self.untick_button):
            widget.setEnabled(bool(left))

    def tick(self) -> None:
        """Say that the withheld words may stand in the places chosen; on to the next."""
        place = self.table.currentIndex().row()
        if self._keep([left for left in self.table.selected() if not left.ticked], ticked=True) and self.table.rows:
            self.table.selectRow(min(place + 1, len(self.table.rows) - 1))

    def tick_word(self) -> None:
        """The same of every place of the word one is on, after one question."""
        now = self.table.current()
        if now is None:
            return
        same_word = [left for left in self.table.rows if left.needle == now.needle and not left.ticked]
        text = _("“{word}” stands in {places}. Have you looked at all of them?").format(
            word=now.words, places=count_of(len(same_word), _("place"), _("places"))
        )
        if same_word and self.state.context.ask.confirm(_("May all of them stand?"), text, _("They may stand")):
            self._keep(same_word, ticked=True)

    def untick(self) -> None:
        """Take back the tick of the places chosen."""
        self._keep([left for left in self.table.selected() if left.ticked], ticked=False)

    def _keep(self, left: list[Remaining], *, ticked: bool) -> bool:
        if not left:
            return False
        succeeded = self.state.act(lambda compiled_pack: deciding.tick(self.state.context.desk, compiled_pack, left, ticked=ticked))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return succeeded
