"""What a report about one of several pupils says in place of the account: typed, from what it says of the pupil alone, or left out.

Beside it stands what is on file of the account; what is the pupil's own stands in the fields as it is, to be read and said otherwise.
"""

import dataclasses
from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.services.incidents.told_account import OF_PUPIL, REWORDED, OwnWords
from pupil_desk.services.program import keys
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import STRETCH, allow, button, column_in, column_of, flow_of, growing, label
from pupil_desk.ui.pages.incidents.account_text import AccountText
from pupil_desk.ui.style import tokens


class OwnWordsView(QWidget):
    """``words_said`` carries the words, none of them where the account is left out; ``closed`` comes on Esc."""

    words_said = Signal(object)
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._find_proposal: Callable[[], OwnWords] = dict
        self._names: tuple[str, ...] = ()  # of the texts that are asked
        self._own_texts: OwnWords = {}  # what is the pupil's own, as it is on file
        self._said: OwnWords = {}
        self.title = label("", "subhead")
        hint = label(
            _(
                "Other pupils are in this account. What it says of them is not for this report, even without a name. Say it in words about this pupil alone, and read what stands in the other fields."
            ),
            "muted",
        )
        self.account = AccountText(_("The account on file"))
        self.form = Form(Incident, today=context.desk.today, only=(*REWORDED, *OF_PUPIL))
        self.form.fields["account"].hint.setText(_("It is sent as it stands here"))
        self.use_button = button(_("&Use these words"), lambda: self.words_said.emit(self.words()), "primary", icon_name="check")
        self.propose_button = button(_("Propo&se it without others"), self._propose, icon_name="pencil-simple")
        self.leave_button = button(_("&Leave the account out"), self._leave_out, icon_name="prohibit")
        content = column_of(self.form, STRETCH, right=tokens.S)
        buttons = flow_of(self.use_button, self.propose_button, self.leave_button, button(_("&Back (Esc)"), self.closed.emit))
        column_in(self, tokens.S, self.title, hint, growing(self.account), growing(scrolled(content)), buttons)
        self.form.edited.connect(self._on_edited)
        shortcut_within(self, keys.ESC.sequence, self.closed.emit)

    def begin(
        self, title: str, wording: Incident, names: Collection[str], find_proposal: Callable[[], OwnWords], said_before: OwnWords
    ) -> None:
        """Ask for what stands in place of these texts of a wording; what was said for another reader of the same report is offered again."""
        self._names, self._find_proposal = tuple(names), find_proposal
        self._own_texts = {name: getattr(wording, name).strip() for name in OF_PUPIL if name in names}
        self.title.setText(title)
        nothing: dict[str, Any] = dict.fromkeys(("place", *OF_PUPIL))
        self.account.show_wording(dataclasses.replace(wording, **nothing))
        self.form.show_record(None, **{**self._own_texts, **said_before})
        self.form.show_items(self._names)
        self._said = self.words()
        self._on_edited()
        (self.use_button if said_before else self.propose_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> dict[str, str]:
        """What is typed, by attribute; of the pupil's own texts also that nothing is left of one."""
        texts = {name: self.form.fields[name].editor.typed_text().strip() for name in self._names}
        return {name: text for name, text in texts.items() if text or name in self._own_texts}

    @property
    def is_begun(self) -> bool:
        """Whether something else is typed than stands on file."""
        return self.words() != self._own_texts

    @property
    def dirty(self) -> bool:
        """Whether other words are typed than were said last."""
        return self.words() != self._said

    def take_as_said(self, own_words: OwnWords) -> None:
        """These words are what the report says."""
        self._said = own_words

    def forget(self) -> None:
        """Keep nothing of it."""
        self._names, self._find_proposal, self._said, self._own_texts = (), dict, {}, {}
        self.account.show_wording(None)
        self.form.show_record(None)

    def _of_account(self) -> list[str]:
        return [name for name in self._names if name not in self._own_texts]

    def _leave_out(self) -> None:
        """Say what is the pupil's own, and nothing in place of the account."""
        self.words_said.emit({name: text for name, text in self.words().items() if name in self._own_texts})

    def _propose(self) -> None:
        """Put in what the account says of the pupil alone, where nothing is typed yet: it is read, and said otherwise."""
        proposal = self._context.attempt(self._find_proposal)
        if proposal is None:
            return
        typed_names = self.words()
        found_texts = {name: text for name, text in proposal.items() if name not in typed_names}
        if not found_texts:
            self._context.banner.note(
                _("No sentence names this pupil and speaks of nobody else. Type the words, or leave the account out.")
            )
        self.form.take_draft(found_texts)
        self._on_edited()
        self.form.focus(self._names[0])

    def _on_edited(self) -> None:
        typed_names = self.words()
        of_account = self._of_account()
        allow(self.use_button, any(name in typed_names for name in of_account), _("Say something first, or leave the account out"))
        allow(self.propose_button, any(name not in typed_names for name in of_account), _("Words stand in every field already"))
