"""The sheet with the recovery code: for the safe, in a sealed envelope."""

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, FactList, Heading, NoticeBox, Para, Run


def story(unit: str, code: str, made_on: str) -> list[Block]:
    """The sheet as blocks. It goes to the printer and nowhere else."""
    return [
        Heading(1, _("Recovery code")),
        FactList([(_("Unit"), unit), (_("Made on"), made_on)]),
        NoticeBox([Para([Run(code, bold=True, exact=True)], style="lead")]),
        Para(_("If every password is forgotten, this code opens the unit’s file in Pupil Desk. Whoever holds it can read everything.")),
        Bullets(
            [
                _("Put this sheet in an envelope, seal it, and sign across the seal."),
                _("Keep it in the safe. Give a second one to the proprietor or the authority."),
                _("When the code is used, a new one is printed. Then destroy this sheet."),
            ]
        ),
    ]
