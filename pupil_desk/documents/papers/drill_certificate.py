"""The certificate of a restore drill: that a backup was restored for a try, checked and read. It names no pupil."""

from collections.abc import Sequence

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Para


def story(unit: str, facts: Sequence[tuple[str, str]]) -> list[Block]:
    """One page, to be signed and kept with the papers on data protection."""
    return [
        Heading(1, _("Certificate of a restore drill")),
        Para(
            _("{unit}: the backup named here was restored for a try, on this PC, and read. The copy was destroyed at the end.").format(
                unit=unit
            )
        ),
        FactList(facts),
        Para(_("Signed: ______________________________    Day: ____________________")),
    ]
