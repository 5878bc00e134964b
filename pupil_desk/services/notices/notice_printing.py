"""That notices were printed is kept: logged, told of whom, and the slips that went with them on file."""

from collections.abc import Iterable

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.paper_forms.printing import NumberedForm, keep_printed
from pupil_desk.services.roles import Action


def log_printed(desk: Desk, letters: Iterable[Letter], slips: Iterable[NumberedForm] = ()) -> Changed:
    """Log that notices were printed or saved, one row a pupil, and to whom each tells of the pupil; the slips that went with them are on file."""
    letters = list(letters)
    ids = list(dict.fromkeys(letter.pupil.id for letter in letters))
    if not ids:
        return Changed.of()
    with desk.act(Action.PRINT_NOTICE, "pupil", ids[0]) as work:
        for pupil_id in ids[1:]:
            work.note(Action.PRINT_NOTICE, "pupil", pupil_id)
        on_paper.keep(work, on_paper.NOTICE, letters)
        changed = keep_printed(work, slips)
    return Changed.of(*changed, ids=tuple(ids))
