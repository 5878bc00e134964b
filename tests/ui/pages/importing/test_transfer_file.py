"""A Common Transfer File by window: a pupil a row, each difference picked, and what is refused said."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.store.tables import contacts
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.importing import ImportPage
from pupil_desk.ui.pages.importing.source import KINDS
from tests.services.imports.ctf_made import CONTACT, NAME, RESULT, contacts_of, ctf_of, pupil_of

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"
EXPECTED: dict[str, Any] = json.loads((DATA / "expected.json").read_text("utf-8")) if DATA.exists() else {}
FILES = [name for name, facts in EXPECTED.get("files", {}).items() if facts["kind"] == "ctf"]
UPN, NEW = "Y919110026001", "M919110026002"  # the first is Mia Ashdown's


def _file(tmp_path: Path, data: bytes, name: str = NAME) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def _mia(desk: Desk) -> Any:
    return next(pupil for pupil in pupils.all_pupils(desk) if pupil.upn == UPN)


def test_the_file_box_offers_transfer_files() -> None:
    assert "*.xml" in KINDS[0][1].split()


def test_a_pupil_here_already_is_shown_with_its_differences_and_only_what_is_picked_is_kept(
    page: ImportPage, desk: Desk, tmp_path: Path
) -> None:
    mia = _mia(desk)
    told = pupil_of(
        UPN,
        mia.surname,
        mia.forename,
        mia.dob.isoformat(),
        town="Another Place",
        basic="<PreferredForename>Mi</PreferredForename>",
        rest=contacts_of(CONTACT),
    )
    page.open_file(_file(tmp_path, ctf_of(told)))
    assert page.source.kind.currentText() == "Common Transfer File (CTF)"
    assert page.proposed.headings.text().startswith("Common Transfer File 26.0, in full, from Larkfield School (919/4003)")
    assert page.proposed.table.cell(0, "state") == "Unchanged"
    assert "Address: stays 4 Larch Way, " in page.proposed.table.cell(0, "why")
    assert not page.proposed.keep_button.isEnabled()
    before = {contact.id for contact in contacts.of_pupil(desk.vault, mia.id)}
    for column in ("address_1", "contact-1"):
        assert page.proposed.detail.answers[column, "mine"].isChecked()
        page.proposed.detail.answers[column, "theirs"].click()
    assert page.proposed.keep_button.text() == "&Import changes to 1 pupil"
    page.proposed.keep_button.click()
    after = _mia(desk)
    assert (after.town, after.preferred_forename) == ("Another Place", mia.preferred_forename)
    new = [contact for contact in contacts.of_pupil(desk.vault, mia.id) if contact.id not in before]
    assert [contact.full_name for contact in new] == ["Ms Ada Hall"]


def test_a_new_pupil_says_what_comes_with_it_and_what_is_not_taken(page: ImportPage, desk: Desk, tmp_path: Path) -> None:
    page.open_file(
        _file(tmp_path, ctf_of(pupil_of(NEW, rest=contacts_of(CONTACT) + RESULT.format(result=94) + "<NAWdetails><a>1</a></NAWdetails>")))
    )
    words = [each.text() for each in page.proposed.detail.findChildren(type(page.proposed.summary))]
    assert "Goes in with the pupil" in words
    assert any(text.startswith("Ms Ada Hall, Mother; ") for text in words)
    assert "Key Stage 2, 2023, Reading; 94" in words
    assert words.index("Kept under From files") < words.index("NAWdetails/a: 1")
    page.proposed.keep_button.click()
    assert any(pupil.upn == NEW for pupil in pupils.all_pupils(desk))


def test_a_file_for_another_unit_is_said_in_amber(page: ImportPage, tmp_path: Path) -> None:
    page.open_file(_file(tmp_path, ctf_of(pupil_of(NEW), estab="4999", version="27.0")))
    assert page.proposed.order.isVisibleTo(page)
    assert "written to 919/4999" in page.proposed.order.text()
    assert "version 27.0" in page.proposed.order.text()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (ctf_of(pupil_of(NEW), prolog="<!DOCTYPE CTfile>"), NAME, "has a DOCTYPE"),
        (ctf_of(pupil_of(NEW))[:-40], NAME, "damaged or cut short"),
        (ctf_of(pupil_of(NEW)), "9194003_CTF_9191100_001 (1).xml", "its right name, 9194003_CTF_9191100_001.xml"),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_open(
    page: ImportPage, context: Context, tmp_path: Path, data: bytes, name: str, words: str
) -> None:
    page.open_file(_file(tmp_path, data, name))
    assert words in context.banner.words
    assert page.proposal is None


@pytest.mark.skipif(not FILES, reason="shared/data does not lie beside the checkout")
@pytest.mark.parametrize("name", FILES)
def test_each_real_file_comes_to_what_is_expected(empty_page: ImportPage, name: str) -> None:
    page, expected = empty_page, EXPECTED["files"][name]["expect"]
    page.open_file(DATA / name)
    if expected["problems"]:
        assert page.proposal is None
        assert page.context.banner.words.endswith("Nothing was changed.")
        return
    words = "{read} row{s} read: {added} new, {changed} changed, {unchanged} unchanged, {refused} refused."
    assert page.proposed.summary.text() == f"{Path(name).name}, {words.format(**expected, s='s' * (expected['read'] != 1))}"
    page.proposed.keep_button.click()
    assert len(pupils.all_pupils(page.context.desk)) == expected["added"]


def test_results_for_those_who_are_not_here_are_left_out_and_one_press_adds_them(
    page: ImportPage, desk: Desk, tmp_path: Path, answers: Answers
) -> None:
    before = len(pupils.all_pupils(desk))
    told = (pupil_of(upn, "Yarrow", rest=RESULT.format(result="104")) for upn in (NEW, "T919110022999"))
    told = (re.sub("<Address>.*</Address>", "", one) for one in told)
    page.open_file(_file(tmp_path, ctf_of(*told).replace(b">full<", b">partial<")))
    assert page.proposed.absent.text().startswith("2 rows tell a part of a record, such as results, of somebody who is not here.")
    assert [page.proposed.table.cell(row, "state") for row in (0, 1)] == ["Left out"] * 2
    assert not page.proposed.keep_button.isEnabled()
    answers.answers = [True]
    page.proposed.absent_button.click()
    assert page.proposed.absent.isHidden()
    page.keep()
    assert len(pupils.all_pupils(desk)) == before + 2
