"""A statement equals the log: every row that stands, once, and nothing that the family may not know. Two sides, whatever there is."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.pdf.page import pages_needed
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.domain.unit.school_name import schools_by_number
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import by_hand, disclosures, statement_lines, statements, told
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.disclosures.disclosures import Way
from pupil_desk.services.disclosures.statements import Statement
from pupil_desk.services.disclosures.told import Days
from pupil_desk.services.duplicates import merging
from pupil_desk.services.exports import all_exports, run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import settings
from pupil_desk.store.tables import pupils
from pupil_desk.store.tables import told as store
from tests.services.consents.conftest import Family, _pattern, family
from tests.services.exports.made import DAY, Unit
from tests.services.test_demo import CLOCK
from tests.trained import training_unit

__all__ = ["_pattern", "family"]  # fixtures
YEAR = Days(DAY - timedelta(days=364), DAY)


def one(desk: Desk, pupil_id: str, days: Days = YEAR) -> Statement:
    (made,), _left_out = statements.statements(desk, [pupil_id], days)
    return made


def text_of(made: Statement) -> str:
    return plain_text(list(made.story))


def by_word(family: Family, **changes: object) -> ByHand:
    entry = ByHand(
        pupil_id=family.ben.id,
        to="authority",
        recipient="",
        kinds=("attendance",),
        purpose="A secret reason",
        basis="public-task",
        way="phone",
        on=DAY,
    )
    return replace(entry, **changes)  # type: ignore[arg-type]


def test_it_says_who_was_told_what_when_and_by_which_law_and_how_to_object(family: Family) -> None:
    desk = family.unit.desk
    by_hand.keep(desk, by_word(family))
    by_hand.keep(desk, by_word(family, kinds=("attendance", "safety", "safeguarding"), basis="vital"))
    made = one(desk, family.ben.id)
    text = text_of(made)
    assert made.found.rows == 2
    assert "24 Nov 2026" in text
    assert "Local authority" in text
    assert register()["authority"].law in text
    assert "Attendance" in text
    assert "you can ask us to stop" in text
    assert "protections" not in text.casefold(), "that something is protected is said to nobody"
    assert "safeguarding" not in text.casefold(), "nor that there is such a file"
    assert "secret" not in text, "what a person typed is not printed"
    assert "when and by which law" in text, "why is said only where there is room"


def test_what_was_struck_out_or_lies_outside_the_days_is_not_there(family: Family) -> None:
    desk = family.unit.desk
    by_hand.keep(desk, by_word(family))
    by_hand.keep(desk, by_word(family, on=DAY - timedelta(days=9)))
    assert one(desk, family.ben.id).found.rows == 2
    assert one(desk, family.ben.id, Days(DAY, DAY)).found.rows == 1
    assert one(desk, family.ada.id).found.rows == 0
    by_hand.strike(desk, told.log(desk, pupil_id=family.ben.id)[0].seq, "Wrong pupil")
    assert one(desk, family.ben.id).found.rows == 1
    assert "told nobody anything" in text_of(one(desk, family.ada.id))


def test_what_a_family_may_not_know_is_left_out_until_somebody_says_that_it_may(family: Family) -> None:
    desk = family.unit.desk
    settings.save_settings(desk, replace(desk.settings, told_social_care="Larkshire Children’s Services"))
    entries = [
        by_word(family, to="social-care", recipient="Larkshire Children’s Services", basis="safeguarding"),
        by_word(family, to="other", recipient="Larkfield Police", basis="crime"),
        by_word(family, may_know=False, kept_because="An inquiry is under way"),
        by_word(family, to="other", recipient="Acme Garage", basis="vital", may_know=True),
    ]
    for entry in entries:
        by_hand.keep(desk, entry)
    made = one(desk, family.ben.id)
    assert (made.found.rows, made.found.undecided, made.found.kept_back) == (1, 2, 1)
    text = text_of(made)
    for secret in ("Social", "social", "Larkshire", "Police", "inquiry is"):
        assert secret not in text
    assert "Acme Garage" in text
    assert statements.not_told([made]) == (
        "Of 2 lines told by word nobody has said whether the family may know: they are left out. Say it in the record, under “What happened”. "
        "1 line is kept from the family, and left out."
    )
    police = next(line for line in told.log(desk, pupil_id=family.ben.id) if "Police" in line.recipient)
    assert "not decided" in told.sentence(police)
    office = family.unit.as_role(Role.OFFICE)
    with pytest.raises(NotAllowed):
        disclosures.decide(office, police.seq, allowed=True)
    with pytest.raises(WrongUse, match="few words"):
        disclosures.decide(desk, police.seq, allowed=False)
    disclosures.decide(desk, police.seq, allowed=True)
    assert "Larkfield Police" in text_of(one(desk, family.ben.id))
    disclosures.decide(desk, police.seq, allowed=False, reason="It would harm their search")
    assert "Larkfield Police" not in text_of(one(desk, family.ben.id))
    assert "It would harm their search" in told.sentence(
        next(line for line in told.log(desk, pupil_id=family.ben.id) if line.seq == police.seq)
    )
    with pytest.raises(Exception, match="append-only"), desk.vault.transaction():
        desk.vault.execute("UPDATE disclosure_family SET may_know = 1")


def test_what_was_entered_before_anybody_was_asked_is_not_decided(family: Family) -> None:
    desk = family.unit.desk
    by_hand.keep(desk, by_word(family))
    row = dict(store.get(desk.vault, told.log(desk, pupil_id=family.ben.id)[0].seq))
    assert disclosures.may_know(row) is True
    assert disclosures.may_know(row | {"told_to": ""}) is None  # as a file of before has it
    assert disclosures.may_know(row | {"told_to": "", "way": "export"}) is True


def test_of_a_pupil_of_whom_something_must_be_kept_no_name_of_a_place_is_printed(family: Family) -> None:
    desk = family.unit.desk
    settings.save_settings(desk, replace(desk.settings, told_schools="Wyming Vale School"))
    by_hand.keep(desk, by_word(family, to="main-school", recipient="Wyming Vale School"))
    by_hand.keep(desk, by_word(family, to="other", recipient="Harbour Refuge", basis="vital", may_know=True))
    assert "Wyming Vale School" in text_of(one(desk, family.ben.id))
    family.unit.protect(family.ben)
    made = one(desk, family.ben.id)
    text = text_of(made)
    assert made.found.rows == 2
    assert "Main or commissioning school" in text
    assert "Somebody else" in text
    for secret in ("Wyming", "Harbour", "Refuge", "withheld", "Protections", "Court"):
        assert secret not in text
    assert made.stamp == "", "the paper does not tell the family that something is kept from somebody"


def test_of_merged_records_all_is_told_by_either(family: Family) -> None:
    desk = family.unit.desk
    twin = family.unit.pupil("Beck", "Ben", family.ben.dob)
    by_hand.keep(desk, by_word(family))
    by_hand.keep(desk, by_word(family, pupil_id=twin.id, to="dfe"))
    merging.merge(desk, family.ben.id, twin.id, reason="One person")
    assert one(desk, family.ben.id).found.rows == 2
    assert {line.recipient for line in told.log(desk, pupil_id=family.ben.id)} == {"Local authority", "Department for Education"}


def test_it_is_logged_and_told_as_other_papers_for_families_are(family: Family) -> None:
    desk = family.unit.as_role(Role.OFFICE)
    by_hand.keep(desk, by_word(family))
    made = one(desk, family.ben.id)
    statements.log_print(desk, [made])
    line = told.log(desk, pupil_id=family.ben.id)[0]
    assert (line.recipient, line.what) == ("Parents and carers", "Statement: who was told")
    assert ("print-form", family.ben.id, "statement: 1 line") in family.unit.log()
    assert one(desk, family.ben.id).found.rows == 2


def test_the_days_are_asked_in_order(family: Family) -> None:
    for days, words in (
        (Days(DAY, DAY - timedelta(days=1)), "ends before it begins"),
        (Days(DAY + timedelta(days=1), DAY + timedelta(days=2)), "day to come"),
    ):
        with pytest.raises(WrongUse, match=words):
            one(family.unit.desk, family.ben.id, days)


def test_many_rows_stay_on_two_sides_and_still_add_up(family: Family) -> None:
    """Two hundred weekly rows to a dozen recipients, each with every item that there is: the worst of what a year can bring."""
    desk = family.unit.desk
    everything = (
        "pupil.surname, pupil.dob, pupil.upn, pupil.ethnicity, pupil.postcode, contact.phone, mark.code, pupil.medical, suspension.category, assessment.result, "
        "protection.kind, choice.choice, learning.title"
    )
    always = [name for name, one in register().items() if one.use == "always"]
    with desk.act(Action.EXPORT, "export", "", "") as work:
        disclosures.keep(
            work,
            Way.EXPORT,
            [
                disclosures.Disclosure(
                    pupil_id=family.ben.id,
                    what="register",
                    to=to,
                    recipient=f"Provider {number} of a long name" if to == "post-16" else register()[to].label,
                    law=register()[to].law,
                    purpose="x",
                    fields=everything,
                )
                for number in range(16)
                for to in always
            ],
        )
    for week in range(40):
        by_hand.keep(desk, by_word(family, on=DAY - timedelta(days=7 * week)))
    made = one(desk, family.ben.id)
    assert pages_needed(made.story, base_size=made.base_size) <= 2
    assert made.found.rows == 16 * len(always) + 40
    for step in range(statement_lines.STEPS):
        printed = {name for line in statement_lines.in_lines(made.found.told, step) for name in re.findall(r"Provider \d+ of", line.name)}
        assert len(printed) == 16, "each is named, however short the lines"
        assert sum(line.times for line in statement_lines.in_lines(made.found.told, step)) == made.found.rows
    assert "each month" in text_of(made)
    assert "rotection" not in re.sub("data protection", "", text_of(made), flags=re.IGNORECASE)


def test_of_who_the_pupil_is_it_says_what_was_told_and_no_more(family: Family) -> None:
    desk = family.unit.desk
    with desk.act(Action.EXPORT, "export", "", "") as work:
        common = disclosures.Disclosure(pupil_id=family.ben.id, what="", to="dfe", recipient="DfE", law="x", purpose="x", fields="")
        every_items = ("pupil.upn, mark.code", "pupil.uln", "pupil.surname, pupil.forename", "pupil.surname, pupil.dob")
        disclosures.keep(work, Way.EXPORT, [replace(common, fields=items) for items in every_items])
    told_lines = statement_lines.from_log(desk, family.ben.id, YEAR).told
    assert [statement_lines.what_words(line.items, with_items=False) for line in told_lines] == [
        "pupil number; attendance",
        "pupil number",
        "name",
        "name; date of birth",
    ]


# -- the whole of a demonstration, beside plain SQL


@pytest.fixture(scope="module", params=[12, pytest.param(300, marks=pytest.mark.torture)])
def demonstration(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A training unit from which every export was made, so that much was told."""
    folder = tmp_path_factory.mktemp("statements")
    (folder / "out").mkdir()
    desk = training_unit(folder / "unit.pupildesk", number=request.param, clock=CLOCK).desk
    for export in all_exports(desk):
        run_export(desk, export.name, folder / "out", ExportOrder(reason="A test", plain=True))
    yield desk
    desk.vault.close()


