"""Pages that were set aside: filed by hand, turned the right way up, or thrown away with the reason. None goes by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.paper_form import Aside, PaperForm
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import guard
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms.out import out
from pupil_desk.services.paper_forms.printing import KIND
from pupil_desk.services.paper_forms.reading import KIND as SCAN
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import paper_forms, pupils, scans


@dataclass(frozen=True, slots=True)
class SetAside:
    """A page that waits for a person: why, and whose form it is where that is known. ``place`` is its place in its stack."""

    id: str
    place: int
    reason: Aside
    read_on: date
    form: PaperForm | None = None
    pupil: Pupil | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """Where a page could be filed: a form that is out, and which of its pages."""

    form: PaperForm
    pupil: Pupil
    page: int
    pages: int

    @property
    def id(self) -> str:
        """One text that names it."""
        return f"{self.form.id}/{self.page}"


def set_aside(desk: Desk) -> list[SetAside]:
    """The pages set aside, in the order in which they were read."""
    desk.require(Action.READ_RECORD)
    rows = [row for row in scans.waiting(desk.vault) if row["aside"]]
    people = pupils.some_by_id(desk.vault, {row["pupil_id"] for row in rows if row["pupil_id"]})
    return [
        SetAside(
            row["id"],
            row["place"],
            Aside(row["aside"]),
            local_time(row["at"]).date(),
            paper_forms.get(desk.vault, row["form_id"]) if row["form_id"] else None,
            pupil=people.get(row["pupil_id"]),
        )
        for row in rows
    ]


def put_aside(desk: Desk, scan_ids: Sequence[str]) -> Changed:
    """Set filed pages aside: they are not what the program took them for."""
    rows = [_waiting(desk, scan_id) for scan_id in scan_ids]
    with desk.act(Action.READ_SCANS, SCAN, rows[0]["batch_id"], f"set aside by hand {len(rows)}"):
        for row in rows:
            scans.set_aside(desk.vault, row["id"], Aside.BY_HAND)
    return Changed.of(SCAN)


def filings(desk: Desk) -> list[Filing]:
    """The pages of forms that are out, by pupil's name, of which none waits yet."""
    filed, counts = scans.filed(desk.vault), paper_forms.page_counts(desk.vault)
    return [
        Filing(out_form.form, out_form.pupil, page, counts[out_form.form.id])
        for out_form in sorted(out(desk), key=lambda out_form: (out_form.pupil.surname, out_form.pupil.forename))
        for page in range(1, counts[out_form.form.id] + 1)
        if (out_form.form.id, page) not in filed
    ]


def file_by_hand(desk: Desk, scan_id: str, form_id: str, page: int) -> Changed:
    """File a page under a form that is out: the person has seen whose it is, and says later what stands on it. Raises WrongUse."""
    row = _waiting(desk, scan_id)
    form = paper_forms.get(desk.vault, form_id)
    if form is None or (form_id, page) in scans.filed(desk.vault):
        raise WrongUse(_("That page of the form is there already, or the form is no longer on file. Choose another."))
    with desk.act(Action.READ_SCANS, "pupil", form.pupil_id, "scan filed by hand"):
        scans.file_under(desk.vault, row["id"], pupil_id=form.pupil_id, form_id=form_id, page=page)
    return Changed.of(SCAN, KIND, ids=(form.pupil_id,))


def throw_away(desk: Desk, scan_ids: Sequence[str], because: str) -> Changed:
    """Throw pages away that were set aside, with the reason, which the log keeps, so that it names nobody. Raises Refused, WrongUse."""
    reason = tidy(because)
    refuse(
        guard.problems(desk, {"because": reason}) if reason else (Problem("because", "missing", _("Enter why the page is not needed.")),)
    )
    rows = [_waiting(desk, scan_id) for scan_id in scan_ids]
    if any(not row["aside"] for row in rows):
        raise WrongUse(_("A page that is filed is not thrown away. Set it aside first."))
    with desk.act(Action.READ_SCANS, SCAN, rows[0]["batch_id"], f"thrown away {len(rows)}: {reason}"):
        scans.remove(desk.vault, [row["id"] for row in rows])
    return Changed.of(SCAN)


def _waiting(desk: Desk, scan_id: str) -> Row:
    return required(scans.get(desk.vault, scan_id), _("That page is no longer there: somebody has dealt with it. Look at the list again."))
