"""Learning after 14: the list of what a pupil takes or has taken, and the form of one."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.learning import Learning
from pupil_desk.domain.learning.next_steps import check_learning
from pupil_desk.services.desk import Desk
from pupil_desk.services.learning import courses
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class LearningPart(SeveralPart[Learning]):
    """Qualifications, courses, awards and work experience, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(Learning, today=desk.today, check=check_learning, readonly=not desk.may(Action.EDIT_RECORD))
        manner = dataclasses.replace(_MANNER, rows_of=lambda record: _rows(desk, record))
        super().__init__(context, may_leave, manner, form, lambda course: course.id)


def _rows(desk: Desk, record: PupilRecord) -> list[Learning]:
    return courses.of_pupil(desk, record.pupil.id)[::-1]


def _columns(part: SeveralPart[Learning]) -> Sequence[Column[Learning]]:
    return (
        Column("title", _("Title"), lambda course: course.title, stretch=True),
        Column("kind", _("Kind"), lambda course: codelist("learning_kind").label_of(course.kind)),
        Column("level", _("Level"), lambda course: course.level or ""),
        Column("start", _("Began"), lambda course: short_date(course.start) if course.start else ""),
        Column("result", _("Result"), lambda course: course.result or ""),
    )


def _new(record: PupilRecord, desk: Desk) -> dict[str, Any]:
    return {"start": desk.today}


_MANNER = PartDefinition[Learning](
    name=_("Learning after 14"),
    add_words=_("Add &learning"),
    new_title=_("New learning"),
    empty_words=_("No learning after 14 is on file"),
    sign="graduation-cap",
    columns=_columns,
    rows_of=lambda _record: [],
    title_of=lambda course: course.title,
    new_keys=_new,
    add=courses.add_learning,
    save=courses.save_learning,
    spare={"level": 520, "start": 620},
)
