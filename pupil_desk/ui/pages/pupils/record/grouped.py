"""A part of the record that holds several lists, such as provision and needs: one of them in view, and only that one edited."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker

from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.tabs import SteadyTabs, name_tabs
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.kit.words import column_in
from pupil_desk.ui.pages.pupils.record.part import RecordPart
from pupil_desk.ui.pages.pupils.record.several import SeveralPart


class GroupPart(RecordPart):
    """The lists, each under its own words. Going to another with changes asks first, as the record does."""

    def __init__(self, context: Context, may_leave: Callable[[], bool], name: str) -> None:
        super().__init__(context, may_leave)
        self.record: PupilRecord | None = None
        self._tab_place = 0
        self._stale: set[int] = set()
        self.lists: list[SeveralPart[Any]] = []
        self._words: list[str] = []  # of each list, on its tab
        self.tabs = SteadyTabs()
        name_tabs(self.tabs, name)
        column_in(self, None, self.tabs)

    def take_lists(self, lists: Sequence[tuple[str, SeveralPart[Any]]]) -> None:
        """The lists with their words, in order."""
        for words, several in lists:
            self.lists.append(several)
            self._words.append(words)
            several.edited.connect(self.edited)
            several.record_saved.connect(self.record_saved)

    def put_in(self) -> None:
        for words, several in zip(self._words, self.lists, strict=True):
            several.hold_back()
            self.tabs.addTab(several, words)
            pause()
            several.put_in()
            pause()
        self.tabs.currentChanged.connect(self._on_tab_changed)

    def read(self, record: PupilRecord) -> None:
        """Ask the service for what the lists show."""
        raise NotImplementedError

    @property
    def current(self) -> SeveralPart[Any]:
        """The list in view."""
        return self.lists[self._tab_place]

    def show_record(self, record: PupilRecord) -> None:
        self.record = record
        self.read(record)
        self._stale = set(range(len(self.lists)))
        self._fill()

    def _fill(self) -> None:
        if self.record is not None and self._tab_place in self._stale:
            self._stale.discard(self._tab_place)
            self.current.show_record(self.record)

    def _on_tab_changed(self, place: int) -> None:
        if place != self._tab_place and self.current.dirty:
            self._turn_silently(self._tab_place)
            if not self.may_leave():
                return
            self._turn_silently(place)
        self._tab_place = place
        self._fill()
        self.edited.emit()

    def _turn_silently(self, place: int) -> None:
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(place)

    def turn_to(self, several: SeveralPart[Any]) -> bool:
        """Show that list; False when the person stays with what is typed."""
        self.tabs.setCurrentIndex(self.lists.index(several))
        return self.current is several

    @property
    def dirty(self) -> bool:
        return self.current.dirty

    @property
    def adding(self) -> bool:
        return self.current.adding

    @property
    def goes_on(self) -> bool:
        return self.current.goes_on

    def save(self) -> bool:
        return self.current.save()

    def put_back(self) -> None:
        self.current.put_back()

    def draft(self) -> dict[str, Any]:
        return {"list": self._tab_place, **self.current.draft()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.tabs.setCurrentIndex(draft["list"])
        self.current.take_draft(draft)

    def focus_first(self) -> None:
        self.current.focus_first()

    def focus_on(self, kind: str, row_id: str, item: str) -> None:
        record_type = RECORDS.get(kind)
        several = next((part for part in self.lists if part.form.record_type is record_type), None)
        if several is None:
            self.focus_first()
        elif self.turn_to(several):
            several.focus_on(kind, row_id, item)
