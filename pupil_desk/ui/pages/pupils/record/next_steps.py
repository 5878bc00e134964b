"""Where a pupil goes next: intended, offered, confirmed, six months on; each with who told us.

Learning after 14: the list of what a pupil takes or has taken, and the form of one.
"""

from collections.abc import Callable, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.next_steps import INTENDED, Destination, Learning, check_destination, check_learning
from pupil_desk.services.learning import next_steps
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class DestinationsPart(SeveralPart[Destination]):
    """What is known of where the pupil goes, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(Destination, today=desk.today, check=check_destination, readonly=not desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _MANNER, form, lambda destination: destination.id)


def _columns(part: SeveralPart[Destination]) -> Sequence[Column[Destination]]:
    return (
        Column("kind", _("Kind"), lambda destination: codelist("destination_kind").label_of(destination.kind)),
        Column("activity", _("Activity"), lambda destination: codelist("activity").label_of(destination.activity), stretch=True),
        Column("provider", _("Provider or employer"), lambda destination: destination.provider or "", width=22),
        Column("start", _("Begins"), lambda destination: short_date(destination.start) if destination.start else "", longest="24 Nov 2026"),
        Column(
            "confirmed",
            _("Confirmed"),
            lambda destination: short_date(destination.confirmed_on) if destination.confirmed_on else "",
            longest="24 Nov 2026",
        ),
    )


_MANNER = PartDefinition[Destination](
    name=_("Where the pupil goes next"),
    add_words=_("Add a d&estination"),
    new_title=_("New destination"),
    empty_words=_("Nothing is on file of where the pupil goes next"),
    sign="signpost",
    columns=_columns,
    rows_of=lambda record, desk: next_steps.destinations_of_pupil(desk, record.pupil.id)[::-1],
    title_of=lambda destination: codelist("destination_kind").label_of(destination.kind),
    new_keys=lambda record, desk: {"kind": INTENDED},
    add=next_steps.add_destination,
    save=next_steps.save_destination,
    spare={"provider": 520, "start": 600, "confirmed": 700},
)


class LearningPart(SeveralPart[Learning]):
    """Qualifications, courses, awards and work experience, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(Learning, today=desk.today, check=check_learning, readonly=not desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _LEARNING_MANNER, form, lambda course: course.id)


def _learning_columns(part: SeveralPart[Learning]) -> Sequence[Column[Learning]]:
    return (
        Column("title", _("Title"), lambda course: course.title, stretch=True),
        Column("kind", _("Kind"), lambda course: codelist("learning_kind").label_of(course.kind)),
        Column("level", _("Level"), lambda course: course.level or ""),
        Column("start", _("Began"), lambda course: short_date(course.start) if course.start else "", longest="24 Nov 2026"),
        Column("result", _("Result"), lambda course: course.result or ""),
    )


_LEARNING_MANNER = PartDefinition[Learning](
    name=_("Learning after 14"),
    add_words=_("Add &learning"),
    new_title=_("New learning"),
    empty_words=_("No learning after 14 is on file"),
    sign="graduation-cap",
    columns=_learning_columns,
    rows_of=lambda record, desk: next_steps.learning_of_pupil(desk, record.pupil.id)[::-1],
    title_of=lambda course: course.title,
    new_keys=lambda record, desk: {"start": desk.today},
    add=next_steps.add_learning,
    save=next_steps.save_learning,
    spare={"level": 520, "start": 620},
)
