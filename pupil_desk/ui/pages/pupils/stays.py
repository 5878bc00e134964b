"""The stays: one pupil, many episodes; adding one, and closing one on the day the pupil leaves."""

from collections.abc import Callable, Sequence
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.enrolment import Enrolment
from pupil_desk.domain.validation import check_enrolment
from pupil_desk.services import pupils
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.form import Form
from pupil_desk.ui.kit.order import tab_after
from pupil_desk.ui.kit.rows import Column
from pupil_desk.ui.kit.words import button
from pupil_desk.ui.pages.pupils.several import Manner, SeveralPart


class StaysPart(SeveralPart[Enrolment]):
    """The list of stays and the form of one."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        may_edit = context.desk.may(Action.EDIT_RECORD)
        form = Form(Enrolment, today=context.desk.today, check=check_enrolment, readonly=not may_edit)
        super().__init__(context, may_leave, _MANNER, form, lambda stay: stay.id)
        self.close_button = button(_("The pupil &leaves today"), self.close_stay, icon_name="sign-out")
        self.acts.insertWidget(1, self.close_button)
        tab_after(self.add_button, [self.close_button])

    def _show(self, row: Enrolment | None) -> None:
        super()._show(row)
        can = row is not None and row.end_date is None and self.context.desk.may(Action.EDIT_RECORD)
        self.close_button.setEnabled(can)
        self.close_button.setToolTip("" if can else _("Choose a stay that has no leaving day."))

    def close_stay(self) -> None:
        """Today as the leaving day of the stay shown, to correct and to save."""
        today = self.context.desk.today
        self.form.take_typed({"end_date": f"{today.day} {today.month} {today.year}"})
        self.form.focus("end_date")


def _columns(part: SeveralPart[Enrolment]) -> Sequence[Column[Enrolment]]:
    return (
        Column("start", _("From"), lambda stay: short_date(stay.start_date) if stay.start_date else _("Not known")),
        Column("end", _("To"), lambda stay: short_date(stay.end_date) if stay.end_date else _("Open")),
        Column("status", _("Status"), lambda stay: codelist("enrolment_status").label_of(stay.status), stretch=True),
        Column("main_school", _("Main school"), lambda stay: stay.main_school or ""),
    )


def _rows(record: PupilRecord) -> list[Enrolment]:
    return sorted(record.stays, key=lambda stay: (stay.start_date is not None, stay.start_date), reverse=True)


def _title(stay: Enrolment) -> str:
    return _("Stay from {day}").format(day=short_date(stay.start_date)) if stay.start_date else _("Stay")


def _new(record: PupilRecord, desk: Desk) -> dict[str, Any]:
    return {"status": "C", "start_date": desk.today}


_MANNER = Manner(
    name=_("Stays at the unit"), add_words=_("Add a sta&y"), new_title=_("New stay"), nothing=_("No stay is on file"),
    sign="calendar-blank", columns=_columns, rows_of=_rows, title_of=_title, new_keys=_new, add=pupils.add_stay,
    save=pupils.save_stay, spare={"main_school": 480},
)  # fmt: skip
