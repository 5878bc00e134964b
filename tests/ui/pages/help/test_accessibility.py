"""The accessibility statement says what the tests try, criterion by criterion, and its figures are theirs."""

import re
from pathlib import Path

import pytest

from pupil_desk.basics.places import resource
from pupil_desk.ui.style import ring, tokens
from pupil_desk.ui.style.colours import READABLE
from tests.access.test_tree import LEAST_VIEWS
from tests.ui import drawn
from tests.ui.style.test_contrast_themes import THEMES
from tests.ui.style.test_ring import LARGE, SCHEMES, STOPS

ROOT = Path(__file__).parents[4]
CRITERIA = [
    "1.1.1",
    "1.2.1",
    "1.2.2",
    "1.2.3",
    "1.2.4",
    "1.2.5",
    "1.3.1",
    "1.3.2",
    "1.3.3",
    "1.3.4",
    "1.3.5",
    "1.4.1",
    "1.4.2",
    "1.4.3",
    "1.4.4",
    "1.4.5",
    "1.4.10",
    "1.4.11",
    "1.4.12",
    "1.4.13",
    "2.1.1",
    "2.1.2",
    "2.1.4",
    "2.2.1",
    "2.2.2",
    "2.3.1",
    "2.4.1",
    "2.4.2",
    "2.4.3",
    "2.4.4",
    "2.4.5",
    "2.4.6",
    "2.4.7",
    "2.4.11",
    "2.5.1",
    "2.5.2",
    "2.5.3",
    "2.5.4",
    "2.5.7",
    "2.5.8",
    "3.1.1",
    "3.1.2",
    "3.2.1",
    "3.2.2",
    "3.2.3",
    "3.2.4",
    "3.2.6",
    "3.3.1",
    "3.3.2",
    "3.3.3",
    "3.3.4",
    "3.3.7",
    "3.3.8",
    "4.1.2",
    "4.1.3",
]  # A and AA of WCAG 2.2
TREE = "tests/access/test_tree.py::test_everything_has_a_name_a_role_and_a_heading"
DRAWN = "tests/ui/test_scaling.py::test_every_part_pane_and_act_fits"
TRIED_BY = {
    "1.1.1": TREE,
    "1.3.1": TREE,
    "1.3.2": "tests/ui/test_screen_readers.py::test_tab_comes_to_everything_as_one_reads_and_round_again",
    "1.4.3": DRAWN,
    "1.4.4": DRAWN,
    "1.4.10": "tests/ui/test_scaling.py::test_every_window_fits",
    "1.4.11": DRAWN,
    "2.1.1": "tests/ui/test_screen_readers.py::test_tab_comes_to_everything_as_one_reads_and_round_again",
    "2.1.2": "tests/ui/test_screen_readers.py::test_tab_comes_to_everything_as_one_reads_and_round_again",
    "2.2.1": "tests/ui/test_locking.py::test_nobody_there_locks",
    "2.4.1": "tests/ui/test_window.py::test_f6_goes_round_the_parts",
    "2.4.3": "tests/ui/test_screen_readers.py::test_tab_comes_to_everything_as_one_reads_and_round_again",
    "2.4.7": "tests/ui/style/test_ring.py::test_three_pixels_are_drawn_a_gap_away_from_the_edge",
    "2.5.3": TREE,
    "2.5.8": "tests/ui/style/test_style.py::test_what_is_clicked_is_large_enough",
    "3.2.6": "tests/ui/pages/help/test_help.py::test_f1_on_each_page_opens_its_topic",
    "3.3.2": TREE,
    "3.3.4": "tests/services/changes/test_undoing.py::test_a_changed_value_goes_back_and_both_changes_stay_in_the_history",
    "4.1.2": TREE,
    "4.1.3": "tests/ui/test_screen_readers.py::test_an_announcement_goes_to_the_screen_reader",
}
"""By which test a criterion is tried: those of which the statement says so."""


@pytest.fixture(scope="module")
def statement() -> str:
    return resource("help", "91-accessibility.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(statement: str) -> dict[str, list[str]]:
    found = re.findall(r"^\| (\d\.\d\.\d+) \|([^|]*)\|([^|]*)\|([^|]*)\|$", statement, re.MULTILINE)
    assert len({row[0] for row in found}) == len(found)
    return {number: [cell.strip() for cell in cells] for number, *cells in found}


def test_each_criterion_has_its_line(rows: dict[str, list[str]]) -> None:
    assert list(rows) == CRITERIA
    assert {re.split("[:;,]| to ", outcome)[0] for _asked, outcome, _how in rows.values()} == {"so", "in part", "not so", "does not apply"}


def test_what_is_said_to_be_tried_by_a_test_is_and_nothing_else(rows: dict[str, list[str]]) -> None:
    assert {number for number, (_asked, _outcome, how) in rows.items() if how == "test"} == TRIED_BY.keys()
    assert {how for _asked, _outcome, how in rows.values()} == {"test", "looked at", ""}
    for test in TRIED_BY.values():
        file, name = test.split("::")
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), test


def test_the_figures_are_those_of_the_tests(statement: str) -> None:
    for words in (
        f"More than {LEAST_VIEWS} views",
        f"{len(STOPS) + len(LARGE) + 1} kinds of control in {len(SCHEMES)} colour schemes",
        f"{len(THEMES)} contrast themes of Windows",
        f"words {READABLE:g}, edges and icons {drawn.SEEN:g}",
        f"Contrast of words, at least {READABLE:g}",
        f"Contrast of edges, icons and focus, at least {drawn.SEEN:g}",
        f"a ring of {ring.WIDTH} pixels with a gap, or of {ring.QUIET} within lists and large boxes",
        f"Every page and every other view is drawn at 100, 150 and {max(tokens.TEXT_SIZES)} %",
    ):
        assert words in statement, words


def test_what_is_not_so_is_told(rows: dict[str, list[str]], statement: str) -> None:
    """As many as are in part or not so have their words above the table, two of a language together."""
    lacking = {number for number, (_asked, outcome, _how) in rows.items() if outcome.startswith(("in part", "not so"))}
    assert lacking == {"1.1.1", "1.3.1", "1.4.10", "1.4.13", "2.5.7", "3.1.1", "3.1.2"}
    told = statement.split("## What is not so")[1].split("##")[0]
    for words in (
        "picture of a paper",
        "heading to heading",
        "language",
        "between two panes",
        "scroll sideways",
        "smaller than 1366 × 768",
        "under the mouse",
    ):
        assert words in told, words


def test_the_views_that_are_read_under_wine_are_those_that_it_names(statement: str) -> None:
    trial = (ROOT / "installers" / "windows" / "trial" / "access.py").read_text(encoding="utf-8")
    views = re.findall(r'views\["([^"]+)"\]', trial)
    assert len(views) == 4
    assert f"four views were read in the same way under Wine, which stands in for it: {', '.join(views[:-1])} and {views[-1]}." in statement
    assert "four views are read over UI Automation" in statement
