"""The answer of the Learning Records Service by window: what is sure is taken, a possible match only by picking it, a refusal says why."""

from pathlib import Path

from PySide6.QtWidgets import QLabel

from pupil_desk.basics.dates import show_date
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.importing import ImportPage
from tests.services.imports.made import table


def proposed_name(page: ImportPage, row: int) -> str:
    """Whom a row is about, beside the choice."""
    page.proposed.table.selectRow(row)
    return page.proposed.detail._content.findChildren(QLabel)[1].text()


def test_a_possible_match_waits_until_a_person_picks_it(page: ImportPage, desk: Desk, tmp_path: Path, answers: Answers) -> None:
    sure, maybe, bad = [pupil for pupil in pupils.all_pupils(desk) if pupil.uln is None][:3]
    path = tmp_path / "LRB_10012345_241120261005.CSV"
    path.write_bytes(
        table(f"""ReturnCode | ReturnDescription | ULN | GivenName | FamilyName | DateOfBirth
        Exact match | | 9276308686 | {sure.forename} | {sure.surname} | {sure.dob}
        Possible match | | 1026893096 | {maybe.forename} | {maybe.surname} | {maybe.dob}
        RC10 | Null values | | {bad.forename} | {bad.surname} | {bad.dob}""")
    )
    page.open_file(path)
    assert page.source.kind.currentText() == "Answer of the Learning Records Service"
    assert page.proposed.headings.text().startswith(
        "Answer of the Learning Records Service: 1 with a number, 1 to choose, 0 without a match, 1 refused."
    )
    states = {page.proposed.table.cell(row, "state"): row for row in range(3)}
    assert set(states) == {"Changed", "To choose", "Refused"}
    assert proposed_name(page, states["To choose"]) == f"{maybe.surname}, {maybe.forename}, {show_date(maybe.dob)}, 1026893096"
    assert "RC10" in page.proposed.table.cell(states["Refused"], "why")
    page.proposed.table.selectRow(states["To choose"])
    assert page.proposed.detail.answers["uln", "mine"].isChecked()
    page.proposed.theirs_button.click()
    assert page.proposed.table.cell(states["To choose"], "state") == "To choose", "«Take all» takes no number that is not sure"
    page.proposed.detail.answers["uln", "theirs"].click()
    answers.answers = [True]  # one row is refused
    page.proposed.keep_button.click()
    now = {pupil.id: pupil.uln for pupil in pupils.all_pupils(desk)}
    assert (now[sure.id], now[maybe.id], now[bad.id]) == ("9276308686", "1026893096", None)
