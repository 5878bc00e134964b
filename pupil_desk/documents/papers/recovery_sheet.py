"""The sheet with the recovery code, for the safe; and those of the key of the restricted notes, for three people. Each in a sealed envelope."""

from collections.abc import Sequence

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, FactList, Heading, NoticeBox, PageBreak, Para, Run


def story(unit: str, code: str, made_on: str) -> list[Block]:
    """The sheet as blocks. It goes to the printer and nowhere else."""
    return [
        Heading(1, _("Recovery code")),
        FactList([(_("Unit"), unit), (_("Made on"), made_on)]),
        NoticeBox([Para([Run(code, bold=True, exact=True)], style="lead")]),
        Para(_("If every password is forgotten, this code opens the unit’s file in Pupil Desk. Whoever holds it can read the records.")),
        Bullets(
            [
                _("Put this sheet in an envelope, seal it, and sign across the seal."),
                _("Keep it in the safe. Give a second one to the proprietor or the authority."),
                _("When the code is used, a new one is printed. Then destroy this sheet."),
            ]
        ),
    ]


def key_sheets(unit: str, codes: Sequence[str], made_on: str) -> list[Block]:
    """A sheet for each of three people, any two of whom open the restricted notes."""
    blocks: list[Block] = []
    for number, code in enumerate(codes, 1):
        title = _("Key of the restricted notes: sheet {number} of {count}").format(number=number, count=len(codes))
        blocks += [PageBreak()] if blocks else []
        blocks += [
            Heading(1, title),
            FactList([(_("Unit"), unit), (_("Made on"), made_on)]),
            NoticeBox([Para([Run(code, bold=True, exact=True)], style="lead")]),
            Para(
                _(
                    "Should nobody hold the key of the restricted notes any more, any two of these sheets give it to somebody who is named to read them. One alone opens nothing."
                )
            ),
            Bullets(
                [
                    _("Put this sheet in an envelope, seal it, and sign across the seal."),
                    _("Give each of the three to another person, such as the head, the proprietor and the authority’s safeguarding lead."),
                    _("When new sheets are made, this one opens nothing any more. Then destroy it."),
                ]
            ),
        ]
    return blocks
