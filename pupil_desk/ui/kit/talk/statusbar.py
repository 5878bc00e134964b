"""The bar at the foot of the window: what is said, and beside it the work under way, or where one is and who is signed in.

Its parts keep their room, whatever is said: nothing beside them moves. Where one is and who is signed in stand in one line where three fifths
of the width are enough for it, and else in two. In a low window all stands in one line, and where one is and who is signed in give way to what is said;
to what the signs in view mean gives way when the last backup was.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QStatusBar, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.flow import turn
from pupil_desk.ui.kit.lists.legend import SignLegend
from pupil_desk.ui.kit.low.foldable import Foldable
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.talk.clipped import Clipped
from pupil_desk.ui.kit.talk.progress import ProgressStrip
from pupil_desk.ui.kit.words import Elided, growing, row_in, row_layout, set_look
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import look, sized

_MOST = 0.6  # of the width that they take in one line: at 150 % on the usual screen that is enough
_LEAST = 470  # pixels at 100 % of what stands beside what is said: the work under way has its words, its bar and Cancel there


class _Line(Foldable):
    """All that stands in the bar. ``folds`` carries whether the window is low now."""

    folds = Signal(bool)

    def fold(self, *, is_low: bool) -> None:
        self.folds.emit(is_low)


class StatusBar(QStatusBar):
    """``backup``, ``unit`` and ``user`` are there to be read while nothing is said; the work under way takes their place, and near its end the time
    until the lock."""

    def __init__(self, banner: Banner, progress: ProgressStrip, *, unit: str, user: str) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.backup, self.unit, self.user = Elided(), Elided(unit), Elided(user)
        self._is_low = False
        for part, name in ((self.backup, _("Last proved backup")), (self.unit, _("Unit")), (self.user, _("Signed in"))):
            part.setAccessibleDescription(name)
        self._locking = Clipped()
        set_look(self._locking, "urgent")
        self._locking.setAccessibleDescription(_("Locking"))
        facts = QWidget()
        for part in (self.backup, self.unit, self.user):
            part.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        who = row_layout(growing(self.unit), self.user, spacing=0)
        self._lines = row_in(facts, 0, growing(self.backup), who, right=tokens.L)
        self.banner, self.progress, self._facts = banner, progress, facts
        self._beside = QStackedWidget()
        self._beside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        for taking_turns in (facts, progress, self._locking):
            self._beside.addWidget(taking_turns)
        whole = _Line()
        banner.show_at_rest(legend := SignLegend())
        self._row = row_in(whole, tokens.S, banner, self._beside, left=tokens.S)
        self._share()
        whole.folds.connect(self._fold)
        progress.shown.connect(self._settle)
        for told in (banner.said, legend.changed):
            told.connect(self._share)
        if (dress := look()) is not None:
            dress.changed.connect(self._share)
        self.addPermanentWidget(whole, 1)  # Qt hides all others while it says something of its own here

    def show_backup(self, words: str) -> None:
        """When a backup was last made and proved."""
        self.backup.setText(words)
        self._share()

    def _fold(self, is_low: bool) -> None:
        """Stand as befits the window."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._locking.lines = 1 if is_low else 2
            self.banner.stand_low(is_low=is_low)
            self.progress.stand_low(is_low=is_low)
            self._share()

    def _share(self) -> None:
        """As much to the facts as they need in one line, up to the most; else half, for two lines. In a low window what is said leaves to them."""
        half, most = self.width() // 2, int(self.width() * _MOST)
        one_line = sum(part.sizeHint().width() for part in (self.backup, self.unit, self.user)) + tokens.L + tokens.XL
        turn(self._lines, is_row=self._is_low or one_line <= most)
        beside = min(most if one_line <= most else half, max(one_line, sized(_LEAST)))
        who = one_line - self.backup.sizeHint().width()
        if self._is_low and self._beside.currentWidget() is self._facts:
            beside = max(0 if self.banner.words else who, self.width() - self.banner.width_wanted - tokens.XL)
        self.backup.setVisible(not self._is_low or beside >= one_line)
        self._beside.setVisible(not self._is_low or beside >= who)
        for place, share in enumerate((self.width() - beside, beside)):
            self._row.setStretch(place, max(1, share))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._share()

    def show_locking(self, seconds: int) -> None:
        """The seconds until the window locks, near the end; 0 for not soon."""
        self._locking.setText(_("Locking in {seconds} s. Press any key to stay.").format(seconds=seconds) if seconds > 0 else "")
        self._settle()

    def _settle(self) -> None:
        busy = self.progress if self.progress.is_shown else self._facts
        self._beside.setCurrentWidget(self._locking if self._locking.text() else busy)
        self._share()
