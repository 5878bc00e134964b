"""Who of a family has looked at what is held, what they said, and whether their corrections have been entered."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.details_check import RIGHT, DetailsCheck, check_details_check
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import details_checks
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class ChecksPart(SeveralPart[DetailsCheck]):
    """Every answer to a data-check slip, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(DetailsCheck, today=desk.today, check=check_details_check, readonly=not desk.may(Action.EDIT_RECORD))
        manner = dataclasses.replace(_MANNER, rows_of=lambda record: details_checks.of_pupil(desk, record.pupil.id)[::-1])
        super().__init__(context, may_leave, manner, form, lambda check: check.id)


def _columns(part: SeveralPart[DetailsCheck]) -> Sequence[Column[DetailsCheck]]:
    return (
        Column("on", _("Checked on"), lambda check: short_date(check.on)),
        Column("checked_by", _("Who looked at it"), lambda check: check.checked_by, stretch=True),
        Column("answer", _("What they say"), lambda check: codelist("details_answer").label_of(check.answer), width=22, icon=_sign),
        Column("entered_on", _("Entered"), _entered),
    )


def _sign(check: DetailsCheck) -> str:
    return "warning" if check.waits else ""


def _entered(check: DetailsCheck) -> str:
    return _("waits") if check.waits else short_date(check.entered_on) if check.entered_on else ""


def _new(record: PupilRecord, desk: Desk) -> dict[str, Any]:
    return {"on": desk.today, "channel": "phone", "answer": RIGHT}


_MANNER = PartDefinition[DetailsCheck](
    name=_("Family checks"),
    add_words=_("&Add a check"),
    new_title=_("Somebody has looked at what is held"),
    empty_words=_("Nobody of the family has looked at what is held yet. Print a data-check slip"),
    sign="list-checks",
    columns=_columns,
    rows_of=lambda _record: [],
    title_of=lambda check: check.checked_by,
    new_keys=_new,
    add=details_checks.add,
    save=details_checks.save,
    spare={"entered_on": 520},
)
