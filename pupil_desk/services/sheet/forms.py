"""The section of forms: what was printed, what came of each, and pages that came back and wait for a person."""

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.papers.paper_form import Aside, FormStep
from pupil_desk.services.sheet.entries import SheetEntry, of_rows
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.tables import paper_forms, scans

_STEPS = {
    FormStep.BACK: _("Came back, and was confirmed"),
    FormStep.GIVEN_UP: _("No longer waited for"),
    FormStep.REPLACED: _("A later form took its place"),
    FormStep.LOOKED_FOR: _("Waited for again"),
}


def forms(vault: Vault, pupil_id: str) -> tuple[SheetEntry, ...]:
    """Every form printed about a pupil; scanned pages that wait for confirmation come after them."""
    rows, came = paper_forms.of_pupil(vault, pupil_id), paper_forms.steps_of(vault, pupil_id)
    entries = []
    for row, entry in zip(rows, of_rows(rows, "paper_form"), strict=True):
        steps = [_step(step) for step in came if step["form_id"] == row["record_id"]]
        facts = [("step", _("What came of it"), words, words) for words in steps]
        entries.append(SheetEntry((*entry.facts, *facts)))
    return (*entries, *(_waiting(page) for page in scans.of_pupil(vault, pupil_id)))


def _step(row: Row) -> str:
    day = show_date(local_time(row["at"]).date())
    words = _("{what}, {day}, by {who}").format(what=_STEPS[FormStep(row["step"])], day=day, who=row["recorded_by"])
    return _("{words}: {reason}").format(words=words, reason=row["because"]) if row["because"] else words


def _waiting(row: Row) -> SheetEntry:
    words = _("A scanned page, not confirmed yet; nothing on it counts until somebody has confirmed it")
    if row["aside"]:
        words = _("A scanned page, set aside: {why}").format(why=Aside(row["aside"]).words)
    return SheetEntry(
        (("scan", _("Waiting"), row["at"], words), ("at", _("Read in on"), row["at"], show_date(local_time(row["at"]).date())))
    )
