"""The import of disabilities: found by the pupil and the disability."""

from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import Disability
from pupil_desk.domain.care.needs import check_days
from pupil_desk.services.imports.keyed import Keyed, import_of
from pupil_desk.store.rows import several

DISABILITIES = import_of(
    "disabilities",
    _("Disabilities"),
    Keyed(
        record_type=Disability,
        key_of=lambda record: (record.disability,),
        by_pupil=lambda vault: several.by_pupil(vault, Disability),
        check=check_days,
    ),
)
