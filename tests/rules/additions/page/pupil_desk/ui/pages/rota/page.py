"""Who is on duty at lunch, as a page of the window."""

from pupil_desk.basics.words import _
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import UNIT
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.words import label


class RotaPage(Page):
    """Tasks: see who is on duty."""

    name = "rota"
    title = _("Lunch rota")
    icon = "fork-knife"
    group = UNIT
    action = Action.READ_RECORD

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.column.addWidget(Heading(self.title, []))
        self.column.addWidget(label(_("Nobody is on duty."), "muted"))
        self.column.addStretch(1)
