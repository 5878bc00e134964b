"""The record of one pupil: who it is always in sight, then its parts, then whether it is saved."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.clock import local_time, stamp
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services.program import keys
from pupil_desk.services.pupils import explaining
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.unit import uses
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.flow import turn
from pupil_desk.ui.kit.forms.field import Field
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.keys import last_in, settle_focus, shortcut_within, tab_after
from pupil_desk.ui.kit.lists.pupil_badges import head_badges
from pupil_desk.ui.kit.low.badge_row import BadgeRow
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.undoing import undo_of
from pupil_desk.ui.kit.watch.descendants import descendants, worked_on_in
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_layout, column_of, flow_of, growing, label, line, row_layout, rule
from pupil_desk.ui.pages.pupils.list.columns import standing_of
from pupil_desk.ui.pages.pupils.record.card.card import CardPart
from pupil_desk.ui.pages.pupils.record.contents import Contents
from pupil_desk.ui.pages.pupils.record.merged import MergedLine
from pupil_desk.ui.pages.pupils.record.part import RecordPart
from pupil_desk.ui.pages.pupils.record.parts import PARTS
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_BESIDE_FROM = 560  # a record at least this wide has its parts in a list beside them


class RecordView(QWidget):
    """Shows a record. ``record_saved`` carries what was changed; the page reads it again. ``list_wanted``: the list that is folded away is wanted.

    A part is made when it is first turned to. One is edited at a time: going to another with changes asks first, so that saving is one transaction.
    """

    edited = Signal()
    record_saved = Signal(object)
    list_wanted = Signal()

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__()
        self.context, self._may_leave = context, may_leave
        self.record: PupilRecord | None = None
        self._saved_at, self.is_alone = "", False
        self._stale: set[str] = set()
        self.parts: dict[str, RecordPart] = {}
        self.keys = tuple(key for key, _words, _kind in PARTS)  # of the parts that this pupil's record has
        self.contents, self.stack = Contents([words for _key, words, _kind in PARTS], self), Body()
        self.contents.part_chosen.connect(self._on_part_changed)
        self._build()
        card = self._make(self.key)
        assert isinstance(card, CardPart)
        self._top.insertWidget(0, card.photograph.picture)
        for key, hook in (
            (keys.ESC, self.put_back),
            (keys.NEXT_TAB, self.next_part),
            (keys.TAB_BEFORE, self.part_before),
            (keys.EXPLAIN, self.explain),
            (keys.EDIT, self.edit),
        ):
            shortcut_within(self, key.sequence, hook)
        QShortcut(QKeySequence(keys.PARTS.sequence), self, self.contents.focus)

    def _build(self) -> None:
        self.title, self.line = line("", "title"), label("", "muted")
        self.list_button = button(_("All pupils"), self.list_wanted.emit, "quiet", icon_name="list")
        self.list_button.hide()
        self.edit_button = button(_("Edit details (F2)"), self.edit, icon_name="pencil-simple")
        self._head = flow_of(self.list_button, self.title, self.contents.box, self.edit_button)
        self.badge_row = BadgeRow(self._tell_badges)
        self.badge_row.folded.connect(self._fit)
        self._badge_bar = column_of(self.badge_row, STRETCH)
        self.merged = MergedLine(self.context, self._may_leave)
        self.merged.record_saved.connect(self._on_saved)
        self.state = label("", "muted", wraps=False)
        self.save_button = button(_("&Save (Ctrl+S)"), self.save, "primary")
        self.back_button = button(_("Put back (Esc)"), self.put_back)
        self.saving_bar = column_of(rule(), row_layout(self.save_button, self.back_button, growing(self.state)), spacing=tokens.XS)
        self._facts = column_layout(growing(self.line), self._badge_bar)
        self._names = column_layout(self._head, self._facts, self.merged)
        self._top = row_layout(growing(self._names))  # the photograph stands before them
        body = growing(row_layout(self.contents.list, growing(self.stack), spacing=tokens.M))
        column_in(self, tokens.XS, self._top, tokens.XS, body, self.saving_bar, left=tokens.S)

    def _make(self, key: str) -> RecordPart:
        """The part of that key, made now if it was not; Tab comes to it before the buttons beneath."""
        with self.context.making.of(self.stack):
            if key not in self.parts:
                part = self.parts[key] = next(kind for name, _words, kind in PARTS if name == key)(self.context, self._may_leave)
                part.edited.connect(self._on_edited)
                part.record_saved.connect(self._on_saved)
                part.place_wanted.connect(self.go_to)
                pause()
                part.hold_back()
                self.stack.addWidget(part)
                pause()
                part.put_in()
                pause()
                if (last := last_in(part)) is not None:
                    tab_after(last, [self.save_button, self.back_button])
                pause()
            self.stack.setCurrentWidget(self.parts[key])
            pause()
        return self.parts[key]

    def show_record(self, record: PupilRecord) -> None:
        """Show this: another pupil's card first; of the same one the part in view stays."""
        is_other = self.record is None or self.record.pupil.id != record.pupil.id
        parts = [part for part in PARTS if uses.has_part(self.context.desk, part[0], record.pupil.id)]
        if is_other or [part[0] for part in parts] != list(self.keys):
            self._offer_parts(parts, "card" if is_other else self.key)
        if is_other:
            self._saved_at = ""
            for paper in list(descendants(self, Paper)):
                paper.closed.emit()  # nothing of another pupil's stays in memory
        self.record, pupil, today = record, record.pupil, self.context.desk.today
        self.title.setText(pupil.full_name)
        facts = [pupil.ref, _("{age} years old, born {day}").format(age=age_on(pupil.dob, today), day=show_date(pupil.dob))]
        if pupil.full_name != pupil.legal_name:
            facts.insert(1, _("legal name {name}").format(name=pupil.legal_name))
        facts += [codelist("year_group").label_of(pupil.year_group)] if pupil.year_group else []
        standing = standing_of(record.stays, today)
        self.badge_row.show_badges(head_badges(self.context.desk, record), none=standing)
        self.line.setText(". ".join([", ".join(facts), *([standing] if self.badge_row.badges else [])]))
        self._fit()
        self.merged.show_pupil(pupil.id)
        self._stale = set(self.keys)
        self._fill()
        self._on_edited()

    def _offer_parts(self, parts: Sequence[tuple[str, str, type[RecordPart]]], key: str) -> None:
        """Offer these parts, the one of that key in view; where it is not among them, the first."""
        keys = tuple(part[0] for part in parts)
        if keys != self.keys:
            self.keys = keys
            self.contents.offer([part[1] for part in parts])
        key = key if key in keys else keys[0]
        self.contents.mark(keys.index(key))
        self._make(key)

    @property
    def key(self) -> str:
        return self.keys[self.contents.current_part]

    @property
    def part(self) -> RecordPart:
        return self.parts[self.key]

    def turn_to(self, key: str) -> None:
        """Show that part, where this record has it."""
        if key in self.keys:
            self.contents.go(self.keys.index(key))

    def go_to(self, place: Place) -> None:
        """Put the cursor into a field of a part; without a part, where work begins in the one in view."""
        if place.part not in self.keys:
            self.part.focus_first()
            return
        self.turn_to(place.part)
        if self.key == place.part:  # unless the person stays with what is typed
            self.part.focus_on(place.kind, place.row_id, place.item)

    def edit(self) -> None:
        """The form of the pupil's own items, the cursor in its first field."""
        if self.record is not None:
            self.go_to(Place(self.record.pupil.id, "details", "pupil"))

    def next_part(self) -> None:
        """Show the part after this one."""
        self.contents.go(self.contents.current_part + 1)

    def part_before(self) -> None:
        """Show the part before this one."""
        self.contents.go(self.contents.current_part - 1)

    def explain(self) -> None:
        """Say of the field that has the focus where its value came from."""
        field = _above(Field, worked_on_in(self))
        if field is None or (form := _above(Form, field)) is None or form.record_shown is None:
            self.context.ask.tell(_("Explain a value"), _("Put the cursor into a field of a record on file first."))
            return
        record = form.record_shown
        sentences = self.context.attempt(lambda: explaining.explain(self.context.desk, record, field.item.name))
        if sentences is not None:
            self.context.ask.tell(_("Where this comes from: {item}").format(item=field.item.label), "\n\n".join(sentences))

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not kept."""
        return self.record is not None and self.part.dirty

    @property
    def _adding(self) -> bool:
        return self.record is not None and self.part.adding

    def save(self) -> bool:
        """Keep what is typed; False when it could not be."""
        return self.part.save() if self.dirty or self._adding else True

    def put_back(self) -> None:
        """Show again what is on file; until the next act it can be undone."""
        if not self.dirty:
            if self._adding:
                self.discard()
            return
        key, part, draft = self.key, self.part, self.part.draft()
        pupil_id = self.record.pupil.id if self.record else ""
        part.put_back()
        self._on_edited()

        def bring_back() -> None:
            if self.record is not None and self.record.pupil.id == pupil_id:
                if self.dirty:
                    self.put_back()  # what was typed since, which can be brought back in its turn
                self.turn_to(key)
                part.take_draft(draft)

        self.context.banner.success(_("Put back as it was."), undo=(_("&Bring my changes back"), bring_back))

    def discard(self) -> None:
        """Show again what is on file: the person has been asked."""
        self.part.put_back()
        self._on_edited()

    def _fill(self) -> None:
        if self.record is not None and self.key in self._stale:
            self._stale.discard(self.key)
            self.part.show_record(self.record)

    def _on_part_changed(self, place: int) -> None:
        if self.record is not None and self.part.dirty:
            self.contents.mark(self.contents.current_part)
            if not self._may_leave():
                return
        self._make(self.keys[place])
        self.contents.mark(place)
        self._saved_at, banner = "", self.context.banner  # a remark belongs to its part
        banner.speak_of(banner.page, banner.subject_of(banner.page), self.key)
        self._fit()
        self._fill()
        settle_focus(self.part)
        self._on_edited()

    def _fit(self) -> None:
        """The parts in a list beside the one in view where there is room, else in a box above it; badges that would take more than half of the line stand beneath."""
        self.title.setMinimumHeight(self.edit_button.sizeHint().height())  # nothing moves from the card to a part that lacks it
        self._badge_bar.setMinimumHeight(self.badge_row.least_height)  # nothing moves from one pupil to the next
        self.badge_row.fit(self.width() - tokens.S - self._photograph_takes())
        turn(self._facts, is_row=self.is_alone and self.badge_row.sizeHint().width() <= self.width() // 2)
        width = max(sized(_BESIDE_FROM), self._beside_takes() + self.stack.minimumSizeHint().width())
        fits_beside = self.width() >= width and not self.is_alone
        if fits_beside != self.contents.has_list:
            self.contents.show_beside(fits_beside)

    def _photograph_takes(self) -> int:
        return self._top.minimumSize().width() - self._names.minimumSize().width()

    def _tell_badges(self) -> None:
        """All, those that the head has no room for among them."""
        if self.record is not None:
            words = "\n\n".join(badge.words for badge in self.badge_row.badges)
            self.context.ask.tell(_("Badges of {pupil}").format(pupil=self.record.pupil.full_name), words)

    def _beside_takes(self) -> int:
        return self.contents.list.sizeHint().width() + tokens.M

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Without the list of parts, which gives way."""
        least_size, margins = super().minimumSizeHint(), self.contentsMargins()
        if not self.contents.has_list:
            return least_size
        rows = (self._head, self.line, self.merged, self._badge_bar, self.stack, self.contents.box)
        wide = max(row.minimumSizeHint().width() for row in rows if not row.isHidden() or row is self.contents.box)
        wide += self._photograph_takes()
        return QSize(min(least_size.width(), wide + tokens.S + margins.left() + margins.right()), least_size.height())

    def stand_alone(self, alone: bool) -> None:
        """Whether the list of pupils is folded away: a button brings it back, a box has the place of the list of parts, badges stand in the line."""
        self.is_alone = alone
        self.list_button.setVisible(alone)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _on_saved(self, changed: Changed) -> None:
        undo = undo_of(self.context, self.context.desk.last_act if changed.kinds else "", lambda: not self.dirty or self._may_leave())
        self._saved_at = _("Saved {time}").format(time=local_time(stamp(self.context.desk.clock.now())).strftime("%H:%M"))
        self.record_saved.emit(changed)
        self._on_edited()
        self.context.banner.quietly(_("{saved}.").format(saved=self._saved_at), undo=undo and (undo[0], partial(self._undo, undo[1])))
        announce(self, self._saved_at)

    def _undo(self, undo: Callable[[], object]) -> None:
        """What was saved is taken back: that it was saved is no longer said."""
        self._saved_at = ""
        undo()
        self._on_edited()

    def _on_edited(self) -> None:
        dirty = self.dirty
        self.save_button.setEnabled(dirty or self._adding)
        self.back_button.setEnabled(dirty or self._adding)
        self.saving_bar.setVisible(self.part.is_form)
        self.edit_button.setVisible(self.key == "card")
        self.state.setText(_("Not saved yet") if dirty or (self._adding and not self.part.goes_on) else self._saved_at)
        self.edited.emit()

    def draft(self) -> dict[str, Any]:
        """What is typed, for a draft."""
        return {"pupil_id": self.record.pupil.id if self.record else "", "part": self.key, **self.part.draft()}

    def view_kept(self) -> str:
        return self.key

    def take_view(self, kept: str) -> None:
        self.turn_to(kept)

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave, the record being shown already."""
        self.turn_to(draft["part"])
        if self.key == draft["part"]:
            self.part.take_draft(draft)


def _above[W: QWidget](kind: type[W], widget: QWidget | None) -> W | None:
    """The nearest of that kind around a widget."""
    while widget is not None and not isinstance(widget, kind):
        widget = widget.parentWidget()
    return widget
