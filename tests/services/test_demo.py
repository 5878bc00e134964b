"""The training unit: its people are invented, varied, right by every rule, and the same for the same seed."""

import hashlib
import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.dates import age_on, birthday
from pupil_desk.basics.errors import CannotWrite, WrongUse
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.domain.catalogue.identifiers import is_temporary, read_uln, read_upn
from pupil_desk.domain.catalogue.validation import check_enrolment, check_pupil, problems_of
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.backup.checks import check_file
from pupil_desk.services.demo import making
from pupil_desk.services.demo.invention import Invented, invent, year_group_on
from pupil_desk.services.demo.making import make_demo
from pupil_desk.services.demo.unit import PASSWORD, Training, make_training_unit
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import told
from pupil_desk.services.exports import EXPORTS, listing
from pupil_desk.services.home import home
from pupil_desk.services.notices import notices
from pupil_desk.services.packs import compiling, deciding
from pupil_desk.services.pupils import lists
from pupil_desk.services.pupils.stays import roll
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import staff
from pupil_desk.services.unit.units import is_training, sign_in
from pupil_desk.store.tables import packs as packs_on_file
from tests.trained import training_unit

DAY = date(2026, 11, 24)
_OWN = "own-work-experience-larkminster-garage"
CLOCK = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
AT_TRAINED = FixedClock(datetime(2026, 11, 24, 10, 5, tzinfo=UTC))  # of a unit of one pupil that other tests have, too
DAYS = [DAY, date(2026, 8, 31), date(2026, 9, 1), date(2027, 1, 1), date(2028, 2, 29), date(2028, 3, 1)]


def _problems(person: Invented, day: date) -> list[object]:
    records = (person.pupil, person.stay, *person.contacts, *person.choices, *person.protections)
    found: list[object] = [problem for record in records for problem in problems_of(record, day)]
    found += [*check_pupil(person.pupil), *check_enrolment(person.stay)]
    return found + [problem for choice in person.choices for problem in sharing.check_choice(choice, person.pupil.dob, day)]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_wrong_with_anybody_on_any_day(day: date, seed: int) -> None:
    assert [problem for person in invent(120, seed, day) for problem in _problems(person, day)] == []


def test_the_same_seed_gives_the_same_people_and_another_gives_others() -> None:
    assert invent(40, 7, DAY) == invent(40, 7, DAY)
    assert invent(40, 7, DAY) != invent(40, 8, DAY)
    assert invent(40, 7, DAY)[:20] == invent(41, 7, DAY)[:20]  # one more pupil does not change the others


@pytest.mark.parametrize("day", DAYS)
def test_ages_run_from_11_to_16_with_birthdays_about_13_and_16(day: date) -> None:
    people = invent(60, 1, day)
    on_roll = [person.pupil for person in people if person.stay.on_roll(day)]
    assert {age_on(pupil.dob, day) for pupil in on_roll} >= {12, 13, 14, 15, 16}
    assert all(11 <= age_on(pupil.dob, day) <= 16 for pupil in on_roll)
    assert any((pupil.dob.month, pupil.dob.day) == (2, 29) for pupil in on_roll)
    assert all(pupil.year_group == str(min(11, year_group_on(pupil.dob, day))) for pupil in on_roll)
    if day > date(2028, 1, 1):
        return  # nobody born in a common year has a birthday on 29 February
    apart = {(age, (birthday(pupil.dob, age) - day).days) for pupil in on_roll for age in (13, 16)}
    assert {(13, -1), (13, 0), (13, 1), (16, -1), (16, 0)} <= {(age, days) for age, days in apart if abs(days) <= 1}


def test_numbers_are_good_and_nobody_shares_one() -> None:
    people = invent(1500, 3, DAY)
    upns = [person.pupil.upn for person in people if person.pupil.upn]
    ulns = [person.pupil.uln for person in people if person.pupil.uln]
    assert [read_upn(upn).text for upn in upns] == upns
    assert [read_uln(uln) for uln in ulns] == ulns
    assert len(set(upns)) == len(upns) == 1499
    assert len(set(ulns)) == len(ulns)
    assert sum(is_temporary(upn) for upn in upns) == 1
    assert sum(bool(person.pupil.former_upn) for person in people) == 1


def test_no_address_or_number_can_be_anybodys() -> None:
    for person in invent(300, 4, DAY):
        for record in (person.pupil, *person.contacts):
            assert record.postcode is None or record.postcode.split()[0] in ("AL28", "WD53", "HP48")
            assert record.email is None or record.email.endswith("@example.org")
            assert record.phone is None or record.phone.startswith("01632 960")
        assert all(contact.mobile is None or contact.mobile.startswith("07700 900") for contact in person.contacts)