def of_log(desk: Desk, pupil_id: str, days: Days) -> Counter[tuple[date, str]]:
    """What a statement must tell, by plain SQL that knows nothing of the program's: by the day, and the law in words."""
    rows = desk.vault.rows(
        """SELECT CASE WHEN way IN ('phone', 'meeting', 'email', 'letter', 'not-recorded') THEN "on" ELSE substr(at, 1, 10) END AS day, law, way, told_to,
             (SELECT f.may_know FROM disclosure_family f WHERE f.disclosure = disclosure.seq ORDER BY f.seq DESC LIMIT 1) AS word
           FROM disclosure
           WHERE pupil_id IN (SELECT id FROM pupil WHERE id = ?1 OR same_as = ?1) AND seq NOT IN (SELECT disclosure FROM disclosure_strike)""",
        (pupil_id,),
    )
    quiet = {"social-care", "youth-justice", "other", ""}
    told = [
        (date.fromisoformat(row["day"]), str(row["law"]))
        for row in rows
        if (row["word"] if row["word"] is not None else row["way"] in ("export", "print", "pack") or row["told_to"] not in quiet)
    ]
    return Counter(pair for pair in told if days.since <= pair[0] <= days.until)


def test_the_statement_of_each_pupil_is_the_log_by_plain_sql(demonstration: Desk, tmp_path: Path) -> None:
    desk, told_of = demonstration, 0
    kinds = [code.label for code in codelist("protection_kind").codes.values()]
    reasons = [row["reason"] for row in desk.vault.rows("SELECT DISTINCT reason FROM protection")]
    for pupil in pupils.some(desk.vault, [row["id"] for row in desk.vault.rows("SELECT id FROM pupil WHERE same_as IS NULL")]):
        made = one(desk, pupil.id)
        expected = of_log(desk, pupil.id, YEAR)
        assert Counter((day, law) for line in made.found.told for day in line.days for law in line.laws) == expected, pupil.ref
        assert made.found.rows == expected.total()
        text = text_of(made)
        told_of += expected.total()
        assert all(law in text for _day, law in expected), pupil.ref
        assert _times(text) == expected.total(), pupil.ref
        assert pages_needed(made.story, base_size=made.base_size, stamp=made.stamp) <= 2
        addresses = {line for line in (pupil.address_1, pupil.postcode) if line}
        bare = re.sub("data protection", "", text, flags=re.IGNORECASE)
        for secret in (*kinds, *reasons, *addresses, "Protection", "protection"):
            assert secret not in bare, pupil.ref
    assert told_of > 3 * desk.vault.rows("SELECT count(*) AS n FROM pupil")[0]["n"] / 2


