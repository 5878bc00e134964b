"""A password that is shown once and was not noted as the window locked, or never seen where it was made: kept for that person, and shown until it is noted.

One that came while something else was in view is said to be there. It lies among the drafts of that person, under the person's own key wherever their slot holds one (``second_keys.own``).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import partial
from typing import cast

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from pupil_desk.basics.errors import CannotWrite, Known
from pupil_desk.basics.words import _
from pupil_desk.services.unit import drafts
from pupil_desk.services.unit.drafts import NOT_NOTED
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.dialogs import once_answered
from pupil_desk.ui.kit.talk.help_text import answers_to_f1
from pupil_desk.ui.kit.talk.passphrase import Passphrase, ShownSecret
from pupil_desk.ui.kit.watch.descendants import descendants
from pupil_desk.ui.kit.words import STRETCH, button, column_in, label, row_layout
from pupil_desk.ui.style import tokens


class NotNoted:
    """The passwords of the person at the desk that are not noted yet, from one sign-in to the next."""

    def __init__(self, context: Context, window: QWidget) -> None:
        self._context, self._window = context, window

    def keep(self, pages: Iterable[QWidget]) -> None:
        """Keep what stands on the pages or could not be kept when it was shown, and what was not noted before. Raises CannotWrite."""
        shown = self._standing(pages)
        if shown:
            self._keep([*self._kept(), *shown])
            self._context.not_kept.clear()

    def can_keep(self, pages: Iterable[QWidget]) -> bool:
        """Keep them now, before the window goes; whether none of them would be lost with it."""
        try:
            self.keep(pages)
        except Known:
            return False
        return True

    def keep_or_tell(self, pages: Iterable[QWidget]) -> str:
        """Keep them as the window goes; where that cannot be, a sentence that names which are lost, "" otherwise. It says none of the passwords."""
        shown = self._standing(pages)
        try:
            if shown and self._context.desk.vault.is_closed:
                raise CannotWrite("")
            self.keep(pages)
        except Known:
            names = "; ".join(secret.name for secret in shown)
            return _(
                "What was on the screen to be noted could not be kept and is lost: {names}. Make the files that it opens again."
            ).format(names=names)
        return ""

    def _standing(self, pages: Iterable[QWidget]) -> list[ShownSecret]:
        boxes = [box for page in pages for box in descendants(page, Passphrase) if box.showing]
        return [*self._context.not_kept, *(ShownSecret(box.name, box.opens, box.secret.toPlainText()) for box in boxes)]

    def take(self, secrets: Sequence[ShownSecret]) -> None:
        """Keep these, and show them once no question is open: the place where they would stand is gone.

        They are shown where the file cannot keep them, too, since nobody could open what they lock. Raises CannotWrite then.
        """
        try:
            self._keep([*self._kept(), *secrets])
        except Known:
            self._context.not_kept.extend(secrets)
            raise
        finally:
            once_answered(self._window, lambda: self._show(secrets))

    def show(self) -> None:
        """Show what was kept, one after the other."""
        self._show(self._kept())

    def _show(self, secrets: Sequence[ShownSecret]) -> None:
        if secrets:
            dialog = ShownAgain(self._window, secrets[0], is_kept=secrets[0] not in self._context.not_kept)
            dialog.accepted.connect(lambda: self._noted(secrets))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _noted(self, secrets: Sequence[ShownSecret]) -> None:
        if secrets[0] in self._context.not_kept:
            self._context.not_kept.remove(secrets[0])
        else:
            self._context.attempt(lambda: self._keep([kept for kept in self._kept() if kept != secrets[0]]))
        self._show(secrets[1:])

    def _kept(self) -> list[ShownSecret]:
        found = [draft.typed["secrets"] for draft in drafts.own_drafts(self._context.desk) if draft.page == NOT_NOTED]
        return [ShownSecret(**words) for words in cast(list[dict[str, str]], found[0])] if found else []

    def _keep(self, secrets: list[ShownSecret]) -> None:
        """In place of what was kept, each of them once."""
        if secrets:
            drafts.keep(self._context.desk, NOT_NOTED, "", {"secrets": [asdict(shown) for shown in dict.fromkeys(secrets)]})
        else:
            drafts.forget(self._context.desk, NOT_NOTED, "")


def say_of_hidden(context: Context, box: Passphrase, words: str, show: Callable[[], bool]) -> None:
    """Where the box with a password is not in view, say so until it is noted, with the way there; ``show`` tells whether one came there.

    What went wrong on the page that is in view is read first.
    """
    if not shiboken6.isValid(box) or not box.showing or box.isVisible():
        return
    banner, again = context.banner, partial(say_of_hidden, context, box, words, show)
    if banner.look == "problem":
        banner.said.connect(lambda: QTimer.singleShot(0, again), Qt.ConnectionType.SingleShotConnection)
        return
    said = banner.note(words, act=(_("&Show it"), lambda: show() or again()))
    box.forgotten.connect(partial(banner.retract, said), Qt.ConnectionType.SingleShotConnection)


class ShownAgain(QDialog):
    """Accepted by “I have noted it” alone, which no stray Enter presses; Esc, closing and a lock leave it to the next sign-in."""

    def __init__(self, parent: QWidget, shown: ShownSecret, *, is_kept: bool = True) -> None:
        super().__init__(parent)
        title = _("A password that is not noted yet")
        self.setObjectName("shown-again")
        self.setWindowTitle(title)
        self.secret = Passphrase(shown.name, shown.opens)
        self.secret.show_secret(shown.secret)
        self.noted_button = button(_("I have &noted it"), self.accept, "primary")
        self.later_button = button(_("&Later"), self.reject)
        kept_words = _("It is shown each time you sign in, until you press “I have noted it”.")
        for answer in (self.noted_button, self.later_button, self.secret.copy):
            answer.setAutoDefault(False)
        column_in(
            self,
            tokens.M,
            label(title, "subhead"),
            label(kept_words if is_kept else _("It could not be kept in the unit’s file. Note it now: it may not be shown again.")),
            self.secret,
            STRETCH,
            row_layout(STRETCH, self.noted_button, self.later_button),
            left=tokens.XL,
            top=tokens.XL,
            right=tokens.XL,
            bottom=tokens.L,
        )
        self.setMinimumWidth(tokens.READING)
        answers_to_f1(self, lambda: "exports")
        self.secret.secret.setFocus()

    def done(self, result: int) -> None:
        """Off the screen and the clipboard, whatever was answered."""
        self.secret.forget()
        super().done(result)
