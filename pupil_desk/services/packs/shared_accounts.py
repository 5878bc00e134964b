"""What an incident tells, where other pupils are in it: in a copy it is proposed as withheld whole.

One account is told of all of them, and what it says of another child tells of that child though no name stands in it: «he was held». So does an
accident that took it over, and a text of the pupil's own that has words for another child. A person may give it; the names in it are then withheld
or given one by one, and further words by hand.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.another_child import speaks_of_another
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents.told_account import OF_PUPIL, REWORDED
from pupil_desk.services.packs import people, withheld_reports
from pupil_desk.services.packs.askers import Asker
from pupil_desk.services.packs.contact_fields import WholeFact
from pupil_desk.services.packs.content import CopyPart
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import incidents


def whole_facts(desk: Desk, record: PupilRecord, asker: Asker, parts: Iterable[CopyPart], changes: Sequence[Row]) -> Iterator[WholeFact]:
    """Every such account, in all its wordings, with what led to it and what was tried before, and the pupil's own texts that speak of another."""
    shared_ids = incidents.shared_ids(desk.vault, record.pupil.id)
    for place in _places(desk, record, asker, {part.name: part for part in parts}, changes, shared_ids=shared_ids) if shared_ids else ():
        yield place, (people.SHARED, _("other pupils who are in it"))


def _places(
    desk: Desk, record: PupilRecord, asker: Asker, parts: Mapping[str, CopyPart], changes: Sequence[Row], *, shared_ids: Collection[str]
) -> Iterator[tuple[str, int, str]]:
    wordings = withheld_reports.wordings_left(desk, record, asker)
    for number, (row, _entry) in enumerate(zip(wordings, parts["incidents"].entries, strict=True)):
        if row["entry_id"] in shared_ids:
            spoken = [name for name in OF_PUPIL if speaks_of_another(row[name] or "")]
            yield from (("incidents", number, name) for name in (*REWORDED, *spoken))
    accidents = withheld_reports.accidents_left(desk, record, asker)
    for number, (accident, _entry) in enumerate(zip(accidents, parts["accidents"].entries, strict=True)):
        if accident.entry_id in shared_ids:
            yield "accidents", number, "account"
    accident_ids = withheld_reports.accident_ids_in(desk, record, shared_ids)
    for number, (row, _entry) in enumerate(zip(changes, parts["history"].entries, strict=True)):
        if row["kind"] == "accident" and row["item"] == "account" and row["record_id"] in accident_ids:
            yield from (("history", number, name) for name in ("old", "new"))
