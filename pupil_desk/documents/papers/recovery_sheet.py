"""The sheet with the recovery code, for the safe; and those of the key of a room, for three people. Each in a sealed envelope."""

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


def key_sheets(unit: str, codes: Sequence[str], made_on: str, texts: str, key: str) -> list[Block]:
    """A sheet for each of three people, any two of whom open what is under the key: ``texts`` and ``key`` in words."""
    blocks: list[Block] = []
    for number, code in enumerate(codes, 1):
        title = _("Key of the {texts}: sheet {number} of {count}").format(texts=texts, number=number, count=len(codes))
        blocks += [PageBreak()] if blocks else []
        blocks += [
            Heading(1, title),
            FactList([(_("Unit"), unit), (_("Made on"), made_on)]),
            NoticeBox([Para([Run(code, bold=True, exact=True)], style="lead")]),
            Para(
                _(
                    "Should nobody hold {key} any more, any two of these sheets give it to somebody who is named for it. One alone opens nothing."
                ).format(key=key)
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
