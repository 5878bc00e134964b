"""What a note said before: each earlier wording whole, with who wrote it and when."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.papers.note import Wording
from pupil_desk.ui.kit.words import card, column_in, fill, label
from pupil_desk.ui.style import tokens


def author_words(wording: Wording) -> str:
    """Who wrote a wording, and when."""
    moment = local_time(wording.at)
    return _("{who}, {day}, {time}").format(
        who=wording.by or _("Someone who has left"), day=short_date(moment.date()), time=moment.strftime("%H:%M")
    )


class WordingsBox(QWidget):
    """The earlier wordings, the latest of them first."""

    def __init__(self) -> None:
        super().__init__()
        self.column = column_in(self, tokens.S)
        self._cards: list[QWidget] = []

    def show_wordings(self, earlier: Sequence[Wording]) -> None:
        """These instead of those shown."""
        for old in self._cards:
            self.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = [_card(wording) for wording in reversed(earlier)]
        fill(self.column, *self._cards)


def _card(wording: Wording) -> QWidget:
    frame = card()
    column = column_in(
        frame, tokens.THIN, label(author_words(wording), "muted"), left=tokens.M, top=tokens.S, right=tokens.M, bottom=tokens.S
    )
    headline = [codelist("note_category").label_of(wording.note.category), short_date(wording.note.day)]
    if wording.note.follow_up is not None:
        headline.append(_("look at it again on {day}").format(day=short_date(wording.note.follow_up)))
    fill(column, label(", ".join(headline), "label"), label(wording.note.text))
    return frame
