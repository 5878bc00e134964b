"""Choosing several pupils, and what to do with them: one way for papers and for whatever else concerns many at once."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QMenu, QPushButton, QScrollArea, QStackedWidget, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, count_of, join_words, some_of
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import stops_in, tab_after
from pupil_desk.ui.kit.page import HELP_HEADING
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import STRETCH, aligned, button, column_in, flow_of, growing, label, row_layout, set_look, without_sign
from pupil_desk.ui.pages.pupils.list.listing import PupilList
from pupil_desk.ui.pages.pupils.list.rows import PupilRow
from pupil_desk.ui.pages.pupils.many.acts import Act, acts
from pupil_desk.ui.pages.pupils.many.frame import ActView
from pupil_desk.ui.style import tokens

_NAMED = 40  # names written out beneath; more would push everything else away
_NAMED_AT_THE_FOOT = 5
_AT_THE_CORNER = (
    Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
)  # what stands beside changes its width, as how many are in the list


class ChosenView(QWidget):
    """Stands beside the list while pupils are ticked: who is, and what to do with them. ``act_chosen`` carries the act."""

    act_chosen = Signal(object)
    ended = Signal()

    def __init__(self, desk: Desk, listing: PupilList) -> None:
        super().__init__()
        self.setProperty(HELP_HEADING, _("Several pupils at once"))
        self._desk, self._list = desk, listing
        self._rows: dict[str, PupilRow] = {}  # as they were in the list when they were ticked
        self.count = label("", "subhead")
        self.names_label = label("", "muted")
        self.all_button = button(_("Tick &all in the list"), self.tick_all, icon_name="check-square")
        self.none_button = button(_("Tick no&body"), listing.ticks.clear, icon_name="square")
        self.years_button = button(_("Tick a &year group"), lambda: None)
        self.years = QMenu(self.years_button)
        self.years.aboutToShow.connect(self._offer_years)
        self.years_button.setMenu(self.years)
        self.done_button = button(_("&Done (Esc)"), self.ended.emit)
        self.buttons: dict[str, QPushButton] = {}
        self._texts: dict[str, QLabel] = {}
        self._build()
        listing.ticks.changed.connect(self.say)
        listing.table.model_.modelReset.connect(self._on_list_changed)

    def _build(self) -> None:
        column_in(
            self,
            tokens.S,
            label(_("Choose pupils"), "subhead"),
            row_layout(growing(flow_of(self.all_button, self.years_button, self.none_button)), aligned(self.done_button, _AT_THE_CORNER)),
            label(
                _(
                    "Click a pupil, or press Space, to tick. Type a name and press Enter to tick the first one found. Ticks stay while you look for others."
                ),
                "muted",
            ),
            tokens.S,
            self.count,
            self.names_label,
            self._offers(),
            STRETCH,
        )

    def _offers(self) -> QFrame:
        frame = QFrame()
        set_look(frame, "card")
        grid = QGridLayout(frame)
        grid.setContentsMargins(tokens.M, tokens.M, tokens.M, tokens.M)
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(tokens.S)
        grid.setColumnStretch(1, 1)
        for place, act in enumerate(acts()):
            push_button = button(act.words, partial(self.act_chosen.emit, act), icon_name=act.icon)
            push_button.setProperty("look", "door")
            self.buttons[act.key], self._texts[act.key] = push_button, label(act.text, "muted")
            grid.addWidget(push_button, place, 0)
            grid.addWidget(self._texts[act.key], place, 1, Qt.AlignmentFlag.AlignVCenter)
        return frame

    def tick_all(self) -> None:
        """Everyone in the list as it is now."""
        self._list.ticks.set_ticks(row.id for row in self._list.table.rows)

    def _offer_years(self) -> None:
        self.years.clear()
        count_by_year = Counter(row.year_group for row in self._list.table.rows if row.year_group)
        for code in codelist("year_group").codes:
            if count_by_year[code]:
                words = _("{year} ({count})").format(year=codelist("year_group").label_of(code), count=count_by_year[code])
                self.years.addAction(words, partial(self._tick_year, code))
        if not count_by_year:
            self.years.addAction(_("No year groups in the list")).setEnabled(False)

    def _tick_year(self, code: str) -> None:
        self._list.ticks.set_ticks(row.id for row in self._list.table.rows if row.year_group == code)

    def say(self) -> None:
        """Who is ticked, and so what can be done."""
        self._count_the_list()
        ids = self._list.ticks.ids
        self._rows.update({row.id: row for row in self._list.table.rows})
        self.count.setText(_("{pupils} ticked").format(pupils=count_of(len(ids), _("pupil"), _("pupils"))))
        self.names_label.setText(self._names_line(ids))
        self.none_button.setEnabled(bool(ids))
        for act in acts():
            self._enable(act, bool(ids))
            for widget in (self.buttons[act.key], self._texts[act.key]):
                widget.setVisible(self._desk.settings.uses(act.switch))

    def _on_list_changed(self) -> None:
        self._count_the_list()
        for act in acts():
            self._enable(act, bool(self._list.ticks.ids))

    def _count_the_list(self) -> None:
        count = len(self._list.table.rows)
        self.all_button.setText(_("Tick &all in the list ({count})").format(count=count))
        self.all_button.setAccessibleName(without_sign(self.all_button.text()))
        self.all_button.setEnabled(bool(count))

    def _names_line(self, ids: tuple[str, ...]) -> str:
        if not ids:
            lists = [without_sign(act.words) for act in acts() if act.of_all and self._desk.settings.uses(act.switch)]
            words = _("Nobody yet. These are then of everyone in the list: {lists}.") if lists else _("Nobody yet.")
            return words.format(lists=join_words(lists))
        names = "; ".join(self._rows[pupil_id].name if pupil_id in self._rows else "" for pupil_id in ids[:_NAMED])
        if len(ids) > _NAMED:
            return _("{names}; and {count} more.").format(names=names, count=len(ids) - _NAMED)
        return f"{names}."

    def full_names(self, ids: Sequence[str]) -> list[str]:
        """Who these are, as in a sentence; nobody where one of them was never in the list here, as after a lock."""
        return [self._rows[pupil_id].full_name for pupil_id in ids] if self._rows.keys() >= set(ids) else []

    def _enable(self, act: Act, able: bool) -> None:
        push_button = self.buttons[act.key]
        refusal = only(act.action) if act.action is not None and not self._desk.may(act.action) else ""
        able = able or (act.of_all and bool(self._list.table.rows))
        push_button.setEnabled(able and not refusal)
        lacking = _("Nobody is in the list.") if act.of_all else _("Tick pupils first.")
        reason = refusal or ("" if able else lacking)
        push_button.setToolTip(reason)
        push_button.setAccessibleDescription(reason or act.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
            return
        super().keyPressEvent(event)


class Choosing(QObject):
    """Leads from the list to ticking, from there to one thing done with the ticked pupils, and back.

    ``begun`` comes when pupils are ticked from now on, ``ended`` when the list opens records again. ``leave`` asks whether what is typed elsewhere may be left.
    The first view of ``body`` holds the list.
    """

    begun = Signal()
    ended = Signal()
    edited = Signal()

    def __init__(
        self, context: Context, listing: PupilList, right: QStackedWidget, body: QStackedWidget, leave: Callable[[], bool]
    ) -> None:
        super().__init__(body)
        self._context, self._list, self._right, self._body, self._leave = context, listing, right, body, leave
        self._views: dict[str, ActView] = {}
        self.view: ActView | None = None
        self._key = ""  # of the view under way
        listing.tick_keys.ticking_ended.connect(self.end)
        listing.tick_keys.started.connect(self._begin_with)

    @cached_property
    def ticked_view(self) -> ChosenView:
        """Who is ticked, made when somebody first is: the list is shown without waiting for it."""
        view = ChosenView(self._context.desk, self._list)
        view.act_chosen.connect(self.do)
        view.ended.connect(self.end)
        return view

    @cached_property
    def _scrolled(self) -> QScrollArea:
        area = scrolled(self.ticked_view)
        self._right.addWidget(area)
        tab_after(self._list.table, stops_in(area))
        return area

    @property
    def is_on(self) -> bool:
        """Whether pupils are being ticked, or something is done with them."""
        return self._list.ticks.active

    def focus_on_view(self) -> bool:
        """Put the cursor into what is done with those ticked; False where nothing is, and the list and its field are in sight."""
        if self.view is None:
            return False
        stop = next((stop for stop in stops_in(self.view) if stop.isVisible() and stop.isEnabled()), self.view)
        stop.setFocus()
        return True

    def begin(self) -> None:
        """Tick pupils from now on; a second time, stop. From what is done with them it leads back to them."""
        if not self._leave():
            return
        if self.view is not None:
            self._back()
            return
        if self.is_on:
            self.end()
            return
        self._list.choosing(True)
        self._right.setCurrentWidget(self._scrolled)
        self.ticked_view.say()
        self._list.table.setFocus()
        self.begun.emit()

    def _begin_with(self, ids: list[str]) -> None:
        self.begin()
        if self.is_on:
            self._list.ticks.set_ticks(ids)

    def end(self) -> None:
        """The list opens records again; nobody is ticked. Who was is said, and can be ticked again."""
        if not self.is_on:
            return
        self._close()
        self._offer_back(self._list.ticks.ids)
        self._list.choosing(False)
        self.ended.emit()

    def _offer_back(self, ids: tuple[str, ...]) -> None:
        """Say whose ticks go, unless what was done with them can be undone still, which stays the one thing offered, or there is a problem to be read."""
        said = self._context.banner.message
        if ids and not (said is not None and (said.undoes or said.kind == "problem")):
            names = some_of(self.ticked_view.full_names(ids), _NAMED_AT_THE_FOOT)
            words = _("{pupils} no longer ticked: {names}.") if names else _("{pupils} no longer ticked.")
            words = words.format(pupils=count_of(len(ids), _("pupil"), _("pupils")), names=names)
            self._context.banner.success(words, undo=(_("&Tick them again"), partial(self._tick_again, ids)))

    def _tick_again(self, ids: tuple[str, ...]) -> None:
        if self.view is not None or not self.is_on:
            self.begin()
        if self.view is None and self.is_on:
            self._list.ticks.set_ticks(ids)

    def draft(self) -> dict[str, Any] | None:
        """What is typed in the view under way, with the pupils it is about; None when there is nothing."""
        if self.view is None or not self.view.has_draft:
            return None
        return {"several": self._key, "ids": list(self._list.ticks.ids), "typed": self.view.draft()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        act = next((act for act in acts() if act.key == draft["several"]), None)
        if act is None:
            return
        if not self.is_on:
            self.begin()
        if self.view is None:
            self._list.ticks.set_ticks(draft["ids"])
            self.do(act)
        if self.view is not None:
            self.view.take_draft(draft["typed"])

    def do(self, act: Act) -> None:
        """Begin one thing with the ticked pupils."""
        if act.key not in self._views:
            view = self._views[act.key] = act.make(self._context)
            self._body.addWidget(view)
            view.closed.connect(self._back)
            view.edited.connect(self.edited)
        self.view, self._key = self._views[act.key], act.key
        self._body.setCurrentWidget(self.view)
        in_list = tuple(row.id for row in self._list.table.rows) if act.of_all else ()
        self.view.begin(self._list.ticks.ids or in_list)

    def do_with(self, ids: Sequence[str], key: str, wanted: str) -> None:
        """Begin one thing, by its key, with these pupils, as where another part of the record leads to it."""
        act = next(act for act in acts() if act.key == key)
        if self.view is not None:
            self._close()
        if not self.is_on:
            self.begin()
        if self.is_on:
            self._list.ticks.set_ticks(ids)
            self.do(act)
            self._views[key].turn_to(wanted)

    def _back(self) -> None:
        self._close()
        self.ticked_view.say()
        self._list.table.setFocus()

    def _close(self) -> None:
        if self.view is not None:
            draft = self.draft()
            view, self.view = self.view, None
            view.end()
            self._body.setCurrentIndex(0)
            if draft is not None:
                undo = (_("&Bring my changes back"), partial(self._bring_back, draft))
                self._context.banner.success(_("What you typed is put away."), undo=undo)

    def _bring_back(self, draft: dict[str, Any]) -> None:
        """Have again what was typed, and whom it is about. What was typed since is put away in its turn."""
        self._close()
        self.take_draft(draft)
