"""The lockers of a pupil: the list, and the form of one."""

from collections.abc import Callable, Sequence

from pupil_desk.domain.pupils.locker import Locker

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.services.pupils import lockers
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class LockersPart(SeveralPart[Locker]):
    """Which lockers the pupil has or had."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(Locker, today=desk.today, readonly=not desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _MANNER, form, lambda locker: locker.id)


def _columns(part: SeveralPart[Locker]) -> Sequence[Column[Locker]]:
    return (
        Column("number", _("Locker"), lambda locker: locker.number, stretch=True),
        Column("since", _("Since"), lambda locker: short_date(locker.since) if locker.since else ""),
    )


_MANNER = PartDefinition[Locker](
    name=_("Lockers"),
    add_words=_("Add a locker"),
    new_title=_("New locker"),
    empty_words=_("No locker is on file"),
    sign="lock-simple",
    columns=_columns,
    rows_of=lambda record, desk: lockers.of_pupil(desk, record.pupil.id),
    title_of=lambda locker: locker.number,
    new_keys=lambda record, desk: {"since": desk.today},
    add=lockers.add_locker,
    save=lockers.save_locker,
)
