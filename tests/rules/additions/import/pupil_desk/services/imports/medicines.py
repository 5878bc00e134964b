"""The import of medicines: found by the pupil and the name of the medicine."""

from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import Medicine, check_medicine
from pupil_desk.services.imports.keyed import Keyed, import_of
from pupil_desk.store.rows import several

MEDICINES = import_of(
    "medicines",
    _("Medicines"),
    Keyed(
        record_type=Medicine,
        key_of=lambda record: (record.name,),
        by_pupil=lambda vault: several.by_pupil(vault, Medicine),
        check=check_medicine,
    ),
)
