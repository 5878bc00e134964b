"""What a note said before: each earlier wording whole, with who wrote it and when."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.papers.note import Wording
from pupil_desk.ui.kit.words import card, label
from pupil_desk.ui.style import tokens


def signed(one: Wording) -> str:
    """Who wrote a wording, and when."""
    at = local_time(one.at)
    return _("{who}, {day}, {time}").format(who=one.by or _("Someone who has left"), day=short_date(at.date()), time=at.strftime("%H:%M"))


class WordingsBox(QWidget):
    """The earlier wordings, the latest of them first."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(tokens.S)
        self._cards: list[QWidget] = []

    def show_wordings(self, earlier: Sequence[Wording]) -> None:
        """These instead of those shown."""
        for old in self._cards:
            self.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = [_card(one) for one in reversed(earlier)]
        for new in self._cards:
            self.column.addWidget(new)


def _card(one: Wording) -> QWidget:
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
    column.setSpacing(tokens.THIN)
    column.addWidget(label(signed(one), "muted"))
    about = [codelist("note_category").label_of(one.note.category), short_date(one.note.day)]
    if one.note.follow_up is not None:
        about.append(_("look at it again on {day}").format(day=short_date(one.note.follow_up)))
    column.addWidget(label(", ".join(about), "label"))
    column.addWidget(label(one.note.text))
    return frame
