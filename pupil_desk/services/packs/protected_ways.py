"""Where, when and with whom a pupil can be met on the way: marked as protected, now and as it was before, where an order is in force or a home is withheld from who asks."""

from collections.abc import Iterable, Iterator, Sequence

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.protection import is_place_secret
from pupil_desk.services.packs import people
from pupil_desk.services.packs.askers import Asker
from pupil_desk.services.packs.contact_fields import WholeFact
from pupil_desk.services.packs.content import CopyPart
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.file.vault import Row

SECTION = "journeys"
OFTEN_ALIKE = frozenset({"route", "days", "pick_up_time", "set_down_time"})
"""Items of a journey whose words, such as «Mon-Fri», tell nothing where they stand elsewhere."""


def whole_facts(record: PupilRecord, asker: Asker, parts: Iterable[CopyPart], changes: Sequence[Row]) -> Iterator[WholeFact]:
    """Every such fact, in the journeys and in what they said before; none of a pupil whose place is no secret."""
    code = people.PROTECTED if is_place_secret(record.protections) else asker.home_kept(record).code
    if not code:
        return
    mark = (code, _("where, when and with whom the pupil can be met on the way"))
    entries = {part.name: part.entries for part in parts}
    for number, entry in enumerate(entries[SECTION]):
        yield from (((SECTION, number, passage.field), mark) for passage in entry)
    for number, (row, _entry) in enumerate(zip(changes, entries["history"], strict=True)):
        if row["kind"] == "journey":
            yield from ((("history", number, field), mark) for field in ("old", "new"))
