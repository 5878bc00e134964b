"""Short ways to print forms on their page, and to send them back as a scan."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.printing import NumberedForm
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.forms import FormsPage
from tests import scans

FORM = "sharing-choice"


def names(page: FormsPage) -> list[str]:
    return [page.to_print.table.cell(place, "name") for place in range(len(page.to_print.table.rows))]


def mean_it(page: FormsPage) -> None:
    """Somebody among them is protected, and the program asks once more."""
    ask = page.context.ask
    assert isinstance(ask, Answers)
    if page.paper.guard:
        ask.answers.insert(0, True)


def print_them(page: FormsPage) -> tuple[NumberedForm, ...]:
    """Print what is chosen, and take hold of what is on file from then on."""
    taken: list[NumberedForm] = []
    keep = printing.record_printed

    def take(desk: Desk, forms: Sequence[NumberedForm]) -> Changed:
        taken.extend(forms)
        return keep(desk, forms)

    page.print_()
    mean_it(page)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "record_printed", take)
        page.paper.print_()
    return tuple(taken)


def scan(folder: Path, *pages: object) -> Path:
    path = folder / "scan.pdf"
    path.write_bytes(scans.as_pdf(list(pages)))  # type: ignore[arg-type]
    return path
