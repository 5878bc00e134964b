"""What happened in an incident, where other pupils are in it: in a copy it is proposed as withheld whole.

One account is told of all of them, and what it says of another child tells of that child though no name stands in it: «he was held». A person may
give it; the names in it are then withheld or given one by one, and further words by hand.
"""

from collections.abc import Iterable, Iterator

from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents.told_account import REWORDED
from pupil_desk.services.packs import people, withheld_reports
from pupil_desk.services.packs.askers import Asker
from pupil_desk.services.packs.contact_fields import WholeFact
from pupil_desk.services.packs.content import CopyPart
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.tables import incidents


def whole_facts(desk: Desk, record: PupilRecord, asker: Asker, parts: Iterable[CopyPart]) -> Iterator[WholeFact]:
    """Every such account, in all its wordings, with what led to it and what was tried before."""
    shared_ids = incidents.shared_ids(desk.vault, record.pupil.id)
    (part,) = (part for part in parts if part.name == "incidents")
    for number, (row, _entry) in enumerate(zip(withheld_reports.wordings_left(desk, record, asker), part.entries, strict=True)):
        if row["entry_id"] in shared_ids:
            yield from (((part.name, number, name), (people.SHARED, _("other pupils who are in it"))) for name in REWORDED)
