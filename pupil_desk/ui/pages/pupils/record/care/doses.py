"""The dose log: a line is added, never edited; a wrong one is put right by another, and both stay in sight."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import Dose, Medicine
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.services.care import dose_log
from pupil_desk.services.care.health import HealthRecord
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.words import button, label, name_label
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart

_ONLY_RIGHTED = ("was_given", "reason")


class DosesList(SeveralPart[Dose]):
    """The doses, the latest first, and the form of a new line. ``health_record`` gives what is on file of the pupil's health."""

    def __init__(self, context: Context, may_leave: Callable[[], bool], health_record: Callable[[], HealthRecord]) -> None:
        self.health_record = health_record
        self._corrects: str | None = None
        self.medicine_box = ChoiceBox(name=_("Which medicine"))
        form = Form(Dose, today=context.desk.today, check_unfinished=self._check_medicine)
        form.elsewhere["medicine_id"] = self.medicine_box.setFocus
        super().__init__(context, may_leave, _manner(self), form, lambda dose: dose.id)
        self.story = label("")
        self.column.insertWidget(self.column.indexOf(self.title) + 1, self.story)
        self.which_label = name_label(_("Which medicine"), self.medicine_box)
        place = self.column.indexOf(self.form)
        self.column.insertWidget(place, self.medicine_box)
        self.column.insertWidget(place, self.which_label)
        self.right_button = button(_("Put this entry &right…"), self.put_right, icon_name="pencil-simple")
        self.acts.addWidget(self.right_button)
        tab_after(self.add_button, [self.right_button])
        self.medicine_box.activated.connect(self._on_medicine_changed)

    def show_record(self, record: PupilRecord) -> None:
        over = [row for row in self.health_record().medicines if row not in self._given_today()]
        words = _("{name}, {dose}, until {day}")
        self.medicine_box.ask_for(
            [
                *((row.id, f"{row.name}, {row.dose}") for row in self._given_today()),
                *((row.id, words.format(name=row.name, dose=row.dose, day=short_date(row.end_date))) for row in over if row.end_date),
            ]
        )
        super().show_record(record)

    def _given_today(self) -> list[Medicine]:
        """The medicines that are not over. Of one that is, a dose of an earlier day may still be entered."""
        return [row for row in self.health_record().medicines if row.end_date is None or row.end_date >= self.context.desk.today]

    def _reveal(self) -> None:
        righting = self._adding and self._corrects is not None
        self._highlight()
        self.form.setVisible(self._adding)
        self.title.setVisible(self._adding or self._current_row is not None)
        self.story.setVisible(self._current_row is not None)
        self.story.setText("" if self._current_row is None else dose_log.story(self.health_record(), self._current_row))
        self.medicine_box.setVisible(self._adding and not righting)
        self.which_label.setVisible(self._adding and not righting)
        for name in _ONLY_RIGHTED:
            self.form.fields[name].setVisible(righting)
        self.form.fields["reason"].mark_required(righting)
        self._mark_witness()
        may = self.context.desk.may(Action.EDIT_RECORD)
        free = self._current_row is not None and not self._righted(self._current_row)
        self.right_button.setEnabled(may and free)
        self.right_button.setToolTip(only(Action.EDIT_RECORD) if not may else "" if free else _("Choose an entry first."))
        self.add_button.setEnabled(may and self.medicine_box.count() > 0)
        if may:
            self.add_button.setToolTip("" if self.medicine_box.count() else _("Add the medicine first."))

    def _highlight(self) -> None:
        """The line that is being put right is the one in the form."""
        if self._adding and self._corrects:
            self.table.select(self._corrects)
        else:
            super()._highlight()

    def _mark_witness(self) -> None:
        medicine = self._medicine()
        self.form.fields["witness"].mark_required(medicine is not None and bool(medicine.controlled))

    def _medicine(self) -> Medicine | None:
        """That of the line in the form: of the entry that is put right, else the one chosen."""
        log = self.health_record()
        wrong = next((dose for dose in log.doses if dose.id == self._corrects), None)
        medicine_id = self.medicine_box.key() if wrong is None else wrong.medicine_id
        return next((medicine for medicine in log.medicines if medicine.id == medicine_id), None)

    def begin_new(self) -> None:
        """A line for the only medicine; where there are several, or it is over, one in which it is asked which of them it was."""
        medicines = self._given_today()
        if len(medicines) == 1:
            self.begin(dose_log.dose_now(self.context.desk, medicines[0]))
        else:
            self._begin_unchosen()

    def _begin_unchosen(self) -> None:
        for medicine in self.health_record().medicines[:1]:
            self.begin(dataclasses.replace(dose_log.dose_now(self.context.desk, medicine), medicine_id="", amount=""))

    def put_right(self) -> None:
        """A line that takes the place of the one chosen, to be corrected."""
        wrong: Dose | None = self._current_row
        if wrong is not None:
            self.begin(dataclasses.replace(wrong, id="", corrects=wrong.id, reason=None))

    def begin(self, dose: Dose) -> None:
        """The form of a new line, filled in as far as it is known; the cursor where something is left to type."""
        if self.record is None or not self.may_leave():
            return
        self._adding, self._current_row, self._corrects = True, None, dose.corrects
        self.medicine_box.set_key(dose.medicine_id)
        self.form.show_record(None, **{field.name: getattr(dose, field.name) for field in dataclasses.fields(dose)})
        self.title.setText(_("Put right: {entry}").format(entry=self.title_of(dose)) if dose.corrects else self.manner.new_title)
        self._reveal()
        if not dose.medicine_id:
            self.medicine_box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.focus("amount" if dose.corrects else "given_by")
        self.edited.emit()

    def _on_medicine_changed(self) -> None:
        """Another medicine has another usual dose, and may need a witness."""
        self.form.mended("medicine_id")
        medicine = self._medicine()
        if medicine is not None:
            self.form.take_draft({"amount": medicine.dose})
        self._mark_witness()

    def _check_medicine(self, _dose: Dose) -> tuple[Problem, ...]:
        """Which medicine it was is never taken as read."""
        missing = self._adding and self._medicine() is None
        return (Problem("medicine_id", "missing", _("Choose the medicine that was given.")),) if missing else ()

    def _finished(self, record: Dose) -> Dose:
        return record if self._corrects else dataclasses.replace(record, medicine_id=self.medicine_box.key())

    def _agreed(self, record: Dose) -> bool:
        question = self.context.attempt(lambda: dose_log.question(self.context.desk, record), on_refusal=self.form.show_problems)
        if not question:
            return question is not None
        choices = (Choice("back", _("Look at it again"), "primary"), Choice("save", _("Save it: it was given so"), "danger"))
        return self.context.ask.choose(_("Was this dose given so?"), question, choices, safe="back") == "save"

    @property
    def dirty(self) -> bool:
        return self._adding

    def _on_row_changed(self, row: Dose | None) -> None:
        super()._on_row_changed(row)
        if not self._adding:
            self._corrects = None

    def _righted(self, dose: Dose) -> bool:
        return any(entry.corrects == dose.id for entry in self.health_record().doses)

    def draft(self) -> dict[str, Any]:
        return super().draft() | {"medicine": self.medicine_box.key(), "corrects": self._corrects}

    def take_draft(self, draft: dict[str, Any]) -> None:
        wrong = next((row for row in self.health_record().doses if row.id == draft["corrects"]), None)
        medicine = next((row for row in self.health_record().medicines if row.id == draft["medicine"]), None)
        if wrong is not None:
            self.begin(dataclasses.replace(wrong, id="", corrects=wrong.id, reason=None))
        elif medicine is not None:
            self.begin(dose_log.dose_now(self.context.desk, medicine))
        else:
            self._begin_unchosen()
        self.form.take_draft(draft["typed"])

    def rows(self) -> list[Dose]:
        """The lines, the latest at the top."""
        return list(reversed(self.health_record().doses))

    def state_of(self, dose: Dose) -> str:
        """What is to be known of a line beside what it says; the whole of it stands beneath the list."""
        words = []
        if self._righted(dose):
            words.append(_("wrong, put right"))
        if dose.corrects:
            words.append(_("puts one right"))
        if not dose.was_given:
            words.append(_("never given"))
        return ", ".join(words)

    def medicine_of(self, dose: Dose) -> str:
        return dose_log.medicine_of(self.health_record(), dose)

    def title_of(self, dose: Dose) -> str:
        """Which entry it is."""
        return dose_log.entry_words(self.health_record(), dose)


def _manner(part: DosesList) -> PartDefinition[Dose]:
    def columns(_part: SeveralPart[Dose]) -> Sequence[Column[Dose]]:
        return (
            Column("when", _("When"), lambda dose: f"{short_date(dose.given_on)}, {dose.given_time}"),
            Column("medicine", _("Medicine"), part.medicine_of, stretch=True),
            Column("amount", _("Dose"), lambda dose: dose.amount),
            Column("by", _("By"), lambda dose: dose.given_by, width=16),
            Column("witness", _("Witness"), lambda dose: dose.witness or "", width=16),
            Column("state", _("Entry"), part.state_of, longest=_("puts one right, never given")),
        )

    return PartDefinition(
        name=_("Doses given"),
        add_words=_("&Add a dose"),
        new_title=_("Dose given"),
        empty_words=_("No dose is on file"),
        sign="clock",
        columns=columns,
        rows_of=lambda record, _desk: part.rows(),
        title_of=part.title_of,
        new_keys=lambda record, desk: {},
        add=dose_log.give_dose,
        spare={"by": 640, "witness": 780},
    )
