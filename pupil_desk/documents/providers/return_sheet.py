"""The sheet on which a provider says of each session of a week whether the pupil came."""

from collections.abc import Sequence

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Heading, NoticeBox, Para, Run, Table
from pupil_desk.documents.papers.signing import dated

_SHARES = (3.2, 2, 1.6, 1, 1, 1.4, 1.2)
_ROOM = 1.6  # somebody makes crosses in it


def story(provider: str, days: str, rows: Sequence[tuple[str, str, str]], unit: str) -> list[Block]:
    """The sheet; each row is a pupil, a day and its half."""
    header = [_("Pupil"), _("Day"), _("Session"), _("Came"), _("Late"), _("Did not come"), _("Not run")]
    return [
        Heading(1, _("Sessions to return")),
        Para([Run(_("{provider}, {days}").format(provider=provider, days=days), bold=True)], style="lead"),
        Para(
            _(
                "Make one cross in each row, sign, and send the sheet back at the end of the week. If a pupil does not come, ring us at once."
            )
        ),
        Table(caption="", header=header, rows=[[*row, "", "", "", ""] for row in rows], widths=_SHARES, room=_ROOM),
        NoticeBox([dated(_("Name and signature"))]),
        Para(_("Back to {unit}. For those who teach the pupils there alone: keep no copy.").format(unit=unit), style="small"),
    ]
