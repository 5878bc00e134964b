"""No paper about pupils reaches a printer or a file without its guard: read from the source of the pages and services.

Who makes a paper gives it a stamp, which the guard says; who shows one hands the guard on; who prints or saves one asks first.
``NEED_NOT`` names the papers that tell of no pupil, each with the reason.
"""

import ast

import pytest

from tests.rules.trees import walked

MAKE = frozenset({"build_pdf", "build_print_file", "build_web", "build_labels", "Document"})
NEED_NOT = {
    "ui/entry/entry.py": "the recovery code of the unit's file",
    "ui/pages/users/page.py": "the recovery code of the unit's file",
    "ui/pages/users/restricted.py": "the three codes of the key of the restricted notes",
    "ui/pages/figures/page.py": "numbers, of which small ones are hidden; no name",
    "services/program/guides.py": "chapters of the help",
    "services/selftest/of_unit.py": "papers of invented pupils, read back and thrown away",
    "services/selftest/stands_on.py": "sample words",
    "services/demo/notices.py": "scans of invented pupils’ forms",
    "services/governance/papers.py": "what is processed and why; no name of a pupil",
    "ui/pages/governance/erasing.py": "the certificate of an erasure, which names nobody",
    "ui/pages/governance/breaches.py": "the record of a breach, which is about no pupil of the file",
    "services/safeguarding/pack.py": "goes locked from safeguarding lead to safeguarding lead, who alone make it; its receipt goes back to the lead it came from",
    "services/packs/writing.py": "the copy of a record goes out locked; who writes one of a protected pupil is asked in «pack_finish», and it is logged",
    "services/exports/papers/opening_sheet.py": "how a locked file is opened; no name of a pupil",
    "services/exports/papers/receipt_paper.py": "a receipt names no pupil",
    "services/demo/papers.py": "papers of invented pupils, to be kept on file",
    "cli/backing_up.py": "the certificate of a restore drill names nobody",
    "ui/pages/backup.py": "the certificate of a restore drill names nobody",
    "documents/pdf/attachment_pages.py": "a text that was kept, as pages: the stamp is laid over when it is shown",
}
_STORY_FILES = frozenset({"build_print_file"})  # its documents bear the stamps, each its own


@pytest.fixture(scope="module")
def calls(modules: dict[str, ast.Module]) -> list[tuple[str, ast.Call, str]]:
    """Every call of the program by file and name."""
    return [
        (place.removeprefix("pupil_desk/"), node, node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""))
        for place, tree in sorted(modules.items())
        for node in walked(tree)
        if isinstance(node, ast.Call)
    ]


def given(call: ast.Call, word: str) -> bool:
    return any(keyword.arg in (word, None) for keyword in call.keywords)


def test_every_paper_about_pupils_is_made_with_a_stamp(calls: list[tuple[str, ast.Call, str]]) -> None:
    made = [
        (place, call.lineno)
        for place, call, name in calls
        if name in MAKE - _STORY_FILES and place not in NEED_NOT and not place.startswith("documents/") and not given(call, "stamp")
    ]
    assert made == [], "give the paper the stamp of its guard (services/guard), or name it in NEED_NOT with the reason"


def test_every_paper_that_is_shown_to_be_printed_hands_its_guard_on(calls: list[tuple[str, ast.Call, str]]) -> None:
    shown = [
        (place, call.lineno)
        for place, call, name in calls
        if name == "show_pdf"
        and isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value).endswith("paper")
        and not given(call, "guard")
    ]
    assert shown == [], "say who in the paper is protected: Paper.show_pdf(…, guard=…)"


def test_whoever_prints_otherwise_asks_first(calls: list[tuple[str, ast.Call, str]]) -> None:
    """``print_pdf`` is called by the kit's Paper alone; a page that sends by itself asks ``ask_if_protected``."""
    senders = {place for place, _call, name in calls if name in ("print_pdf", "send")} - {
        "ui/entry/entry.py",
        "ui/pages/users/page.py",
        "ui/pages/users/restricted.py",
        "ui/pages/notices/editions.py",
    }  # what names no pupil
    asking = {place for place, _call, name in calls if name == "ask_if_protected"}
    passed_on = {"ui/pages/pupils/many/letters.py"}  # what the kit's Paper calls once it has asked
    assert senders - asking - passed_on == set()


def test_the_reasons_are_still_wanted(calls: list[tuple[str, ast.Call, str]]) -> None:
    places = {place for place, _call, name in calls if name in MAKE}
    assert set(NEED_NOT) <= places
