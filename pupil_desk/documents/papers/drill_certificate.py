"""The certificate of a restore drill: that a backup was restored for a try, checked and read. It names no pupil."""

from collections.abc import Sequence

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Para
from pupil_desk.documents.papers.signing import dated


def story(unit: str, facts: Sequence[tuple[str, str]], signer: str) -> list[Block]:
    """One page, to be signed by ``signer``, a name and a role, and kept with the papers on data protection."""
    return [
        Heading(1, _("Certificate of a restore drill")),
        Para(
            _(
                "{unit}: the backup named here can be restored. It was restored for a try, on this PC, and read. The copy was destroyed at the end."
            ).format(unit=unit)
        ),
        FactList(facts),
        Para(
            _(
                "If the unit’s file gets a new key later, such as when a user is disabled, a backup that is at hand gets it too, and its SHA-256 is "
                "then another than the one named here."
            )
        ),
        dated(_("Signed: {name}").format(name=signer)),
    ]
