"""What a file that was read in told of a pupil, and no record here has a place for: kept as told, so that nothing is lost."""

from dataclasses import dataclass
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item

_of_file = partial(item, facts=Facts(Section.FILES, Category.NOTES, Purpose.LEARNING, Basis.PUBLIC_TASK))
_TOLD = Facts(Section.FILES, Category.NOTES, Purpose.LEARNING, Basis.PUBLIC_TASK, special=Special.SAFETY)  # it may be of anything


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """One value of a file that is in no other record: where it stood in the file, what it says, and why it was not taken.

    ``path`` is the heading of a table, or the elements of a transfer file down to the value. ``import_id`` is the file read in.
    """

    id: str = ""
    pupil_id: str = ""
    import_id: str = ""
    path: str = _of_file(_("Where it stood"), Kind.TEXT, required=True, longest=1000)
    value: str = item(_("What it says"), Kind.LINES, facts=_TOLD, required=True)
    reason: str = _of_file(_("Why it was not taken"), Kind.TEXT, required=True, longest=1000)
