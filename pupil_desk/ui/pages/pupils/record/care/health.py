"""Health: what to know, medicines, the doses given, disabilities."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import LIFE_THREATENING, Disability, HealthItem, Medicine, NothingKnown, check_medicine
from pupil_desk.services.care import dose_log, health, health_answers
from pupil_desk.services.care.health import HealthRecord
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.words import button, label, show_words
from pupil_desk.ui.pages.pupils.record.care.doses import DosesList
from pupil_desk.ui.pages.pupils.record.care.needs import days
from pupil_desk.ui.pages.pupils.record.grouped import GroupPart
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class HealthPart(GroupPart):
    """Conditions, allergies and dietary needs; medicines with their dose log; disabilities."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave, _("Health"))
        self.health_record = HealthRecord([], [], [], [])
        self.medicines = self._list(Medicine, self._medicines(), check_medicine)
        self.doses = DosesList(context, may_leave, lambda: self.health_record)
        self.give_button = button(_("Give a dose no&w"), self.give_now, icon_name="clock")
        self.medicines.acts.addWidget(self.give_button)
        tab_after(self.medicines.add_button, [self.give_button])
        self.medicines.table.current_changed.connect(lambda _row: self._say_what_can_be_done())
        self.take_lists(
            (
                (_("To &know"), self._list(HealthItem, self._items(), None)),
                (_("Me&dicines"), self.medicines),
                (_("Dos&es"), self.doses),
                (_("Disab&ilities"), self._list(Disability, self._disabilities(), None)),
                (_("None at a&ll"), self._list(NothingKnown, self._none_known(), None)),
            )
        )
        self.answer = label("", "subhead")
        self.answer.setWordWrap(True)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self.answer)

    def read(self, record: PupilRecord) -> None:
        self.health_record = health.of_pupil(self.context.desk, record.pupil.id)
        answer = self.health_record.answer
        show_words(
            self.answer,
            _("Medical notes, under Details: {notes}").format(notes=answer.notes)
            if answer.notes
            else health_answers.nothing_recorded_words(answer),
        )

    def show_record(self, record: PupilRecord) -> None:
        super().show_record(record)
        self._say_what_can_be_done()

    def _on_tab_changed(self, place: int) -> None:
        super()._on_tab_changed(place)
        self._say_what_can_be_done()

    def _say_what_can_be_done(self) -> None:
        may = self.context.desk.may(Action.EDIT_RECORD)
        self.give_button.setEnabled(may and self.medicines.table.current() is not None)
        self.give_button.setToolTip("" if may else only(Action.EDIT_RECORD))

    def give_now(self) -> None:
        """The usual dose of the medicine chosen, given just now: only the witness is left to type."""
        medicine: Medicine | None = self.medicines.table.current()
        if medicine is not None and self.turn_to(self.doses):
            self.doses.begin(dose_log.dose_now(self.context.desk, medicine))

    def _list[R](self, record_type: type[R], manner: PartDefinition[R], check: Any) -> SeveralPart[R]:
        desk = self.context.desk
        form = Form(record_type, today=desk.today, check=check, readonly=not desk.may(Action.EDIT_RECORD))
        return SeveralPart(self.context, self.may_leave, manner, form, lambda row: str(getattr(row, "id", "")))

    def _items(self) -> PartDefinition[HealthItem]:
        return PartDefinition(
            name=_("Conditions, allergies and dietary needs"),
            add_words=_("&Add one"),
            new_title=_("New entry"),
            empty_words=_("No condition, allergy or dietary need is on file"),
            sign="heart",
            columns=lambda part: (
                Column[HealthItem]("kind", _("Kind"), lambda row: codelist("health_kind").label_of(row.kind)),
                Column[HealthItem]("what", _("What it is"), lambda row: row.what, stretch=True, icon=_sign),
                Column[HealthItem]("severity", _("How severe"), lambda row: codelist("severity").label_of(row.severity)),
                *days(HealthItem),
            ),
            rows_of=lambda record, _desk: self.health_record.items,
            title_of=lambda row: row.what,
            new_keys=_nothing_known,
            add=health.add_item,
            save=health.save_item,
            spare={"start": 620, "end": 560},
        )

    def _medicines(self) -> PartDefinition[Medicine]:
        return PartDefinition(
            name=_("Medicines"),
            add_words=_("&Add a medicine"),
            new_title=_("New medicine"),
            empty_words=_("No medicine is on file"),
            sign="first-aid-kit",
            columns=lambda part: (
                Column[Medicine]("name", _("Medicine"), lambda row: row.name, stretch=True),
                Column[Medicine]("dose", _("Dose"), lambda row: row.dose),
                Column[Medicine]("taken", _("When"), lambda row: row.taken, width=20),
                Column[Medicine]("expiry", _("Use by"), partial(_use_by, part.context.desk)),
            ),
            rows_of=lambda record, _desk: self.health_record.medicines,
            title_of=lambda row: row.name,
            new_keys=_nothing_known,
            add=health.add_medicine,
            save=health.save_medicine,
            spare={"taken": 520},
        )

    def _none_known(self) -> PartDefinition[NothingKnown]:
        return PartDefinition(
            name=_("Who said that there is nothing"),
            add_words=_("&Add who said so"),
            new_title=_("Somebody said that there is nothing to know"),
            empty_words=_("Nobody has said that there is nothing to know. Until somebody does, papers say “not recorded: ask”."),
            sign="heart",
            columns=lambda part: (
                Column[NothingKnown]("said_by", _("Who said so"), lambda row: row.said_by, stretch=True),
                Column[NothingKnown]("said_on", _("When"), lambda row: short_date(row.said_on)),
                Column[NothingKnown]("channel", _("How"), lambda row: codelist("channel").label_of(row.channel)),
            ),
            rows_of=lambda record, _desk: self.health_record.nothing_known,
            title_of=lambda row: row.said_by,
            new_keys=_today_by_slip,
            add=health.say_nothing,
            save=health.save_nothing,
        )

    def _disabilities(self) -> PartDefinition[Disability]:
        return PartDefinition(
            name=_("Disabilities"),
            add_words=_("&Add a disability"),
            new_title=_("New disability"),
            empty_words=_("No disability is on file"),
            sign="user-focus",
            columns=lambda part: (
                Column[Disability](
                    "disability", _("Disability"), lambda row: codelist("disability").label_of(row.disability), stretch=True
                ),
                *days(Disability),
            ),
            rows_of=lambda record, _desk: self.health_record.disabilities,
            title_of=lambda row: codelist("disability").label_of(row.disability),
            new_keys=_nothing_known,
            add=health.add_disability,
            save=health.save_disability,
        )


def _today_by_slip(record: PupilRecord, desk: Desk) -> dict[str, Any]:
    """What is most often so: a slip that came back today."""
    return {"said_on": desk.today, "channel": "form"}


def _nothing_known(record: PupilRecord, desk: Desk) -> dict[str, Any]:
    return {}


def _sign(item: HealthItem) -> str:
    return "warning" if item.severity == LIFE_THREATENING else ""


def _use_by(desk: Desk, medicine: Medicine) -> str:
    if medicine.expiry is None:
        return ""
    day = short_date(medicine.expiry)
    return _("{day}, past").format(day=day) if medicine.expiry < desk.today else day
