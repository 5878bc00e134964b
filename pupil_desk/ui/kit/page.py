"""What the window knows of a page, and the part of a page that takes the room there is."""

import logging
from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QTabBar, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import AT_THE_END, PageGroup
from pupil_desk.ui.kit.low.foldable import Foldable
from pupil_desk.ui.kit.talk.announce import turned
from pupil_desk.ui.kit.talk.ask import leave_choices
from pupil_desk.ui.kit.talk.passphrase import Passphrase, all_noted
from pupil_desk.ui.kit.watch.descendants import descendants, in_view
from pupil_desk.ui.kit.words import column_in, plain_words
from pupil_desk.ui.style import tokens

_log = logging.getLogger(__name__)
HELP_HEADING = "help_heading"
"""The property of a widget that says by which heading of the page's help it is told of."""


BESIDE: Final = "beside"  # of a draft: it keeps nobody on its page, as a file that stays open while other pages are looked at


class Page(Foldable):
    """One place on the rail. A page overrides the hooks it needs; each does nothing by itself.

    ``name`` is its key, ``title`` its words on the rail, ``icon`` a Phosphor name (``ui.style.icons.names``), ``action`` what the role
    must include for the page to open at all, ``switch`` the setting by which a unit that does not use it switches it off (``UnitSettings.uses``),
    ``group`` what it stands with on the rail (``ui.kit.groups``). One that is ``lasting`` stays
    as it was left until signing out; others are made anew where they were long out of view and ``at_rest``.
    ``self.column`` is its layout, with the page's margins; ``self.context`` what it was handed.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    icon: ClassVar[str]
    action: ClassVar[Action | None] = None
    switch: ClassVar[str] = ""
    group: ClassVar[PageGroup] = AT_THE_END
    lasting: ClassVar[bool] = False

    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setObjectName(f"page-{self.name}")
        self.setAccessibleName(self.title)
        self.column = column_in(self, tokens.M, left=tokens.XL, top=tokens.L, right=tokens.XL, bottom=tokens.L)

    def fold(self, *, is_low: bool) -> None:
        edge, margins = tokens.S if is_low else tokens.L, self.column.contentsMargins()
        self.column.setContentsMargins(tokens.XL, edge, margins.right(), edge)

    def leave_to_bar(self, wide: int) -> None:
        """The bar that scrolls the whole page, so many pixels wide or 0 while there is none, stands in the margin: what is beside it stays in its place."""
        margins = self.column.contentsMargins()
        self.column.setContentsMargins(margins.left(), margins.top(), max(0, tokens.XL - wide), margins.bottom())

    def on_show(self, object_id: str | None = None) -> None:
        """It has come into view, perhaps to show one record."""

    def on_change(self, changed: Changed) -> None:
        """Something was changed, by this page or another; look again if it concerns you."""

    def refresh(self) -> None:
        """F5: look again."""

    def speak_of(self, subject: str) -> None:
        """Whom the page shows from now on, by identity, such as a pupil; nobody without. What was said of another goes with that one."""
        self.context.banner.speak_of(self.name, subject)

    @property
    def subject(self) -> str:
        """Whom it shows, so that one is led back there after a lock; empty for its beginning."""
        return self.context.banner.subject_of(self.name)

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not kept."""
        return False

    @property
    def at_rest(self) -> bool:
        """Whether it stands as it would be made anew: nothing typed, no secret shown, no form, result or paper in the place of its first view."""
        bodies = (part for part in self.children() if isinstance(part, QStackedWidget))
        return not (self.would_lose or any(body.currentIndex() > 0 for body in bodies))

    @property
    def would_lose(self) -> bool:
        """Whether something would be lost with it: what is typed, what a lock keeps of it, or a secret that is shown."""
        return self.dirty or self.has_draft or any(secret.showing for secret in descendants(self, Passphrase))

    def save(self) -> bool:
        """Ctrl+S: keep what is typed. False when it could not be, and the page has said why."""
        return True

    def discard(self) -> None:
        """Put back what was."""

    def put_back(self) -> None:
        """Esc: put back what was, with a way to undo that. Nothing typed is lost for good."""
        if not self.dirty:
            return
        draft = self.draft()
        self.discard()
        undo = (_("&Undo"), partial(self._bring_back, draft)) if draft is not None else None
        self.context.banner.success(_("Put back as it was."), undo=undo)

    def _bring_back(self, draft: dict[str, Any]) -> None:
        """Undo the putting back. What was typed since is put back itself, and can be brought back in its turn."""
        self.put_back()
        self.take_draft(draft)

    def undo(self) -> bool:
        """Ctrl+Z: take back the last of what is typed and not kept, where the page does so by steps; False where there is none."""
        return False

    def leave(self) -> bool:
        """Whether the page may be left; asks when something is not kept, and before a password goes that is not noted."""
        if not self.secrets_noted():
            return False
        if not self.dirty:
            return True
        answer = self.context.ask.choose(
            _("Save your changes?"), _("You have typed something here that is not saved yet."), leave_choices(), safe="stay"
        )
        if answer == "save":
            return self.save()
        if answer == "discard":
            self.discard()
            return True
        return False

    def may_close(self) -> bool:
        """Whether the window may close with what the page holds that goes with it, in view or not; asks where something would be lost."""
        return True

    def secrets_noted(self) -> bool:
        """Whether no password stands on the page, or the person has noted it."""
        return all_noted(self.context.ask, list(descendants(self, Passphrase)))

    @property
    def has_draft(self) -> bool:
        """Whether it holds what a lock keeps for whoever comes back: what is typed, and of some pages what is open there and may be left so."""
        return self.dirty

    def draft(self) -> dict[str, Any] | None:
        """What is typed and not kept, as JSON would hold it, for a lock or a crash; None when there is nothing."""
        return None

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""

    def take_kept_draft(self, draft: dict[str, Any]) -> bool:
        """Put back a draft that the file kept. False where not all of it can be: an earlier version of the program had kept it otherwise."""
        try:
            self.take_draft(draft)
        except (AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
            _log.warning("draft not put back whole: %s", type(error).__name__)
            return False
        return True

    def back_words(self, time: str) -> str:
        """What is said once a draft of that time is put back."""
        return _("What you had typed at {time} is back. Save it, or press Esc to put back what was.").format(time=time)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.put_back()
        else:
            super().keyPressEvent(event)

    def close_popups(self) -> None:
        """Close what stands over the window, before a lock."""
        self.context.ask.dismiss()
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass

    def search(self) -> None:
        """Ctrl+F: put the cursor into this page's search box."""

    def print_(self) -> None:
        """Ctrl+P: print, or show what would be printed."""

    def help_headings(self) -> list[str]:
        """What is in view, as headings of the page's help name it: what lies within something before that. A tab is named by its words, another
        widget by its ``HELP_HEADING``."""
        named = [
            plain_words(widget.tabText(widget.currentIndex())) if isinstance(widget, QTabBar) else widget.property(HELP_HEADING)
            for widget in reversed(list(in_view(self)))
        ]
        return [heading for heading in named if heading]

    def panes(self) -> list[QWidget]:
        """The parts that F6 goes round; by itself the page as a whole."""
        return [self]


def in_use(pages: Sequence[type[Page]], settings: UnitSettings) -> tuple[type[Page], ...]:
    """Those that the unit has not switched off."""
    return tuple(page for page in pages if settings.uses(page.switch))


class Body(QStackedWidget):
    """One of several views beneath a heading.

    What does not fit scrolls inside the view, so that the page as a whole stands still; only where the view's least size
    finds no room, as at 200 % text size, the page scrolls too.
    """

    def __init__(self, *views: QWidget) -> None:
        super().__init__()
        for view in views:
            self.addWidget(view)
        self.currentChanged.connect(lambda _place: self._on_turned())

    def _on_turned(self) -> None:
        self.updateGeometry()
        turned(self)

    def put[W: QWidget](self, view: W) -> W:
        """Add a view that is made when it is first needed; returns it."""
        self.addWidget(view)
        return view

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """That of the view one sees: a hidden one that needs more does not make the page scroll."""
        view = self.currentWidget()
        return view.minimumSizeHint().expandedTo(view.minimumSize()) if view is not None else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSizeHint()


class Alternatives(QWidget):
    """One of several parts within something that scrolls: as tall as the one in view needs to be at its width, where a ``Body`` is as tall as its page."""

    def __init__(self) -> None:
        super().__init__()
        self._parts = column_in(self)

    def add(self, part: QWidget) -> None:
        """One more, which is not in view yet."""
        part.hide()
        self._parts.addWidget(part)

    def take_out(self, part: QWidget) -> None:
        """Take one out for good."""
        part.hide()
        self._parts.removeWidget(part)
        part.deleteLater()

    def show_alone(self, part: QWidget) -> None:
        """Have this one in view."""
        for other in self.children():
            if isinstance(other, QWidget) and other is not part:
                other.hide()
        part.show()
