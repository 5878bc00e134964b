"""The import of destinations: found by the pupil and the kind of destination."""

from pupil_desk.basics.words import _
from pupil_desk.domain.learning.destination import Destination
from pupil_desk.domain.learning.next_steps import check_destination
from pupil_desk.services.imports.keyed import Keyed, import_of
from pupil_desk.store.rows import several

DESTINATIONS = import_of(
    "destinations",
    _("Where pupils go next"),
    Keyed(
        record_type=Destination,
        key_of=lambda record: (record.kind,),
        by_pupil=lambda vault: several.by_pupil(vault, Destination),
        check=check_destination,
    ),
)
