"""A pupil's protection is checked before an export: with one, such as an order or an address withheld, they stay out of the file until a data
officer confirms the row by name."""

from collections.abc import Collection

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.exports.export import Ask, ExportedPupil, LeftOut, Selection

PROTECTED = "protected"
"""How each reason in short begins that tells of a protection: by that it is known again where it was kept of an export."""


def held_back(pupil: Pupil, protections: Collection[Protection], confirm: Collection[str]) -> LeftOut | None:
    """Why a protected pupil stays out of a file; None for one who is not protected, or whose id is among those confirmed by name.

    ``protections`` are those of this pupil that count on the day. The receipt's words name neither the pupil nor the kind.
    """
    if not protections or pupil.id in confirm:
        return None
    reason = _("Protected ({kinds}), and not confirmed by name.").format(kinds=kinds_of(protections))
    return LeftOut(pupil, reason, _("protected, and not confirmed by name"), tuple(protections))


def kinds_of(protections: Collection[Protection]) -> str:
    """«address withheld and order or restriction»."""
    return join_words(sorted({codelist("protection_kind").label_of(p.kind).lower() for p in protections}))


def add_unless_protected(selection: Selection, exported: ExportedPupil, ask: Ask) -> None:
    """Put a pupil of whom all may be told into the file, or among those left out while a protection stands in the way."""
    if left := held_back(exported.pupil, exported.protections, ask.confirm):
        selection.left_out.append(left)
    else:
        selection.exported.append(exported)
