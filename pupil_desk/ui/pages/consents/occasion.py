"""Planning an occasion: what it is, when, what families are told, and who is on its list."""

import dataclasses
from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.consents.consent import OCCASION_FORM, OF_OCCASION, Occasion
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents import occasions, types
from pupil_desk.services.program import keys
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.editors import LinesEditor
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.keys import is_pressed
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_of, flow_of, growing, label, labelled
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import keep_least_width

_LINES = 4  # of what families are told in sight at once
_SIDE = 270  # least width at 100 % of the list of pupils


class OccasionEditor(QWidget):
    """``record_saved`` carries what was changed and the key of the subject, ``closed`` comes when it is left."""

    record_saved = Signal(object, str)
    closed = Signal()
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._occasion: Occasion | None = None
        self._people: list[Pupil] = []
        self._before: frozenset[str] = frozenset()
        self._changed = Changed.of()
        self.on_list: set[str] = set()
        self.title, self.count = label("", "subhead"), label("", "label")
        self.kind = ChoiceBox(name=_("What kind"))
        self.kind.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(18)
        self.form = Form(Occasion, today=context.desk.today, only=OCCASION_FORM)
        about_editor = self.form.fields["about"].editor
        assert isinstance(about_editor, LinesEditor)
        about_editor.set_tallest(_LINES)
        self.year = ChoiceBox([("", _("All years"))], name=_("Year group"))
        self.table: Table[Pupil] = Table(
            self._columns(),
            name=_("Who is on the list"),
            several=True,
            empty=EmptyState("users", _("Nobody is on roll in this year"), _("Choose another year group, or all years.")),
        )
        self.save_button = button(_("&Save"), self.save, "primary", icon_name="check")
        self.cancel_button = button(_("It does not &take place…"), self.cancel)
        self.close_button = button(_("Back (Esc)"), self.close_)
        self.all_button = button(_("Put &all shown on"), lambda: self._set_on_list([pupil.id for pupil in self.table.rows], onto_list=True))
        self.none_button = button(
            _("Take all shown o&ff"), lambda: self._set_on_list([pupil.id for pupil in self.table.rows], onto_list=False)
        )
        self._build()
        self.form.edited.connect(self.edited)
        self.year.currentIndexChanged.connect(lambda _place: self._show_people())
        self.table.opened.connect(lambda row: self._turn([row.id]))
        self.table.clicked.connect(self._on_clicked)
        self.table.installEventFilter(self)

    def _columns(self) -> tuple[Column[Pupil], ...]:
        return (
            Column(
                "on",
                _("On it"),
                lambda row: _("Yes") if row.id in self.on_list else "",
                icon=lambda row: "check-square" if row.id in self.on_list else "square",
                accessible=lambda row: _("Yes") if row.id in self.on_list else _("No"),
            ),
            badged(
                self.context.desk,
                Column("name", _("Pupil"), lambda pupil: pupil.surname_first, stretch=True),
                lambda row: row.id,
                in_colour=True,
            ),
            Column("year", _("Year"), lambda row: row.year_group or "", align="right"),
        )

    def _build(self) -> None:
        left = column_of(labelled(_("What &kind"), self.kind), self.form, STRETCH, spacing=tokens.M, right=tokens.S)
        right = column_of(
            labelled(_("&Year group"), self.year),
            self.count,
            growing(self.table),
            label(_("A click on the box, Space or Enter puts pupils on the list, or takes them off."), "hint"),
            flow_of(self.all_button, self.none_button),
        )
        keep_least_width(right, _SIDE)
        column_in(
            self,
            tokens.S,
            self.title,
            growing(Panes(scrolled(left), right, shares=(55, 45), memory=self.context.memory, key="occasion")),
            flow_of(self.save_button, self.cancel_button, self.close_button),
            top=tokens.S,
        )

    def begin(self, occasion: Occasion | None = None) -> None:
        """Plan a new one, or change one that there is."""
        self._occasion = occasion
        desk = self.context.desk
        self.kind.clear()
        for consent_type in types.types(desk):
            if consent_type.per == OF_OCCASION:
                self.kind.addItem(consent_type.name, consent_type.consent_type)
        self.kind.set_key(occasion.consent_type if occasion else self.kind.itemData(0) or "")
        self.kind.setEnabled(occasion is None)
        self.title.setText(occasion.name if occasion else _("A new trip, or person or body to be told"))
        self.cancel_button.setVisible(occasion is not None)
        self.form.show_record(occasion)
        self._people = pupils.on_roll(desk, desk.today)
        pupils_on_list = occasions.pupils_listed(desk, occasion.occasion_id) if occasion else []
        self._people += [pupil for pupil in pupils_on_list if pupil.id not in {person.id for person in self._people}]
        self._before = frozenset(pupil.id for pupil in pupils_on_list)
        self.on_list = set(self._before)
        self._fill_years()
        self._show_people()
        self.form.focus("name")

    def _fill_years(self) -> None:
        years = {pupil.year_group for pupil in self._people}
        offered = [(code, codelist("year_group").label_of(code)) for code in codelist("year_group").codes if code in years]
        self.year.offer([("", _("All years")), *offered])

    def _show_people(self) -> None:
        year = self.year.key()
        self.table.show_rows([pupil for pupil in self._people if not year or pupil.year_group == year])
        self.count.setText(_("On the list: {pupils}").format(pupils=count_of(len(self.on_list), _("pupil"), _("pupils"))))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Space puts the pupils chosen on the list, or takes them off."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and is_pressed(event, keys.TICK):
            self._turn([pupil.id for pupil in self.table.selected()])
            return True
        return super().eventFilter(watched, event)

    def _on_clicked(self, place: QModelIndex) -> None:
        """A box that is clicked is ticked, or not any more."""
        if self.table.model_.columns[place.column()].key == "on":
            self._turn([self.table.rows[place.row()].id])

    def _turn(self, ids: Collection[str]) -> None:
        self._set_on_list(ids, onto_list=not set(ids) <= self.on_list)

    def _set_on_list(self, ids: Collection[str], *, onto_list: bool) -> None:
        self.on_list = self.on_list | set(ids) if onto_list else self.on_list - set(ids)
        self._show_people()
        self.edited.emit()

    @property
    def dirty(self) -> bool:
        """Whether something is typed, or somebody put on or off, and not kept."""
        return self.form.dirty or self.on_list != self._before

    def save(self) -> bool:
        """Keep it with its list; False when it could not be, and the form or the banner has said why."""
        occasion = self.form.submit()
        if occasion is None:
            return False
        ask_again = self._ask_again()
        if ask_again is None:
            return False
        key = self.context.attempt(
            lambda: self._keep(dataclasses.replace(occasion, consent_type=self.kind.key()), ask_again=ask_again),
            on_refusal=self.form.show_problems,
        )
        if key is None:
            return False
        self.form.put_back()
        self._before = frozenset(self.on_list)
        self.record_saved.emit(self._changed, key)
        return True

    def _ask_again(self) -> bool | None:
        """Whether families are asked anew, where something of an occasion on file has changed; None to stay here."""
        if self._occasion is None or not self.form.dirty:
            return False
        answer = self.context.ask.choose(
            _("Have families to be asked again?"),
            _("If what they agreed to has changed, such as the day or what is done, no earlier yes counts."),
            (Choice("again", _("Ask again"), "primary"), Choice("same", _("No: a small correction")), Choice("stay", _("Stay here"))),
            safe="stay",
        )
        return None if answer == "stay" else answer == "again"

    def _keep(self, occasion: Occasion, *, ask_again: bool) -> str:
        desk = self.context.desk
        if self._occasion is None:
            self._changed, occasion_id = occasions.add(desk, occasion, sorted(self.on_list))
            return f"{occasion.consent_type}/{occasion_id}"
        occasion_id = self._occasion.occasion_id
        if self.form.dirty:
            occasions.change(desk, occasion, ask_again=ask_again)
        occasions.put_on(desk, occasion_id, sorted(self.on_list - self._before))
        occasions.take_off(desk, occasion_id, sorted(self._before - self.on_list))
        self._changed = Changed.of("occasion", "consent", ids=tuple(self.on_list | self._before))
        return f"{occasion.consent_type}/{occasion_id}"

    def cancel(self) -> None:
        """Say that it does not take place, after asking."""
        if self._occasion is None:
            return
        occasion_id = self._occasion.occasion_id
        text = _("{trip}, {days}. What was said about it stays on record. It cannot be put back: you would plan it anew.")
        text = (
            text.format(trip=self._occasion.name, days=self._occasion.days)
            if self._occasion.days
            else _("{name}. What was said about it stays on record. It cannot be put back: you would add it anew.").format(
                name=self._occasion.name
            )
        )
        if self.context.ask.confirm(_("Does it not take place?"), text, _("It does not take place"), danger=True, stay=_("It takes place")):
            changed = self.context.attempt(lambda: occasions.cancel(self.context.desk, occasion_id))
            if changed is not None:
                self.discard()
                self.record_saved.emit(changed, "")

    def discard(self) -> None:
        """Put back what was: the person has been asked."""
        self.form.put_back()
        self.on_list = set(self._before)

    def close_(self) -> None:
        self.closed.emit()

    def draft(self) -> dict[str, Any]:
        """What is typed, for a draft."""
        return {
            "occasion_id": self._occasion.occasion_id if self._occasion else "",
            "kind": self.kind.key(),
            "typed": self.form.draft(),
            "list": sorted(self.on_list),
        }

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        if draft["kind"]:
            self.kind.set_key(draft["kind"])
        self.form.take_draft(draft["typed"])
        self.on_list = set(draft["list"])
        self._show_people()
