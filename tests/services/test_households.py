"""One name that no font can print stops nobody: on a list it stands as boxes with our reference, and of papers for families it alone is left out."""

import ast
from datetime import date
from pathlib import Path

import pytest

import pupil_desk
from pupil_desk.documents.blocks import Heading, Para, Run, Table, plain_text
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.typography.fonts import boxed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import households, sheet
from pupil_desk.services.care import cards
from pupil_desk.services.desk import unwatched
from pupil_desk.services.disclosures import by_hand, statements
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.many import class_list, slips
from pupil_desk.services.notices import notices
from pupil_desk.services.paper_forms import printing, sharing_choice
from pupil_desk.services.register import register_paper
from pupil_desk.services.saving import Saving, save_slips
from tests.documents.checking import assert_accessible
from tests.services.exports.made import Unit

RARE = "𠮷"  # a real surname, whose sign no font of ours has
BORN = date(2012, 5, 1)
AT_HOME = {"address_1": "1 Elm Row", "postcode": "AL28 1AB"}


@pytest.fixture
def three(unit: Unit) -> list[Pupil]:
    found = []
    for surname in ("Ash", RARE, "Birch"):
        pupil = unit.pupil(surname, "Ann", BORN, **AT_HOME)
        unit.contact(pupil, surname, forename="Bea", parental_responsibility=True, lives_with=True, mobile="07700 900001")
        found.append(pupil)
    return found


def test_of_notices_the_one_family_is_left_out_with_the_letters(unit: Unit, three: list[Pupil]) -> None:
    kept, left_out = households.sorted_out(notices.letters_of_everyone(unit.desk).letters)
    assert sorted(letter.pupil.surname for letter in kept) == ["Ash", "Birch"]
    assert [(one.pupil.ref, one.reason, one.unprintable) for one in left_out] == [
        (three[1].ref, f"no font here has these characters: {RARE}", True)
    ]


def test_of_forms_the_one_is_left_out_and_the_others_are_one_file(unit: Unit, three: list[Pupil]) -> None:
    made = printing.make_forms(unit.desk, sharing_choice.KIND.name, three)
    assert sorted({one.form.pupil.surname for one in made.forms}) == ["Ash", "Birch"]
    assert [(one.pupil.ref, one.unprintable) for one in made.left_out] == [(three[1].ref, True)]
    assert printing.print_file(made.forms)


def test_of_slips_the_one_is_left_out_on_the_screen_and_in_a_folder(unit: Unit, three: list[Pupil], tmp_path: Path) -> None:
    found = slips.slips(unit.desk, [pupil.id for pupil in three], progress=unwatched)
    assert sorted(one.pupil.surname for one in found.papers) == ["Ash", "Birch"]
    with Saving(tmp_path) as saving:
        left_out = save_slips(saving, unit.desk, three, None, unwatched)
    assert (len(saving.files), [(one.pupil.ref, one.unprintable) for one in left_out]) == (2, [(three[1].ref, True)])


def test_of_statements_the_one_is_left_out_with_the_reason_and_no_family_reads_a_box(unit: Unit, three: list[Pupil]) -> None:
    ids, days = [pupil.id for pupil in three], statements.last_year(unit.desk)
    made, left_out = statements.statements(unit.desk, ids, days, progress=unwatched)
    assert sorted(one.pupil.surname for one in made) == ["Ash", "Birch"]
    assert [(one.pupil.ref, one.reason, one.unprintable) for one in left_out] == [
        (three[1].ref, f"no font here has these characters: {RARE}", True)
    ]
    assert not any("□" in plain_text(list(one.story)) for one in made)
    statements.log_print(unit.desk, made)
    assert {row["pupil_id"] for row in unit.desk.vault.rows("SELECT pupil_id FROM disclosure WHERE what LIKE 'Statement%'")} == {
        one.pupil.id for one in made
    }
    by_hand.keep(
        unit.desk,
        ByHand(
            pupil_id=three[0].id,
            recipient="Larkfield \N{CJK UNIFIED IDEOGRAPH-20BB7}",
            kinds=("identity",),
            purpose="x",
            basis="vital",
            way="phone",
            on=unit.desk.today,
            may_know=True,
        ),
    )
    made, left_out = statements.statements(unit.desk, ids, days, progress=unwatched)
    assert ([one.pupil.surname for one in made], len(left_out)) == (["Birch"], 2), "nor is the name of somebody told a box"


def test_on_lists_nobody_vanishes(unit: Unit, three: list[Pupil]) -> None:
    ids = [pupil.id for pupil in three]
    day = date(2026, 11, 24)
    stories = {
        "class list": class_list.paper(unit.desk, ids, class_list.ClassListOptions(columns=tuple(class_list.ClassListColumn)))[0].story,
        "first-aid cards": cards.first_aid(unit.desk, ids)[0],
        "emergency contacts": cards.emergency_contacts(unit.desk, ids)[0],
        "register": register_paper.paper(unit.desk, day, day).story,
        "sheet": sheet.paper(unit.desk, three[1].id)[0],
    }
    for what, story in stories.items():
        assert f"({three[1].ref})" in plain_text(story), what
        pdf = build_pdf(story, title=what, box_unprintable=True)
        assert_accessible(pdf)


def test_boxes_stand_for_the_letters_alone_and_all_else_is_as_it_was() -> None:
    story = [Heading(1, f"Amy {RARE}"), Para([Run(RARE, bold=True, href="https://example.org"), " and Zoë"]), Table("", ["A"], [[RARE]])]
    assert boxed(story) == [
        Heading(1, "Amy □"),
        Para([Run("□", bold=True, href="https://example.org"), " and Zoë"]),
        Table("", ["A"], [["□"]]),
    ]


ROOT = Path(pupil_desk.__file__).parent
FOR_ONE = {
    "ui/entry/entry.py": "the recovery code",
    "ui/pages/users/page.py": "the recovery code",
    "ui/pages/users/restricted.py": "three codes",
    "ui/pages/backup.py": "one certificate, which names no pupil",
    "ui/pages/requests/ready_letter.py": "one letter of one request",
    "ui/pages/requests/page.py": "one letter of one request",
    "ui/pages/sharing/page.py": "the letter to one pupil",
    "ui/pages/pupils/record/household_paper.py": "one household",
    "ui/pages/governance/breaches.py": "the record of one breach",
    "ui/pages/governance/erasing.py": "one certificate",
    "ui/pages/governance/papers.py": "names no pupil",
}
"""Papers of the window that are about one, or about nobody: a letter that cannot be printed is named there, and stops nothing else."""


def test_every_list_of_the_window_prints_whatever_a_name_holds() -> None:
    bare = set()
    for path in sorted(ROOT.glob("ui/**/*.py")):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if "build_pdf" in text else ():  # few modules need to be parsed
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "build_pdf"
            if named and not any(keyword.arg == "box_unprintable" for keyword in node.keywords):  # type: ignore[attr-defined]
                bare.add(path.relative_to(ROOT).as_posix())
    assert bare <= set(FOR_ONE), "give the list its boxes, or say here why one that cannot be printed stops nobody else"
