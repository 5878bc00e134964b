"""Plans of a pupil, and the steps of their reviews, each list under its own words."""

from collections.abc import Callable

from pupil_desk.basics.words import _
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.pupils.record.grouped import GroupPart
from pupil_desk.ui.pages.pupils.record.plans.plan_list import PlansList
from pupil_desk.ui.pages.pupils.record.plans.step_list import PlanStepsList


class PlansPart(GroupPart):
    """What was agreed, and what was done about it."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave, _("Plans"))
        self.plans, self.steps = PlansList(context, may_leave), PlanStepsList(context, may_leave)
        self.take_lists(((_("P&lans"), self.plans), (_("Re&views and steps"), self.steps)))
        self.plans.step_wanted.connect(self._begin_step)

    def read(self, record: PupilRecord) -> None:
        """Each list asks for itself, once it is turned to."""

    def _begin_step(self, entry_id: str, kind: str) -> None:
        if self.turn_to(self.steps):
            self.steps.begin_of(entry_id, kind)