def test_a_unit_of_sixty_has_something_of_everything() -> None:
    people = invent(60, 1, DAY)
    assert {person.pupil.year_group for person in people} == {"7", "8", "9", "10", "11"}
    assert any(age_on(person.pupil.dob, DAY) == 11 for person in people)
    assert Counter(person.stay.on_roll(DAY) for person in people) == {True: 55, False: 5}
    assert {person.stay.status for person in people} == {"C", "S"}
    assert {p.kind for person in people for p in person.protections} == {"address-withheld", "order"}
    said = [choice for person in people for choice in person.choices]
    assert {(c.recipient, c.by) for c in said} == {(r, by) for r in ("youth-support", "post-16") for by in ("parent", "pupil")}
    assert {c.choice for c in said} == {"restrict", "allow"}
    assert any(person.pupil.looked_after for person in people)
    assert any(not person.pupil.upn for person in people)
    assert any(not name.isascii() for person in people for name in (person.pupil.surname, person.pupil.forename))
    households = {sum(bool(c.parental_responsibility) for c in person.contacts) for person in people}
    assert households == {0, 1, 2}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    path = tmp_path_factory.mktemp("training") / "unit.pupildesk"
    return training_unit(path, clock=CLOCK).desk


def test_the_unit_holds_them_and_passes_its_check(desk: Desk) -> None:
    assert is_training(desk)
    assert len(roll(desk, DAY)) == 55
    assert len(roll(desk, DAY, with_leavers=True)) == 60
    assert [finding for finding in check_file(desk) if finding.serious] == []


def test_home_and_the_rule_have_something_to_show(desk: Desk) -> None:
    tasks = home.tasks(desk)
    assert tasks.turning
    assert tasks.unasked
    assert tasks.incomplete
    assert tasks.notices.letters
    assert tasks.missing_details == {}
    assert [pupil.ref for pupil in tasks.notices.without_addressee] == ["P0018"]
    assert {reason for _p, _n, reason in notices.letters_of_everyone(desk).left_out} == {
        "under an order or restriction: gets no notice",
        "has no address on file",
    }
    levels = Counter(str(row.decision.level) for row in sharing.preview(desk, "youth-support"))
    assert set(levels) == {"none", "minimum", "full"}
    assert {"restricted", "disagree"} & {
        word for row in sharing.preview(desk, "youth-support") for word in row.decision.reason.split()
    } or levels["minimum"]


def test_a_corrected_record_has_a_history(desk: Desk) -> None:
    sections = {section.name: section for section in sheet.everything(desk, roll(desk, DAY, with_leavers=True)[0].pupil.id)}
    assert set(sections) >= {"pupil", "contacts", "history"}
    first = next(row.pupil for row in roll(desk, DAY) if row.pupil.ref == "P0001")
    told = [entry.as_kept()["item"] for entry in next(s for s in sheet.everything(desk, first.id) if s.name == "history").entries]
    assert told[0] == "", "the pupil was added"
    assert told[-2:] == ["phone", ""], "then another telephone was told, and a contact added"


def test_there_is_one_user_for_each_role_and_none_is_asked_for_a_new_password(desk: Desk) -> None:
    users = staff.users(desk)
    assert {user.role for user in users} == set(Role)
    assert not any(user.must_change_password for user in users)


@pytest.mark.parametrize("number", [0, 20_001])
def test_a_number_that_makes_no_sense_is_wrong_use(tmp_path: Path, number: int) -> None:
    with pytest.raises(WrongUse, match="20,000"):
        make_training_unit(tmp_path / "unit.pupildesk", number=number, clock=CLOCK)
    assert list(tmp_path.iterdir()) == []


# -- the demonstration


