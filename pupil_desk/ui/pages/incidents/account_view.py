"""The account of an incident as it is printed, whole, to be signed by hand."""

from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.services.guard import guard
from pupil_desk.services.incidents import account_paper
from pupil_desk.services.incidents.looking import IncidentState
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.paper import Paper


class AccountView(Paper):
    """Shown before it is printed; what is logged names each pupil who is in it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, account_paper.TITLE)

    def begin(self, state: IncidentState) -> bool:
        """Show the account of an incident; False where it cannot be made, and the banner says why."""
        desk = self._context.desk
        pupils_guard = guard(desk, [case.now.pupil_id for case in state.counting], "incident account")
        data = self._context.attempt(lambda: account_paper.pdf(desk, state, pupils_guard.stamp))
        if data is None:
            return False
        self.show_pdf(_("The account, to be signed by hand"), data, partial(account_paper.log_print, desk, state), guard=pupils_guard)
        return True
