"""A page of lists, each beside the form of its row, over which a paper may lie: what is typed in a list is what the page has to keep."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Protocol

from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.pdf.style import A4
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard
from pupil_desk.ui.kit.forms.listed import ListedForm
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.papers.stories import ask_half_term, show_story
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.words import fill, growing


class MadePaper(Protocol):
    """A paper of which the story is written, to be shown and printed."""

    @property
    def story(self) -> Sequence[Block]: ...

    @property
    def title(self) -> str: ...

    @property
    def guard(self) -> Guard: ...


class ListedPage(Page):
    """A page says which lists it has, where each is in view, and of which changes it looks again (``concerning``)."""

    concerning: ClassVar[frozenset[str]]
    tabs: Tabs  # of a page that has any

    def lay_out(self, heading: Heading, *above: QWidget, view: QWidget, paper: Paper) -> None:
        """Beneath the heading, and what stands above it, the view of the lists, in whose place the paper comes."""
        self.heading, self.paper, self.body = heading, paper, Body(view, paper)
        paper.closed.connect(self._close_paper)
        fill(self.column, heading, *above, growing(self.body))

    # what a page of its kind says

    @abstractmethod
    def lists(self) -> Sequence[ListedForm[Any]]:
        """Those that are made."""

    @abstractmethod
    def bring_list(self, key: str) -> ListedForm[Any]:
        """The list of that ``key``, made where it was not, and in view."""

    @abstractmethod
    def parts_in_view(self) -> list[QWidget]:
        """What F6 goes round beneath the heading, while no paper lies there."""

    # what the window asks

    def on_change(self, changed: Changed) -> None:
        """Something that its lists tell of changed."""
        if changed.kinds & self.concerning and self.isVisible():
            self.refresh()

    def panes(self) -> list[QWidget]:
        """Commands, then the list and what is beside it, or the paper."""
        return [self.heading, *([self.paper] if self.body.currentWidget() is self.paper else self.parts_in_view())]

    def turn_to_tab(self, name: str) -> bool:
        """Of a page with tabs, that of this name in view, as it is now; for «» the one that is, for any other name the first, of which it is a row: whether that one is to be gone to."""
        place = self.tabs.place_of(name) if name else self.tabs.currentIndex()
        if place == self.tabs.currentIndex():
            self.refresh()
        else:
            self.tabs.setCurrentIndex(place)  # which makes it in steps, and refreshes it
        return bool(name) and place == 0 == self.tabs.currentIndex()  # it may be that what is typed in another is not left

    def take_cursor(self) -> None:
        """Into the list, where the cursor is nowhere yet."""
        if QApplication.focusWidget() in (None, self):
            self.panes()[1].setFocus()

    def bring_paper(self) -> None:
        """Have the paper in view."""
        self.body.setCurrentWidget(self.paper)

    def confirmed(self, protected: Callable[[], Sequence[Pupil]], title: str, text: str, verb: str, **names: str) -> list[str] | None:
        """Those of the protected pupils of whom somebody said that it is told, each asked about by name; None where that may not be asked.

        ``title`` and ``text`` have the place ``{pupil}``, and those of other ``names``."""
        asked_pupils = self.context.attempt(protected)
        if asked_pupils is None:
            return None
        confirm = self.context.ask.confirm
        return [
            pupil.id
            for pupil in asked_pupils
            if confirm(title.format(pupil=pupil.full_name, **names), text.format(pupil=pupil.full_name, **names), verb)
        ]

    def say_left_out(self, left_out: Sequence[str]) -> None:
        """Of whom nothing stands on a paper, and why; nothing is said where nobody is left out."""
        if left_out:
            self.context.banner.note(_("Left out. {who}").format(who=" ".join(left_out)))

    def show_made(
        self, made_paper: MadePaper, on_printed: Callable[[], None], *, page_size: tuple[float, float] = A4, footer: str = ""
    ) -> None:
        """A paper that is made, where the lists stood; ``on_printed`` is told once it went to the printer."""
        show_story(
            self,
            self.context,
            self.paper,
            story=made_paper.story,
            title=made_paper.title,
            guard=made_paper.guard,
            bring_forward=self.bring_paper,
            on_printed=on_printed,
            page_size=page_size,
            footer=footer,
        )

    def show_of_half_term[P: MadePaper](
        self, title: str, text: str, make: Callable[[Term], P], log_print: Callable[[Desk, P], None]
    ) -> None:
        """A paper of a half-term, once it is said of which; ``log_print`` is told once it went to the printer."""
        term = ask_half_term(self.context, title, text)
        made_paper = self.context.attempt(lambda: make(term)) if term is not None else None
        if made_paper is not None:
            self.show_made(made_paper, lambda: log_print(self.context.desk, made_paper))

    def _close_paper(self) -> None:
        self.paper.clear()
        self.body.setCurrentIndex(0)
        self.panes()[1].setFocus()

    # what is typed

    @property
    def dirty(self) -> bool:
        return any(listed.dirty for listed in self.lists())

    def save(self) -> bool:
        return all(listed.save() for listed in self.lists() if listed.dirty)

    def discard(self) -> None:
        for listed in self.lists():
            listed.put_back()

    def draft(self) -> dict[str, Any] | None:
        """That of each list, by its key."""
        drafts = {listed.key: draft for listed in self.lists() if (draft := listed.draft()) is not None}
        return drafts or None

    def take_draft(self, draft: dict[str, Any]) -> None:
        for key, list_draft in draft.items():
            listed = self.bring_list(key)
            if listed.key != key:
                raise LookupError(key)  # an earlier version named its lists otherwise
            listed.take_draft(list_draft)