def test_the_demonstration_tells_each_school_of_its_own_pupils(demonstration: Desk) -> None:
    rows = demonstration.vault.rows(
        "SELECT d.recipient, e.main_school FROM disclosure d JOIN enrolment e ON e.pupil_id = d.pupil_id WHERE d.told_to = 'main-school' AND d.way = 'email'"
    )
    names = schools_by_number(demonstration.settings.told_schools)
    assert rows
    assert all(row["recipient"].endswith(names[row["main_school"]]) for row in rows)
    told_twice = demonstration.vault.rows(
        "SELECT pupil_id FROM disclosure WHERE told_to = 'main-school' GROUP BY pupil_id HAVING count(DISTINCT recipient) > 1"
    )
    lines = [line for row in told_twice for line in statement_lines.from_log(demonstration, row["pupil_id"], YEAR).told]
    of_schools = {line.name for line in lines if line.kind == register()["main-school"].label and line.name}
    assert of_schools
    assert of_schools <= set(names.values()), "by e-mail and by a file: each school has one name"


def _times(text: str) -> int:
    """How many rows the printed lines say that they stand for, read from the paper alone: a line without a number is one."""
    table = text.partition("Who was told\n")[2].partition("The law lets us leave")[0]
    lines = [line for line in table.splitlines() if re.match(r"(each month, )?\d{1,2} [A-Z][a-z]{2} \d{4}", line)]
    return sum(int(found[1]) if (found := re.search(r"\((\d+) times\)", line)) else 1 for line in lines)


def test_a_unit_without_a_pupil_told_of_says_so(unit: Unit) -> None:
    bea = unit.pupil("Quill", "Bea", date(2012, 5, 6))
    assert one(unit.desk, bea.id).found == statement_lines.LoggedDisclosures((), 0, 0)
