"""What a copy tells, and which places of it are marked: by whose they are, once for every text that is the same."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.services.disclosures import by_hand, statement_lines
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.disclosures.told import Days
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.learning import assessments
from pupil_desk.services.notes import notes
from pupil_desk.services.packs import compiling, people, writing
from pupil_desk.services.pupils import contacts, protections, pupils
from pupil_desk.services.transport import journeys
from pupil_desk.services.unit import settings
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from tests.services.exports.made import DAY
from tests.services.packs.made import TEXT, Scene, of_text


def test_others_are_marked_in_what_was_written_and_the_pupil_is_not(scene: Scene) -> None:
    marks = of_text(scene.compiled(scene.begin()))
    assert [(mark.words, mark.whose) for mark in marks] == [
        ("Tyrone Penn", "pupil"),
        ("Mrs Penn", "pupil"),
        ("T. Penn", "pupil"),
        ("Adam Quill", "pupil"),
        ("Ann Officer", "staff"),
        ("TYRONE", "pupil"),
    ]
    assert [mark.proposed for mark in marks] == [PlaceVerdict.WITHHOLD] * 4 + [PlaceVerdict.RELEASE, PlaceVerdict.WITHHOLD]
    assert marks[0].who == "Tyrone Penn, another pupil"
    assert marks[1].who == "Tyrone Penn, another pupil; or Ida Penn, a contact of another pupil"
    assert (marks[0].before, marks[0].after[:7]) == ("", " pushed")
    assert all(mark.said is None for mark in marks)


def test_codes_days_and_numbers_are_not_searched(scene: Scene) -> None:
    scene.unit.pupil("White-Lane", "May", date(2011, 1, 1), site="Lapwing Lane")
    pupils.save_pupil(scene.officer, dataclasses.replace(scene.bea, ethnicity="WBRI", site="Lapwing Lane"))
    notes.add(scene.officer, Note(pupil_id=scene.bea.id, category="family", text="May Lane was at Lapwing Lane.", day=DAY))
    made = scene.compiled(scene.begin())
    assert not [mark for mark in made.marks if mark.words in ("White", "May") or mark.place.field == "site"]
    assert [mark.words for mark in made.marks if mark.words.endswith("Lane") and mark.place.section == "notes"] == ["May Lane", "Lane"]
    assert {"White - British", "Lapwing Lane"} <= {passage.words for passage in made.part("pupil").passages}


def test_where_a_contact_can_be_reached_is_marked_unless_it_is_the_contact_who_asks(scene: Scene) -> None:
    def lines(asker: str) -> list[str]:
        return [mark.words for mark in scene.compiled(scene.begin(asker)).marks if mark.place.section == "contacts"]

    assert lines("The council") == ["07700 900123", "01632 960101", "9 Far Row"]
    assert lines("Ann Quill") == ["07700 900123"]
    assert lines("Mrs Ann Quill") == ["07700 900123"]


def test_it_is_marked_too_where_the_history_or_a_note_says_it(scene: Scene) -> None:
    contacts.save_contact(scene.officer, dataclasses.replace(scene.mother, phone="01632 960102"))
    notes.add(
        scene.officer, Note(pupil_id=scene.bea.id, category="family", text="Her mother is on 01632960102 now, at 9 Far Row.", day=DAY)
    )
    marks = scene.compiled(scene.begin("The council")).marks
    assert {mark.words for mark in marks if mark.place.section == "notes"} >= {"01632960102", "9 Far Row"}
    assert {mark.words for mark in marks if mark.place.section == "history"} >= {"01632 960102"}


def test_under_a_protection_every_line_of_the_address_is_marked_as_protected(scene: Scene) -> None:
    scene.unit.protect(scene.bea)
    made = scene.compiled(scene.begin("The father"))
    own = {mark.words: mark.whose for mark in made.marks if mark.place.section == "pupil"}
    assert own == {"4 Mill Lane": "protected", "SG4 7ZZ": "protected", "01632 960555": "protected"}
    assert made.protected == ("Address withheld",)
    home = {mark.words: mark.whose for mark in made.marks if mark.place.section == "contacts"}
    assert home["07700 900123"] == "protected", "who lives there is found there"
    for held in pupils.record(scene.officer, scene.bea.id).protections:
        protections.lift_protection(scene.officer, held.id, "Over")
    assert not [mark for mark in scene.compiled(scene.begin("The father")).marks if mark.place.section == "pupil"]


@pytest.mark.parametrize("kind", ["address-withheld", "order", ""])
def test_where_and_with_whom_a_protected_pupil_is_met_on_the_way_is_marked(scene: Scene, kind: str) -> None:
    ride = Journey(
        pupil_id=scene.bea.id, route="North", start_date=DAY, days="Mon-Fri", pick_up="By the refuge", receivers="Priya Shah, no. 16"
    )
    journeys.add(scene.officer, ride)
    (ride,) = journeys.of_pupil(scene.officer, scene.bea.id)
    journeys.save(scene.officer, dataclasses.replace(ride, set_down="The chapel"))
    journeys.save(scene.officer, dataclasses.replace(ride, set_down=None))
    if kind:
        scene.unit.protect(scene.bea, kind, scene.mother if kind == "order" else None)
    marks = scene.compiled(scene.begin("The father")).marks
    assert any(mark.words == "The chapel" and mark.whose == "protected" for mark in marks) is bool(kind)
    marked = {mark.words: mark.whose for mark in marks if mark.place.section == "journeys"}
    assert {words for words, whose in marked.items() if whose == "protected"} == (
        {"North", "24 November 2026", "Mon-Fri", "By the refuge", "Priya Shah, no. 16"} if kind else set()
    )


def test_a_contact_under_an_order_is_protected_by_name(scene: Scene) -> None:
    scene.unit.protect(scene.bea, "order", scene.mother)
    made = scene.compiled(scene.begin("The council"))
    marked = {(mark.words, mark.whose) for mark in made.marks if mark.place.section == "contacts"}
    assert marked >= {("Ann", "protected"), ("Quill", "protected"), ("Otherby", "protected")}


def test_the_same_text_is_one_place_however_many_records_say_it(scene: Scene) -> None:
    made = scene.compiled(scene.begin())
    by = [mark for mark in made.marks if (mark.place.section, mark.place.field) == ("history", "by")]
    assert [(mark.words, mark.times) for mark in by] == [("Ann Officer", len(made.part("history").entries))]


def test_results_that_are_not_published_are_not_told(scene: Scene) -> None:
    entry = Assessment(
        pupil_id=scene.bea.id, stage="KS4", subject="MAT", method="TT", result="9", year=2026, published_on=date(2027, 8, 20)
    )
    assessments.add(scene.officer, entry)
    told = [passage for passage in scene.compiled(scene.begin()).part("assessments").passages if passage.field == "result"]
    assert [(passage.words, passage.value) for passage in told] == [("Not told before 20 August 2027", None)]


def test_restricted_notes_are_counted_and_not_read(scene: Scene) -> None:
    scene.add_secret()
    made = scene.compiled(scene.begin())
    assert (made.restricted, made.part("restricted_notes").entries, made.part("restricted_notes").number) == (1, (), 1)
    assert made.open_restricted
    assert "frightens" not in repr(made)
    assert made.readers == "Colleague assistant-head"


def test_a_paper_is_proposed_only_where_its_words_could_be_read_and_name_nobody(scene: Scene) -> None:
    scene.add_paper("Plain", "A plan for Bea: more reading, and a desk by the window.")
    scene.add_paper("Of two", "Bea and Tyrone Penn are to sit apart from now on, by the plan.")
    scene.add_paper("Short", "Yes.")
    found = {paper.title: (paper.readable, paper.names, paper.proposed) for paper in scene.compiled(scene.begin()).papers}
    assert found == {"Plain": (True, (), True), "Of two": (True, ("Tyrone Penn, another pupil",), False), "Short": (False, (), False)}


def test_every_kind_of_person_has_its_rule_and_the_one_that_protects_most_counts() -> None:
    rules = people.rules()
    assert rules["pupil"].proposed is rules["pupil"].alone is PlaceVerdict.WITHHOLD
    assert (rules["own-family"].proposed, rules["own-family"].alone) == (PlaceVerdict.RELEASE, PlaceVerdict.WITHHOLD)
    assert rules["staff"].alone is PlaceVerdict.RELEASE
    assert people.rule_for(("staff", "own-family", "pupil")).code == "pupil"
    assert people.rule_for(("staff", "own-family")).code == "own-family"
    assert all(rule.why and rule.label for rule in rules.values())


def test_nothing_of_a_copy_is_kept_in_the_file(scene: Scene) -> None:
    pack = scene.begin()
    scene.all_as_proposed(pack)
    kept = [
        repr(tuple(row)) for table in ("pack", "pack_mark", "pack_section") for row in scene.officer.vault.rows(f"SELECT * FROM {table}")
    ]
    assert not [row for row in kept if "pushed" in row]
    assert "pushed" in TEXT
    assert compiling.pack_of(scene.officer, pack.id) == pack


def test_a_withheld_word_that_our_own_words_have_as_well_may_stand_as_often_as_they_stand(scene: Scene, tmp_path: Path) -> None:
    contacts.save_contact(scene.officer, dataclasses.replace(scene.mother, address_1="Education"))
    pupils.save_pupil(scene.officer, dataclasses.replace(scene.bea, ethnicity="WBRI", sen_provision="K", looked_after=True))
    made = scene.all_as_proposed(scene.begin("The council"))
    assert "education" in list(map(str, made.needles)), made.needles
    cells = [text for text in made.front if "Department for Education" in text]
    assert len(cells) > len(set(cells)), "two kinds of information are told to the same, in the same words"
    assert writing.write(scene.officer, made, tmp_path).files


def test_a_line_that_the_family_may_not_know_and_every_trace_of_a_protection_are_out_whole(scene: Scene, tmp_path: Path) -> None:
    desk, record = scene.officer, scene.bea
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_social_care="Larkshire Social Care"))
    for purpose, to, known, why, day in (
        ("Bruises seen on Monday", "social-care", None, "", DAY),
        ("She asked for help", "social-care", False, "It could put her in danger", DAY - timedelta(days=1)),
        ("To agree a timetable", "authority", True, "", DAY),
        ("A plan the mother knows", "social-care", True, "", DAY),
    ):
        by_hand.keep(
            desk,
            ByHand(
                pupil_id=record.id,
                to=to,
                recipient="",
                kinds=("identity", "safety"),
                purpose=purpose,
                basis="safeguarding",
                way="phone",
                on=day,
                may_know=known,
                kept_because=why,
            ),
        )
    (tmp_path / "out").mkdir()
    run_export(desk, "contact-sheet", tmp_path / "out", ExportOrder(reason="Weekly", plain=True))
    scene.unit.protect(record, "order")
    scene.unit.protect(record, "objection")
    for name in ("youth-support", "contact-sheet"):
        run_export(desk, name, tmp_path / "out", ExportOrder(reason="Weekly", plain=True))
    done = scene.all_as_proposed(scene.begin())
    told = {part.name: [[done.told(passage) for passage in entry] for entry in part.entries] for part in done.parts}
    assert [words for entry in told["disclosures"] for words in entry if "agree" in words or "plan" in words] == [
        "To agree a timetable",
        "A plan the mother knows",
    ]
    (known,) = (entry for entry in told["disclosures"] if "A plan the mother knows" in entry)
    assert "Children’s social care" in known, "though the same is told of a line that is out"
    everything = "\n".join(words for entries in told.values() for entry in entries for words in entry).replace("Data Protection", "")
    assert not [words for words in ("Bruises", "asked for help", "23 November", "rder or", "rotect") if words in everything]
    assert "Weekly" not in everything, "what a person typed of an export is not what it is for"
    assert everything.count("To know who is here, and whom to call") == 1, (
        "and nothing of the sheet on which the name stands alone, for the order"
    )
    assert "ame alone" not in everything
    assert "legal surname; legal forename" in everything, "where a kind has «and» in it"
    assert [entry[1] for entry in told["protections"]] == ["Use stopped after an objection"]
    assert done.left_out == (
        "Of 1 line told by word nobody has said whether the family may know: they are left out. Say it in the record, under “What happened”. "
        "2 lines are kept from the family, and left out. 3 records are left out: no copy tells that a pupil is protected."
    )
    statement = statement_lines.from_log(desk, record.id, Days())
    assert statement.rows == done.counts["disclosures"] == len(told["disclosures"])
    assert writing.write(desk, done, tmp_path).sections["disclosures"] == 3


@pytest.mark.parametrize(
    ("path", "value", "protected", "marked"),
    [
        ("Contacts/Contact[1]/Phones/Phone[3]/PhoneNo", "01632 960777", False, "own-contact-detail"),
        ("Contacts/Contact[1]/Phones/Phone[3]/PhoneNo", "01632 960777", True, "protected"),
        ("Work Telephone", "01632 960777", True, "protected"),
        ("Work Telephone", "01632 960777", False, None),
        ("Address/Country", "ENG", True, None),
        ("BasicDetails/Nationality", "British", True, None),
    ],
)
def test_where_a_file_tells_how_somebody_can_be_reached_is_marked(
    scene: Scene, path: str, value: str, protected: bool, marked: str | None
) -> None:
    vault = scene.officer.vault
    with vault.transaction():
        several.add(vault, NotTaken(id=new_id(), pupil_id=scene.bea.id, import_id="x", path=path, value=value, reason="There is no place."))
    if protected:
        scene.unit.protect(scene.bea)
    marks = [mark for mark in scene.compiled(scene.begin()).marks if mark.place.section == "not_taken"]
    assert [(mark.words, mark.whose) for mark in marks] == ([(value, marked)] if marked else [])