def _picture(_desk: Desk, folder: Path) -> list[Path]:
    (folder / "home.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return [folder / "home.png"]


def test_two_filters_are_there_for_everyone_and_find_somebody(desk: Desk) -> None:
    found = lists.saved_filters(desk)
    assert [(one.name, one.for_all, one.wrong) for one in found] == [
        ("Often away", True, ""),
        ("Year 11 with SEN support or a plan", True, ""),
    ]
    assert all(lists.meeting(desk, one.conditions) for one in found)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "demo"
    make_demo(folder, number=12, clock=CLOCK, draw_pages=_picture)
    return folder


def test_it_leaves_every_part_that_the_contract_names(demo: Path) -> None:
    assert (demo / "unit.pupildesk").exists()
    for pattern in (
        "backup/*.pupilbackup",
        "notices/*.pdf",
        "notices/*.html",
        "forms/*.pdf",
        "papers/register-to-mark*.pdf",
        "exports/*.csv",
        "exports/*-receipt.txt",
        "access-request/*-copy-*.pdf",
        "access-request/*-data.zip",
        "screens/*.png",
    ):
        assert list(demo.glob(pattern)), pattern
    assert {path.stem for path in demo.glob("notices/*.pdf")} == {path.stem for path in demo.glob("notices/*.html")}


def test_the_summary_names_every_file_with_its_digest_and_every_step(demo: Path) -> None:
    summary = json.loads((demo / "summary.json").read_text(encoding="utf-8"))
    named = {file["path"]: file["sha256"] for file in summary["files"]}
    there = {path.relative_to(demo).as_posix(): path for path in demo.rglob("*") if path.is_file() and path.name != "summary.json"}
    assert named == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()}
    assert [step["name"] for step in summary["steps"]] == [
        "training unit",
        "notices, PDF",
        "notices, web page",
        "forms",
        *(f"export {export.name}" for export in EXPORTS),
        f"export {_OWN}",
        "statements",
        "papers for staff",
        "access request",
        "backup",
        "backup proved",
        "screens",
        "digests",
    ]
    assert summary["seconds"] == pytest.approx(sum(step["seconds"] for step in summary["steps"]), abs=0.01)
    assert {user["role"] for user in summary["users"]} == {"office", "assistant-head", "data-officer"}


def test_an_own_export_went_by_consent_one_delivery_is_confirmed_and_something_was_told_by_telephone(demo: Path, tmp_path: Path) -> None:
    for file in demo.glob("unit.pupildesk*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    desk = sign_in(tmp_path / "unit.pupildesk", name="Morgan Bailey", password=PASSWORD, clock=CLOCK)
    made = {past.name: past for past in listing.past_exports(desk)}
    assert made[_OWN].rows == 1
    assert {name for name, past in made.items() if past.delivered} == {"youth-support"}
    assert {total.name: total.told for total in told.recipients(desk)}["Larkminster Garage"] == 1
    (by_word,) = told.log(desk, recipient="Larkshire Police")
    assert by_word.by_hand
    desk.vault.close()


def test_a_copy_is_under_way_and_another_is_written(demo: Path, tmp_path: Path) -> None:
    """One with places still to decide, and one that its words open."""
    summary = json.loads((demo / "summary.json").read_text(encoding="utf-8"))
    folder, words = demo / "access-request", summary["access_request_password"]
    assert unlocked_pdf(next(folder.glob("*.pdf")).read_bytes(), words).startswith(b"%PDF-")
    data = json.loads(unlocked(next(folder.glob("*.zip")).read_bytes(), words)["data.json"])
    assert sum(section["number"] for section in data["sections"]) > 40
    for file in demo.glob("unit.pupildesk*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    desk = sign_in(tmp_path / "unit.pupildesk", name="Morgan Bailey", password=PASSWORD, clock=CLOCK)
    begun = [row["id"] for row in desk.vault.rows("SELECT id FROM pack WHERE case_id IS NOT NULL")]
    made = compiling.compiled(desk, begun[0])
    assert made.undecided
    assert len(made.marks) > len(made.undecided)
    assert deciding.under_way(desk, made.pack.pupil_id, made.pack.case_id) == packs_on_file.get(desk.vault, begun[0])
    desk.vault.close()


def test_its_users_sign_in_by_the_password_that_is_told(demo: Path, tmp_path: Path) -> None:
    summary = json.loads((demo / "summary.json").read_text(encoding="utf-8"))
    for file in demo.glob("unit.pupildesk*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    for user in summary["users"]:
        desk = sign_in(tmp_path / "unit.pupildesk", name=user["name"], password=summary["password"], clock=CLOCK)
        assert desk.user.role.value == user["role"]
        desk.vault.close()
    assert summary["password"] == PASSWORD


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUse, match="holds something already"):
        make_demo(tmp_path, number=3, clock=CLOCK)
    with pytest.raises(WrongUse, match="is a file"):
        make_demo(tmp_path / "mine.txt", number=3, clock=CLOCK)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def _broken(*_args: object, **_named: object) -> None:
    raise CannotWrite("The disk is full. Free some space.")


def _copied(path: Path, *, progress: object, **how: Any) -> Training:
    return training_unit(path, **how)


def test_one_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "there").mkdir()
    monkeypatch.setattr(making, "make_training_unit", _copied)
    monkeypatch.setattr(making, "run_export", _broken)
    for folder in (tmp_path / "new", tmp_path / "there"):
        with pytest.raises(CannotWrite):
            make_demo(folder, number=1, clock=AT_TRAINED)
    assert not (tmp_path / "new").exists()
    assert list((tmp_path / "there").iterdir()) == []
