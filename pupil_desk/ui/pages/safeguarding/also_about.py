"""Of which further pupils a concern is, such as brothers and sisters: each gets it in a file of their own."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, join_words
from pupil_desk.services.incidents import looking
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import button, column_in, flow_of, label
from pupil_desk.ui.pages.safeguarding.pupil_finder import PupilFinder
from pupil_desk.ui.style import tokens

_ALSO = _("Also about {pupils}. Their files get it without the pupil’s own words and the marks, which are of the first alone.")


class AlsoAbout(QWidget):
    """``changed`` comes with each change; ``chose`` once somebody is taken."""

    changed = Signal()
    chose = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.names: dict[str, str] = {}
        self.words = label("")
        self.finder = PupilFinder(context)
        self.add_button = button(_("Also about a brother or sister…"), self.find_one, "quiet", icon_name="users")
        self.none_button = button(_("About nobody else"), lambda: self.show_pupils(()), "quiet")
        column_in(self, tokens.S, self.words, flow_of(self.add_button, self.none_button), self.finder)
        self.finder.chose.connect(self._take)
        self.finder.left.connect(self._leave)
        self.show_pupils(())

    def show_pupils(self, pupil_ids: Iterable[str]) -> None:
        """These alone."""
        self._name(pupil_ids)
        self.finder.hide()
        self._show_names()

    def _name(self, pupil_ids: Iterable[str]) -> None:
        people = looking.people(self._context.desk, list(pupil_ids))
        self.names = {pupil_id: pupil.full_name for pupil_id, pupil in people.items()}
        self.words.setText(_ALSO.format(pupils=join_words(list(self.names.values()))))
        self.changed.emit()

    def _show_names(self) -> None:
        for part in (self.words, self.none_button):
            part.setVisible(bool(self.names))

    def find_one(self) -> None:
        """Look for a further pupil."""
        self.finder.begin("", "")
        self.finder.show()
        self.finder.find_box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        self._name([*self.names, self.finder.pupil_id])
        once_calm(self, self._on_taken)
        announce(self, self.words.text())
        self.chose.emit()

    def _on_taken(self) -> None:
        if self.finder.pupil_id:  # unless a further one is looked for already
            self.finder.hide()
        self._show_names()

    def _leave(self) -> None:
        self.finder.hide()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
