"""Every list of another system by the window as by command: the same records, and nothing is asked of its headings a second time."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.run import run_import
from pupil_desk.store.tables import contacts, pupils
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.importing import ImportPage
from tests.services.imports.made import ANN, new_unit, table
from tests.services.imports.neighbouring import BEFORE, EXPECTED, MAPPED, in_the_suite, source_of
from tests.ui.pages.importing.test_headings import pick_kind

SAID = MAPPED | {"dup_header.csv": {"Surname (2)": ""}}  # of one heading twice, which is meant
_OWN = {"id", "ref", "pupil_id"}


@pytest.fixture
def other_desk(tmp_path: Path) -> Iterator[Desk]:
    """A unit without pupils for the command."""
    folder = tmp_path / "other"
    folder.mkdir()
    desk = new_unit(folder)
    yield desk
    desk.vault.close()


def held(desk: Desk) -> list[dict[str, Any]]:
    """The pupils and contacts of a unit, but for what differs from unit to unit."""
    people = pupils.all_pupils(desk.vault)
    records = [*people, *(contact for pupil in people for contact in contacts.of_pupil(desk.vault, pupil.id))]
    told = [{name: value for name, value in dataclasses.asdict(record).items() if name not in _OWN} for record in records]
    return sorted(told, key=repr)


@pytest.mark.parametrize("name", in_the_suite(EXPECTED))
def test_a_list_goes_in_by_the_window_as_by_command_and_is_known_again(
    empty_page: ImportPage, other_desk: Desk, tmp_path: Path, name: str, answers: Answers
) -> None:
    page, desk, said = empty_page, empty_page.context.desk, SAID.get(name)
    if name in BEFORE:
        for unit in (desk, other_desk):
            run_import(unit, "pupils", table(f"surname|forename|dob|upn\nHall|Ann|4/3/2012|{ANN}"))
    by_command = run_import(other_desk, "pupils" if said else "auto", source_of(name), name, mapping=said)
    path = tmp_path / name
    path.write_bytes(source_of(name))
    page.open_file(path)
    if said:
        if page.stack.currentWidget() is not page.headings:
            pick_kind(page, "Pupils")
            page.proposed.headings_button.click()
        for heading, column in said.items():
            page.headings.boxes[heading].set_key(column or "-")
        page.headings.use_button.click()
    assert page.stack.currentWidget() is page.proposed
    if by_command.added:
        answers.answers = [True]  # the rows refused are left behind
        page.proposed.keep_button.click()
    assert held(desk) == held(other_desk)

    page.open_file(path)
    assert page.stack.currentWidget() is page.proposed, "asked again"
    assert page.proposal is not None
    assert page.proposal.is_remembered is bool(said)
    fates = {row.fate.value for row in page.proposal.rows if row.fate.value != "refused"}
    assert fates <= {"unchanged"}
