"""Moving house, in the place of the details: the new address and its day, who moves, and what becomes of each, before it is done."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.household import Mover
from pupil_desk.domain.pupils.pupil import ADDRESS, Move, Pupil, address_lines
from pupil_desk.services.pupils import moving
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.scroll import bring_into_view, scrolled
from pupil_desk.ui.kit.undoing import undo_of
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_of, flow_of, growing, label, labelled, row_layout, rule, show_words
from pupil_desk.ui.style import tokens


class MoveHouse(QWidget):
    """``left`` comes when the person goes back to the details, ``closed`` when it is done; ``record_saved`` carries what a service changed, and
    then ``moved`` the ids of the pupils who moved."""

    edited = Signal()
    left = Signal()
    closed = Signal()
    record_saved = Signal(object)
    moved = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._record: PupilRecord | None = None
        self.movers: Sequence[Mover] = ()
        self.ticks: list[TickBox] = []
        self.title = label(_("Move house"), "subhead")
        self.form = Form(Pupil, today=context.desk.today, only=ADDRESS, check_unfinished=self._check)
        self.form.fields["address_1"].mark_required(required=True)
        self.day = DateBox(today=context.desk.today, name=_("The new address holds from"))
        self.informant_box = QLineEdit(maxLength=100)
        self.informant_box.setAccessibleName(_("Who told us"))
        self.form.elsewhere["moved_on"] = self._to_day
        self._who = QWidget()
        self._who_column = column_in(self._who, tokens.XS)
        self.move_button = button(_("Mo&ve"), self.move_house, "primary", icon_name="house-line")
        self.back_button = button(_("Bac&k to the details"), self.left.emit)
        self.along = label("", "muted")
        self.before, self.after = label("", "muted"), label("")
        content = column_of(
            label(
                _("Letters made from now on go to the new address. The one before stays in the register, and all of it can be undone."),
                "muted",
            ),
            label(_("Who moves"), "label"),
            self._who,
            self.along,
            self.form,
            row_layout(
                growing(labelled(_("The new address &holds from"), self.day)), growing(labelled(_("Who &told us"), self.informant_box))
            ),
            STRETCH,
            spacing=tokens.S,
        )
        acts = flow_of(self.move_button, self.back_button)
        column_in(self, tokens.S, self.title, growing(scrolled(content)), rule(), self.before, self.after, acts, top=tokens.S)
        self.day.edited.connect(lambda: self.form.mended("moved_on"))
        for edited in (self.form.edited, self.day.edited, self.informant_box.textEdited):
            edited.connect(self._say)

    def begin(self, record: PupilRecord) -> None:
        """Start on a pupil: the household as the file has it, each of them ticked who is likely to go along."""
        self._record = record
        found = self.context.attempt(lambda: moving.household(self.context.desk, record.pupil.id))
        self.movers = found or ()
        self.title.setText(_("Move house: {name}").format(name=record.pupil.full_name))
        self.form.show_record(dataclasses.replace(record.pupil, **dict.fromkeys(ADDRESS)))  # type: ignore[arg-type]  # each line of an address is text
        self.day.set_text("")
        self.informant_box.clear()
        self._show_movers()
        along = [contact.full_name for contact in record.contacts if contact.lives_with and not contact.address_lines]
        words = _("{names}: lives with the pupil, has no other address on file, and so goes along.")
        show_words(self.along, words.format(names=join_words(along)) if along else "")
        self._say()
        self.form.focus("address_1")

    def _show_movers(self) -> None:
        for tick in self.ticks:
            self._who_column.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self.ticks = [TickBox(_who_words(mover)) for mover in self.movers]
        for tick, mover in zip(self.ticks, self.movers, strict=True):
            tick.setChecked(mover.is_likely)
            tick.setEnabled(mover is not self.movers[0])  # whoever else goes, the pupil does
            tick.toggled.connect(lambda _checked: self._say())
            self._who_column.addWidget(tick)

    @property
    def chosen(self) -> list[Mover]:
        """Those who are ticked."""
        return [mover for mover, tick in zip(self.movers, self.ticks, strict=True) if tick.isChecked()]

    @property
    def dirty(self) -> bool:
        """Whether anything is typed, or somebody else ticked."""
        typed = (
            self.day.text().strip()
            or self.informant_box.text().strip()
            or self.chosen != [mover for mover in self.movers if mover.is_likely]
        )
        return not self.isHidden() and (self.form.dirty or bool(typed))

    def put_back(self) -> None:
        """Nothing typed, and those ticked who are likely to go along."""
        self.form.put_back()
        self.day.set_text("")
        self.informant_box.clear()
        for tick, mover in zip(self.ticks, self.movers, strict=True):
            tick.setChecked(mover.is_likely)
        if self._record is not None:
            self._say()

    def draft(self) -> dict[str, Any]:
        """What is typed and ticked, for a draft."""
        texts = {"day": self.day.text(), "who": self.informant_box.text()}
        return {"typed": self.form.draft(), **texts, "ids": [mover.id for mover in self.chosen]}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave, the pupil being shown already."""
        self.form.take_draft(draft["typed"])
        self.day.set_text(draft["day"])
        self.informant_box.setText(draft["who"])
        for mover, tick in zip(self.movers, self.ticks, strict=True):
            tick.setChecked(mover.id in draft["ids"])

    def _say(self) -> None:
        """What becomes of those who are ticked, before and after: they live at one address, however it is written."""
        typed = self.form.record()
        new = ", ".join(address_lines(typed)) if typed is not None else ""
        before = dict.fromkeys(", ".join(address_lines(mover.record)) for mover in self.chosen)
        self.before.setText(_("Before: {address}").format(address="; ".join(filter(None, before)) or _("no address on file")))
        self.after.setText(_("After: {address}").format(address=new or _("not typed yet")))
        self.move_button.setText(_("Mo&ve {records}").format(records=count_of(len(self.chosen), _("record"), _("records"))))
        self.edited.emit()

    def move_house(self) -> None:
        """Do it for all who are ticked, in one act."""
        record, day, pupil = self._record, self.day.day(), self.form.record()
        problems = (*self.form.problems(), *self._problems_of_day())
        self.form.show_problems(problems)
        if (
            any(problem.stops for problem in problems)
            or record is None
            or pupil is None
            or day is None
            or not self._ask_if_no_postcode(pupil)
        ):
            return
        move = Move(day, " ".join(self.informant_box.text().split()) or None)
        address = _address_of(pupil)
        ids, desk = [mover.id for mover in self.chosen], self.context.desk
        pupil_ids = {mover.id for mover in self.chosen if isinstance(mover.record, Pupil)}
        done = self.context.attempt(
            lambda: moving.move_house(desk, record.pupil.id, address, ids, move), on_refusal=self.form.show_problems
        )
        if done is None:
            return
        self.put_back()
        self.closed.emit()
        self.record_saved.emit(done.changed)
        self.moved.emit(pupil_ids)
        words = _("{records} changed to the new address.").format(records=count_of(done.records, _("record"), _("records")))
        self.context.banner.success(words, undo=undo_of(self.context, done.act, lambda: True))

    def _check(self, typed: Pupil) -> tuple[Problem, ...]:
        """What is wrong with the address and the day, so that all of it is told at once."""
        return moving.problems(self.context.desk, self._record.pupil, _address_of(typed), self.day.day()) if self._record else ()

    def _ask_if_no_postcode(self, typed: Pupil) -> bool:
        if typed.postcode:
            return True
        text = _("{pupil}: letters go to {address}.").format(pupil=typed.full_name, address=", ".join(address_lines(typed)))
        return self.context.ask.confirm(_("Move without a postcode?"), text, _("Move"))

    def _problems_of_day(self) -> tuple[Problem, ...]:
        """What is wrong with the day: that it is missing, or why what is typed is none."""
        if self.day.day() is not None:
            return ()
        unreadable = self.day.problem()
        if unreadable:
            return (Problem("moved_on", "bad_date", _("The day of the move: {why}").format(why=unreadable)),)
        return (Problem("moved_on", "missing", _("Enter the day from which the new address holds, like 27/3/2027.")),)

    def _to_day(self) -> None:
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self.day)


def _address_of(typed: Pupil) -> dict[str, str | None]:
    return {name: getattr(typed, name) for name in ADDRESS}


def _who_words(mover: Mover) -> str:
    """«Ms Eve Hall, mother of Ann Hall»; of a pupil the name with the reference."""
    if isinstance(mover.record, Contact):
        relationship = codelist("relationship").label_of(mover.record.relationship).lower()
        return _("{name}, {relationship} of {pupil}").format(
            name=mover.record.full_name, relationship=relationship, pupil=mover.pupil.full_name
        )
    return _("{name}, {ref}").format(name=mover.record.full_name, ref=mover.record.ref)
