"""The import of learning after 14: found by the pupil, the title and the day it began."""

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.learning import Learning
from pupil_desk.domain.learning.next_steps import check_learning
from pupil_desk.services.imports.keyed import Keyed, import_of
from pupil_desk.store.rows import several

LEARNING = import_of(
    "learning",
    _("Learning after 14"),
    Keyed(
        record_type=Learning,
        key_of=lambda record: (fold(record.title), record.start),
        by_pupil=lambda vault: several.by_pupil(vault, Learning),
        check=check_learning,
    ),
)
