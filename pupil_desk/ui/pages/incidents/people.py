"""The pupils of an incident that is typed: found by a few letters, taken with Enter, taken out with Delete, each with a part of his or her own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import fold, search_words
from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.incident import TOOK_PART, Incident, is_ordinary
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.incidents import looking
from pupil_desk.services.program import keys
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.editors import CodeEditor
from pupil_desk.ui.kit.keys import shortcut_within, tab_after
from pupil_desk.ui.kit.lists.find_pupil import FindBox, row_meant
from pupil_desk.ui.kit.lists.heights import height_of
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.page import Alternatives, Body
from pupil_desk.ui.kit.scroll import bring_into_view
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import allow, button, column_in, flow_of, label, name_label, tie, without_sign
from pupil_desk.ui.pages.incidents.forms import OwnForm
from pupil_desk.ui.style import tokens

_ROWS = 4  # in sight at once


@dataclass(frozen=True, slots=True)
class PupilMatch:
    """A pupil who is found."""

    id: str
    name: str
    dob: date


@dataclass(frozen=True, slots=True)
class PupilInIncident:
    """A pupil who is in it; ``entry_id`` is the entry on file, empty for one who is not on file with it yet."""

    id: str
    name: str
    entry_id: str = ""


class PupilsOfIncident(QWidget):
    """``edited`` comes with each change; ``own_edited`` with the pupil and the item of an own part; ``left`` on Esc in the empty box,
    ``grew`` with the form of one more."""

    edited = Signal()
    own_edited = Signal(str, str)
    left = Signal()
    grew = Signal(QWidget)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._begun: list[str] = []
        self._is_short = False
        self.forms: dict[str, OwnForm] = {}
        self.find_box = FindBox(_("Find a pupil to add"), lambda: self.matches)
        self.matches = self._make_matches()
        self.table = self._make_table()
        self.body = Body(self.table, self.matches)
        self.out_button = button(_("Take &out (Delete)"), self.take_out, icon_name="minus-circle")
        self.title = label("", "subhead")
        self.own = Alternatives()
        self.find_box.setMaximumWidth(tokens.READING)
        self.body.setMaximumWidth(tokens.READING)
        self.body.setFixedHeight(height_of(self.table, _ROWS))
        heading = tie(label(_("Pupils &in it"), "subhead"), self.table)
        heading.setAccessibleName(without_sign(heading.text()))  # Qt takes the sign out of the names of mere labels alone
        find_name = name_label(_("Find a pupil to &add: type a few letters, then press Enter"), self.find_box)
        column_in(self, tokens.S, heading, find_name, self.find_box, self.body, flow_of(self.out_button), self.title, self.own)
        tab_after(self.find_box, [self.matches, self.table, self.out_button])
        self.find_box.textChanged.connect(self._find)
        self.find_box.chose.connect(self._on_chose)
        self.find_box.left.connect(self._on_left)
        self.matches.opened.connect(lambda row: self.add(row.id))
        self.table.current_changed.connect(self._show_own)
        self.table.opened.connect(lambda row: self.focus_own(row.id))
        shortcut_within(self.table, keys.TAKE_OUT.sequence, self.take_out)

    def _make_matches(self) -> Table[PupilMatch]:
        columns = (
            badged(
                self._context.desk, Column[PupilMatch]("name", _("Pupil found"), lambda row: row.name, stretch=True), lambda row: row.id
            ),
            Column[PupilMatch]("dob", _("Born"), lambda row: short_date(row.dob), longest="24 Nov 2012"),
        )
        empty = EmptyState("magnifying-glass", _("No pupil has a name or number like that"), _("Those who have left are found too."))
        return Table(columns, name=_("Pupils found"), empty=empty, stands_on_first=False)

    def _make_table(self) -> Table[PupilInIncident]:
        columns = (
            badged(self._context.desk, Column[PupilInIncident]("name", _("Pupil"), lambda row: row.name, stretch=True), lambda row: row.id),
            Column[PupilInIncident]("part", _("Part"), self._part_words, longest=_("Was hurt or wronged")),
        )
        empty = EmptyState("users", _("No pupil is in it yet"))
        return Table(columns, name=_("Pupils in it"), empty=empty)

    def _part_words(self, row: PupilInIncident) -> str:
        form = self.forms.get(row.id)
        part = form.fields["part"].editor.typed_text() if form is not None else ""
        return codelist("incident_part").label_of(part) if part else _("Not said yet")

    # who is in it

    @property
    def rows(self) -> Sequence[PupilInIncident]:
        """The pupils in it, in the order in which they were added."""
        return self.table.rows

    def show_people(self, people: Sequence[tuple[Pupil, Incident | None]]) -> None:
        """Those of an incident on file, each with the entry; or those with whom a new one begins."""
        self._forget()
        rows = [PupilInIncident(pupil.id, pupil.full_name, entry.entry_id if entry else "") for pupil, entry in people]
        for pupil, entry in people:
            self._make_form(pupil.id, entry)
        self._begun = [row.id for row in rows]
        self.table.show_rows(rows)
        self.find_box.clear()
        self._show_own(self.table.current())

    def _forget(self) -> None:
        for form in self.forms.values():
            self.own.take_out(form)
        self.forms = {}

    def _make_form(self, pupil_id: str, entry: Incident | None) -> OwnForm:
        form = OwnForm(self._context.desk, pupil_id)
        form.show_record(entry, part=None, kind="", day=self._context.desk.today, pupil_id=pupil_id)
        self._put_part(form)
        form.fit()
        for name, field in form.fields.items():
            field.edited.connect(lambda name=name: self._on_own(pupil_id, name))
        self.forms[pupil_id] = form
        self.own.add(form)
        self.grew.emit(form)
        return form

    def add(self, pupil_id: str) -> None:
        """One more; the cursor stays where the next is found."""
        self.find_box.clear()
        self.find_box.setFocus(Qt.FocusReason.OtherFocusReason)
        if pupil_id in self.forms:
            self.table.select(pupil_id)
            announce(self.table, _("That pupil is in it already."))
            return
        pupil = looking.people(self._context.desk, [pupil_id]).get(pupil_id)
        if pupil is None:
            return
        self._make_form(pupil_id, None)
        row = PupilInIncident(pupil_id, pupil.full_name)
        self.table.show_rows([*self.rows, row])
        self.table.select(pupil_id)
        announce(self.table, _("{pupil} is added.").format(pupil=row.name))
        self.edited.emit()

    def take_out(self) -> None:
        """Take out the one that the cursor is on; of one who is on file with the incident, say why not."""
        row = self.table.current()
        if row is None or row.entry_id:
            self._context.banner.note(self.out_button.toolTip())
            return
        self.own.take_out(self.forms.pop(row.id))
        self.table.show_rows([other for other in self.rows if other.id != row.id])
        self._show_own(self.table.current())
        (self.table if self.rows else self.find_box).setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    # what is in view

    def _put_part(self, form: OwnForm) -> None:
        """Nobody is said to have taken part in an incident unasked; of a reward or ordinary behaviour it goes without saying, and is asked once that
        is amended to something graver."""
        part, entry = form.fields["part"], form.record_shown
        if part.dirty or (entry is not None and not is_ordinary(entry.kind)):
            return
        put = (entry.part if entry is not None else TOOK_PART) if self._is_short else ""
        if part.editor.typed_text() != put:
            part.show_value(put or None)

    def be_short(self, is_short: bool) -> None:
        """Whether no own part is asked for: of a reward or ordinary behaviour. What is typed of one all the same stays in view."""
        self._is_short = is_short
        for form in self.forms.values():
            self._put_part(form)
        self.table.viewport().update()
        self._show_own(self.table.current())

    def _show_own(self, row: PupilInIncident | None) -> None:
        form = self.forms.get(row.id) if row is not None else None
        shown = form is not None and (not self._is_short or form.dirty or any(fold.holds_something for fold in form.folds))
        self._allow_out()
        self.title.setVisible(shown)
        self.own.setVisible(shown)
        if form is not None and row is not None:
            self.title.setText(_("{pupil}: the pupil’s own part").format(pupil=row.name))
            self.own.show_alone(form)

    def _allow_out(self) -> None:
        """Let the one be taken out that the cursor is on, while those in it are in view and not those found."""
        row, is_finding = self.table.current(), self.body.currentWidget() is self.matches
        if is_finding:
            why_not = _("Those found are shown: press Esc in the box above first")
        elif row is not None:
            why_not = _("On file with the incident: strike it out for this pupil instead")
        else:
            why_not = _("No pupil is in it yet")
        allow(self.out_button, row is not None and not row.entry_id and not is_finding, why_not)

    def focus_own(self, pupil_id: str, name: str = "") -> None:
        """Put the cursor into a pupil's own part."""
        if self.table.select(pupil_id) and pupil_id in self.forms:
            self._show_own(self.table.current())
            self.own.setVisible(True)
            bring_into_view(self.title)
            self.forms[pupil_id].focus(name)
            if not name:
                self._select_part(pupil_id)

    def _select_part(self, pupil_id: str) -> None:
        """What is typed next stands for the part that stood there."""
        editor = self.forms[pupil_id].fields["part"].editor
        assert isinstance(editor, CodeEditor)
        if (line := editor.box.lineEdit()) is not None:
            line.selectAll()

    def _on_own(self, pupil_id: str, name: str) -> None:
        form = self.forms.get(pupil_id)
        if form is not None:
            once_calm(form, form.fit)
        if name == "part":
            self.table.viewport().update()
        self.own_edited.emit(pupil_id, name)
        self.edited.emit()

    def _find(self) -> None:
        text = self.find_box.text().strip()
        self.body.setCurrentWidget(self.matches if text else self.table)
        self._allow_out()
        if self.find_box.hasFocus():
            bring_into_view(self.body)
        if not text:
            return
        listed = pupils.listing(self._context.desk, find=text)
        self.matches.show_rows(
            [
                PupilMatch(
                    str(values[0]), self._name_found(str(values[0]), f"{values[2]}, {values[3]}", text), date.fromisoformat(str(values[5]))
                )
                for values in listed
            ]
        )
        if len(self.matches.rows) == 1:
            self.matches.selectRow(0)
        else:
            self.matches.choose_none()  # of several nobody is taken unasked

    def _name_found(self, pupil_id: str, name: str, text: str) -> str:
        """The name, and where that does not say why the pupil is found, what does: a middle name, a number."""
        if all(any(fold(part).startswith(fold(word)) for part in search_words(name)) for word in search_words(text)):
            return name
        why = pupils.why_found(self._context.desk, pupil_id, text)
        return _("{name} ({why})").format(name=name, why=why) if why else name

    def _on_chose(self) -> None:
        if not self.find_box.text().strip() or not self.matches.rows:
            return
        if (row := row_meant(self.matches, self._context.banner)) is not None:
            self.add(row.id)

    def _on_left(self) -> None:
        if self.find_box.text():
            self.find_box.clear()
        else:
            self.left.emit()

    # what is typed

    @property
    def dirty(self) -> bool:
        """Whether others are in it than were shown, or something is typed of one."""
        return [row.id for row in self.rows] != self._begun or any(form.dirty for form in self.forms.values())

    def draft(self) -> list[dict[str, Any]]:
        """For a draft: who is in it, what is typed of each, and whose part is in view."""
        shown = self.table.current()
        return [{"pupil": row.id, "typed": self.forms[row.id].draft(), "shown": row is shown} for row in self.rows]

    def take_draft(self, draft: Sequence[Mapping[str, Any]]) -> None:
        """Put back what ``draft`` gave."""
        for one in draft:
            if one["pupil"] not in self.forms:
                self.add(one["pupil"])
            form = self.forms[one["pupil"]]
            form.take_draft(one["typed"])
            form.fit()
        if (shown := next((one["pupil"] for one in draft if one["shown"]), None)) is not None:
            self.table.select(shown)
