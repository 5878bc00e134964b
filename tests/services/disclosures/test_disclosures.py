"""No way out leads to somebody whom the notice does not name: each is refused with what to do, before anything is written."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

import pupil_desk
from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.catalogue import label_of
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.exports.own_export import OwnColumn, OwnExport
from pupil_desk.domain.sharing.recipients import OTHER, NoticeUse, register
from pupil_desk.domain.sharing.unit_recipients import chosen_recipients
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import by_hand, disclosures, told
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.disclosures.disclosures import Way
from pupil_desk.services.exports import EXPORTS, promised_exports
from pupil_desk.services.exports.export import Export
from pupil_desk.services.exports.making import ExportOrder, make
from pupil_desk.services.exports.own import versions
from pupil_desk.services.notices import notice_editions, notice_text
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import settings
from tests.services.consents.conftest import Family, _pattern, family
from tests.services.exports.made import DAY

__all__ = ["_pattern", "family"]  # fixtures
ALL_CHOSEN = {one.setting: f"Ours: {one.name}" for one in register().values() if one.use is NoticeUse.CHOSEN}

WAYS_OUT = {
    "services/exports/recording.py": "every export, the unit's own too: to whom it is for",
    "services/disclosures/on_paper.py": "papers for a household or a pupil",
    "services/disclosures/by_hand.py": "what a person enters",
    "services/pupils/leaver_pack.py": "the receipt that goes to the next school",
    "services/packs/writing.py": "a copy for who asked",
    "services/requests/letters.py": "letters to who asked, and to who was told before",
    "services/schools/clash_paper.py": "the clashes of two registers, to the school whose register the other is",
    "services/schools/charging.py": "a statement of charges for the school that placed the pupil",
    "services/providers/return_sheet.py": "the sheet on which a provider returns the sessions of a week",
    "services/providers/pupil_sheet.py": "the sheet that tells a provider of its pupils",
    "services/transport/route_sheet.py": "the sheet that tells whoever drives a route",
    "services/disclosures/statements.py": "a statement for the family, or from 16 the pupil",
}
"""Every module that says that something was told: each names a recipient of the register in it (``Disclosure.to``)."""


def test_the_ways_out_are_these() -> None:
    root = Path(pupil_desk.__file__).parent
    found = {}
    for path in root.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "disclosures.keep(" in text or "disclosures.keep_printed(" in text:
            found[path.relative_to(root).as_posix()] = text
    assert set(found) == set(WAYS_OUT)
    writers = [path for path in root.rglob("*.py") if "add_disclosures(" in path.read_text(encoding="utf-8")]
    assert {path.name for path in writers} == {"ledger.py", "disclosures.py"}, (
        "the log of disclosures is written in one place, which asks whether the notice names who is told"
    )


@pytest.mark.parametrize(
    "module", ["pupils/leaver_pack", "packs/writing", "requests/letters", "disclosures/statements", "disclosures/on_paper"]
)
def test_a_paper_goes_to_one_whom_every_notice_names(module: str) -> None:
    """Who is told is said in the source by a name of the register; of these all are in every notice."""
    source = ast.parse((Path(pupil_desk.__file__).parent / "services" / f"{module}.py").read_text(encoding="utf-8"))
    constants = {
        alias.name
        for node in ast.walk(source)
        if isinstance(node, ast.ImportFrom) and node.module == "pupil_desk.domain.sharing.recipients"
        for alias in node.names
    }
    from pupil_desk.domain.sharing import recipients as names

    told_to = {getattr(names, name) for name in constants if name.isupper()}
    assert told_to
    assert all(register()[name].use is NoticeUse.ALWAYS for name in told_to)


@pytest.mark.parametrize("name", sorted(name for name, one in register().items() if one.use is NoticeUse.CHOSEN))
def test_whoever_is_not_written_down_is_told_nothing_by_any_way(family: Family, name: str) -> None:
    desk, one = family.unit.desk, register()[name]
    before = _counts(desk)
    entry = ByHand(
        pupil_id=family.ben.id, to=name, recipient="", kinds=("identity",), purpose="To plan", basis="public-task", way="phone", on=DAY
    )
    with pytest.raises(Refused) as refused:
        by_hand.keep(desk, entry)
    assert [(problem.column, problem.code) for problem in refused.value.problems] == [("to", "not_named")]
    assert "Settings" in refused.value.problems[0].message
    assert "new edition" in refused.value.problems[0].message
    with pytest.raises(WrongUse, match="does not name"):
        sharing.preview(desk, name, DAY)
    export = replace(EXPORTS[0], name="to-it", recipient_key=name)
    with pytest.raises(WrongUse, match="does not name"):
        make(desk, export, family.unit.file.parent, ExportOrder(reason="A test", plain=True))
    with pytest.raises(WrongUse, match="does not name"), desk.act(Action.EXPORT, "export", "", "") as work:
        disclosures.keep(work, Way.EXPORT, [_told(family, name)])
    with pytest.raises(Refused, match="does not name"):
        versions.save(
            desk,
            OwnExport(
                title="To it",
                recipient=one.label,
                purpose="x",
                basis="public-task",
                law="x",
                columns=(OwnColumn("pupil.surname", "Surname"),),
            ),
        )
    assert _counts(desk) == before
    assert not list(family.unit.file.parent.glob("*receipt*"))

    settings.save_settings(desk, replace(desk.settings, **{one.setting: "Ours"}))
    by_hand.keep(desk, replace(entry, recipient="Ours"))
    assert [line.recipient for line in told.log(desk, pupil_id=family.ben.id)] == [f"{one.label}: Ours"]
    assert told.log(desk, pupil_id=family.ben.id)[0].law == one.law
    assert sharing.preview(desk, name, DAY)


def _counts(desk: Desk) -> list[int]:
    return [desk.vault.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"] for table in ("disclosure", "export_made", "own_export")]


def _told(family: Family, to: str) -> disclosures.Disclosure:
    return disclosures.Disclosure(pupil_id=family.ben.id, what="x", to=to, recipient="x", law="x", purpose="x", fields="pupil.surname")


@pytest.mark.parametrize("to", ["", "shoe-shop", "own-shoes", OTHER])
def test_nothing_that_the_program_sends_goes_to_somebody_else(family: Family, to: str) -> None:
    with pytest.raises(WrongUse, match="Settings"), family.unit.desk.act(Action.EXPORT, "export", "", "") as work:
        disclosures.keep(work, Way.EXPORT, [_told(family, to)])


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"basis": "public-task"}, "basis"),
        ({"basis": "own"}, "basis"),
        ({"basis": "legal-obligation"}, "law"),
        ({"to": "asker"}, "to"),
        ({"to": ""}, "to"),
        ({"recipient": " "}, "recipient"),
    ],
)
def test_somebody_else_needs_consent_or_a_ground_and_a_reason(family: Family, changes: dict[str, str], column: str) -> None:
    entry = ByHand(
        pupil_id=family.ben.id,
        recipient="Larkfield Police",
        kinds=("identity",),
        purpose="A missing child",
        basis="vital",
        way="phone",
        on=DAY,
    )
    assert by_hand.problems(family.unit.desk, entry) == ()
    for ground in ("safeguarding", "crime", "court"):
        assert by_hand.problems(family.unit.desk, replace(entry, basis=ground)) == ()
    assert [problem.column for problem in by_hand.problems(family.unit.desk, replace(entry, **changes))] == [column]  # type: ignore[arg-type]
    assert [problem.column for problem in by_hand.problems(family.unit.desk, replace(entry, purpose=" "))] == ["purpose"]
    assert by_hand.problems(family.unit.desk, replace(entry, basis="legal-obligation", law="Terrorism Act 2000, section 19")) == ()


def test_who_is_written_down_stands_in_the_notice_by_name_law_and_items_which_is_a_new_edition(family: Family) -> None:
    desk = family.unit.desk
    first = notice_editions.current_edition(desk)
    settings.save_settings(desk, replace(desk.settings, **ALL_CHOSEN))
    second = notice_editions.current_edition(desk)
    assert (second.digest != first.digest, second.recipients != first.recipients) == (True, True)
    said = notice_editions.said_now(desk)
    rows = {row.name: row for row in notice_text.annex_of(desk.settings, DAY, promised_exports(desk)).recipients}
    for one in chosen_recipients(desk.settings):
        assert said.recipients[one.name].names == (f"Ours: {one.name}",)
        assert rows[one.label].law == one.law
        assert set(rows[one.label].full) == {label_of(path) for path in one.full}
        assert one.said in said.filling["also_told"]
        assert one.said_own in said.filling["also_told_own"]
    assert re.search("[a-z]", said.filling["also_told_arabic"].replace("(virtual school)", "")) is None, "all in Arabic"
    assert "danger" in rows[register()[OTHER].label].law
    with desk.act(Action.EDIT_NOTICE, "notice-edition", "", "") as work:
        notice_editions.keep(work)
    settings.save_settings(desk, replace(desk.settings, told_schools="Ours: main-school\nBroadmere"))
    third = notice_editions.current_edition(desk)
    assert [change.kind for change in notice_editions.changes(desk, second, third)] == ["recipient-names"]


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_every_export_is_for_one_whom_the_notice_names(family: Family, export: Export) -> None:
    """Every notice names them; one with whom a unit may work is named where it has written them down, and is sent nothing before."""
    desk, recipient = family.unit.desk, register()[export.recipient_key]
    assert export.recipient == recipient.label
    if recipient.use is not NoticeUse.ALWAYS:
        assert recipient.use is NoticeUse.CHOSEN
        assert set(export.items) <= set(recipient.full), "what the notice says that they are told"
        assert export.switch, "who works with none of them need not have it in the notice"
        settings.save_settings(desk, replace(desk.settings, **{export.switch: True}))
        before = _counts(desk)
        with pytest.raises(WrongUse, match="does not name"):
            make(desk, export, family.unit.file.parent, ExportOrder(reason="A test", plain=True))
        assert _counts(desk) == before
