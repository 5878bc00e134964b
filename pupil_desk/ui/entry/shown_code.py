"""The recovery code, shown once. It goes on only when two of its groups have been typed back from paper."""

from collections.abc import Callable

from pupil_desk.basics.words import _
from pupil_desk.ui.entry.panel import Panel
from pupil_desk.ui.kit.talk.passphrase import Passphrase, same_group
from pupil_desk.ui.kit.words import button, label


class ShownCode(Panel):
    """The code, a button that prints its sheet, and two boxes that prove that somebody has it on paper.

    ``proved`` goes on then. ``unchanged`` says what holds until then, for a code that is put in force by going on; the code
    of a file just made is in force already.
    """

    help_place = "safety#The recovery code"

    def __init__(
        self,
        code: str,
        proved: Callable[[], object],
        print_sheet: Callable[[], object],
        *,
        unchanged: str = "",
        back: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(
            _("Keep this recovery code"),
            _(
                "If every password is forgotten, only this code opens the unit’s file. Nobody else has it, and it is not shown again. Without it and without a password, everything is lost."
            ),
            _("Go on"),
            self._check,
        )
        self.loses = unchanged or _("Nobody has the recovery code on paper yet, and it is not shown again.")
        self._groups, self._proved, self._in_force = code.split("-"), proved, not unchanged
        self.secret = Passphrase(_("Recovery code"))
        self.add(self.secret)
        self.secret.show_secret(code)
        self.add(label(_("Print it twice: one sheet for the safe, in a sealed envelope; one for the proprietor or the authority.")))
        if unchanged:
            self.add(
                label(
                    _(
                        "Neither the new password nor this code is in force until you go on. Until then the code that you used opens the file."
                    )
                )
            )
        self.print_button = button(_("P&rint the sheet"), print_sheet, icon_name="printer")
        self.add_button(self.print_button)
        self.second = self.field(_("Type the &second group, from the paper"))
        self.last = self.field(_("Type the &last group, from the paper"))
        self.close_with([(_("Leave everything as it was"), back)] if back is not None else [])

    def begin(self) -> None:
        """Printing comes first, then typing."""
        if self.problem.isHidden():
            self.print_button.setFocus()
        else:
            super().begin()

    def _check(self) -> None:
        if not same_group(self.second, self._groups[1]):
            self.wants(self.second, _("That is not the second group of four on the sheet. Compare the two."))
        elif not same_group(self.last, self._groups[-1]):
            self.wants(self.last, _("That is not the last group of four on the sheet. Compare the two."))
        else:
            if self._in_force:
                self.forget_code()
            self._proved()

    def forget_code(self) -> None:
        """The code is in force, and on paper: it goes off the screen."""
        self.loses = ""
        self.secret.forget()
