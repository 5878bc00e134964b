"""What a report about one of several pupils says in place of the account: typed, from the account without the others, or left out."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.services.incidents.told_account import REWORDED, OwnWords
from pupil_desk.services.program import keys
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import STRETCH, allow, button, column_in, column_of, flow_of, growing, label
from pupil_desk.ui.style import tokens


class OwnWordsView(QWidget):
    """``words_said`` carries the words, none of them where the account is left out; ``closed`` comes on Esc."""

    words_said = Signal(object)
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._find_proposal: Callable[[], OwnWords] = dict
        self._names: tuple[str, ...] = ()
        self._said: OwnWords = {}
        self.title = label("", "subhead")
        hint = label(
            _(
                "Other pupils are in this account. What it says of them is not for this report, even without a name. Say it in words about this pupil alone."
            ),
            "muted",
        )
        self.form = Form(Incident, today=context.desk.today, only=REWORDED)
        self.use_button = button(_("&Use these words"), lambda: self.words_said.emit(self.words()), "primary", icon_name="check")
        self.propose_button = button(_("Propo&se it without others"), self._propose, icon_name="pencil-simple")
        self.leave_button = button(_("&Leave the account out"), lambda: self.words_said.emit({}), icon_name="prohibit")
        content = column_of(self.form, STRETCH, right=tokens.S)
        buttons = flow_of(self.use_button, self.propose_button, self.leave_button, button(_("&Back (Esc)"), self.closed.emit))
        column_in(self, tokens.S, self.title, hint, growing(scrolled(content)), buttons)
        self.form.edited.connect(self._on_edited)
        shortcut_within(self, keys.ESC.sequence, self.closed.emit)

    def begin(self, title: str, texts: Mapping[str, str], find_proposal: Callable[[], OwnWords], said_before: OwnWords) -> None:
        """Ask for what stands in place of these texts; what was said for another reader of the same report is offered again."""
        self._names, self._find_proposal = tuple(texts), find_proposal
        self.title.setText(title)
        self._said = said_before
        self.form.show_record(None, **said_before)
        self.form.show_items(self._names)
        self._on_edited()
        (self.use_button if said_before else self.propose_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> dict[str, str]:
        """What is typed, by attribute."""
        texts = {name: self.form.fields[name].editor.typed_text().strip() for name in self._names}
        return {name: text for name, text in texts.items() if text}

    @property
    def dirty(self) -> bool:
        """Whether other words are typed than were said last."""
        return self.words() != self._said

    def take_as_said(self, own_words: OwnWords) -> None:
        """These words are what the report says."""
        self._said = own_words

    def forget(self) -> None:
        """Keep nothing of it."""
        self._names, self._find_proposal, self._said = (), dict, {}
        self.form.show_record(None)

    def _propose(self) -> None:
        """Put in the account without the others, where nothing is typed yet: it is read, and said otherwise."""
        proposal = self._context.attempt(self._find_proposal)
        if proposal is not None:
            self.form.take_draft({name: text for name, text in proposal.items() if name not in self.words()})
            self._on_edited()
            self.form.focus(self._names[0])

    def _on_edited(self) -> None:
        allow(self.use_button, bool(self.words()), _("Say something first, or leave the account out"))
