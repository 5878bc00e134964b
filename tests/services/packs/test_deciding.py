"""What is decided of a copy: kept place by place, by role, with reasons; and what still stands is listed until somebody has looked at it."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.requests.case import RequestCase, RequestEvent, RequestEventKind
from pupil_desk.domain.requests.pack import PAPER, PackSection, PlaceVerdict
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.notes import notes
from pupil_desk.services.packs import compiling, deciding, writing
from pupil_desk.services.packs.paper import story
from pupil_desk.services.requests import handling, letters, looking, receiving
from pupil_desk.store.tables import packs
from tests.services.exports.made import DAY
from tests.services.packs.made import Scene, by_words, of_text


def test_a_decision_holds_for_its_text_and_is_found_again(scene: Scene) -> None:
    pack = scene.begin()
    made = scene.compiled(pack)
    tyrone, *_others = of_text(made)
    made = deciding.decide(scene.officer, made, [tyrone], PlaceVerdict.WITHHOLD)
    made = deciding.decide(scene.officer, made, [of_text(made)[4]], PlaceVerdict.RELEASE)
    for each in (made, scene.compiled(pack)):
        assert by_words(each)["Tyrone Penn"] is PlaceVerdict.WITHHOLD
        assert by_words(each)["Ann Officer"] is PlaceVerdict.RELEASE
        assert by_words(each)["Mrs Penn"] is None
    mark, released = of_text(scene.compiled(pack))[0], of_text(scene.compiled(pack))[4]
    assert (mark.reason, released.reason) == ("third-party", "in-their-work")


def test_what_is_entered_meanwhile_is_new_and_open(scene: Scene) -> None:
    pack = scene.begin()
    deciding.accept(scene.officer, scene.compiled(pack))
    assert scene.compiled(pack).undecided == []
    [held] = notes.of_pupil(scene.officer, scene.bea.id)
    notes.correct(scene.officer, dataclasses.replace(held.now, text=held.now.text + " Tyrone Penn left."))
    again = scene.compiled(pack)
    assert {mark.words for mark in again.undecided} >= {"Tyrone Penn", "Adam Quill"}
    assert len([mark for mark in again.marks if mark.words == "Adam Quill"]) == 2, "the wording before is decided, the new one is not"


def test_a_decision_can_be_taken_back_and_changed(scene: Scene) -> None:
    pack = scene.begin()
    made = deciding.accept(scene.officer, scene.compiled(pack))
    made = deciding.take_back(scene.officer, made, of_text(made)[0])
    assert by_words(made)["Tyrone Penn"] is None
    made = deciding.decide(scene.officer, made, [of_text(made)[0]], PlaceVerdict.RELEASE, reason="agreed", note="By letter")
    assert by_words(scene.compiled(pack))["Tyrone Penn"] is PlaceVerdict.RELEASE
    rows = scene.officer.vault.rows("SELECT said FROM pack_mark WHERE pack_id = ? AND words = 'Tyrone Penn' ORDER BY seq", (pack.id,))
    assert [row["said"] for row in rows] == ["withhold", "unmark", "release"], "every word stays on file"


def test_a_reason_of_the_other_kind_is_refused(scene: Scene) -> None:
    made = scene.compiled(scene.begin())
    with pytest.raises(Refused, match="reason"):
        deciding.decide(scene.officer, made, of_text(made)[:1], PlaceVerdict.WITHHOLD, reason="agreed")
    with pytest.raises(Refused):
        deciding.decide(scene.officer, made, of_text(made)[:1], PlaceVerdict.RELEASE, reason="no such")
    with pytest.raises(Refused, match="1,000"):
        deciding.decide(scene.officer, made, of_text(made)[:1], PlaceVerdict.WITHHOLD, note="x" * 1001)


def test_words_are_marked_by_hand_here_or_wherever_they_stand(scene: Scene) -> None:
    notes.add(scene.officer, Note(pupil_id=scene.bea.id, category="other", text="A chair by the CHAIR.", day=DAY))
    pack = scene.begin()
    made = scene.compiled(pack)
    passage = next(one for one in made.part("notes").passages if "pushed" in one.words)
    at = passage.words.index("chair")
    here = deciding.mark_by_hand(scene.officer, made, passage, at, at + 5)
    assert [mark.words for mark in here.marks if mark.by_hand] == ["chair"]
    everywhere = deciding.mark_by_hand(scene.officer, made, passage, at, at + 5, in_all_records=True)
    assert sorted(mark.words for mark in everywhere.marks if mark.by_hand) == ["CHAIR", "chair", "chair"]
    assert "chair" not in " ".join(everywhere.told(one) for one in everywhere.part("notes").passages).lower()
    mark = next(mark for mark in everywhere.marks if mark.by_hand)
    assert len([one for one in deciding.take_back(scene.officer, everywhere, mark).marks if one.by_hand]) == 2
    with pytest.raises(WrongUse, match="Select the words"):
        deciding.mark_by_hand(scene.officer, made, passage, at, at)


# -- what still stands


def test_where_the_pupils_own_surname_stands_is_listed_once_a_brother_is_withheld(scene: Scene) -> None:
    pack = scene.begin()
    made = scene.compiled(pack)
    adam = next(mark for mark in of_text(made) if mark.words == "Adam Quill")
    assert made.remaining == ()
    made = deciding.accept(scene.officer, deciding.decide(scene.officer, made, [adam], PlaceVerdict.WITHHOLD))
    assert {left.needle for left in made.remaining} == {"quill"}
    where = {left.where for left in made.remaining}
    assert {"Pupil: Legal surname", "Family and other contacts: Surname", ""} <= where
    assert all(not left.ticked for left in made.remaining)
    assert "to tick where a withheld word still stands" in writing.undecided_words(made)
    made = deciding.tick(scene.officer, made, made.unticked)
    assert not scene.compiled(pack).unticked
    made = deciding.tick(scene.officer, made, made.remaining[:1], ticked=False)
    assert len(scene.compiled(pack).unticked) == 1


def test_a_place_that_was_released_by_itself_needs_no_tick(scene: Scene) -> None:
    notes.add(scene.officer, Note(pupil_id=scene.bea.id, category="other", text="Tyrone Penn came to the party.", day=DAY))
    made = scene.compiled(scene.begin())
    first, second = [mark for mark in made.marks if mark.words == "Tyrone Penn"]
    made = deciding.decide(scene.officer, made, [first], PlaceVerdict.WITHHOLD)
    assert [left.where for left in made.unticked if left.needle == "penn"], "an open place is no looked-at one"
    made = deciding.decide(scene.officer, made, [second], PlaceVerdict.RELEASE, reason="agreed")
    assert second.place.key not in {left.place.key for left in made.unticked}
    assert second.place.key in {left.place.key for left in made.remaining}


# -- sections, papers


def test_a_section_is_left_out_on_a_ground_and_given_again(scene: Scene) -> None:
    pack = scene.begin()
    made = scene.compiled(pack)
    for ground in ("", "no such", "unfounded"):
        with pytest.raises(Refused, match="ground"):
            deciding.withhold_section(scene.officer, made, "notes", exemption=ground)
    made = deciding.withhold_section(scene.officer, made, "notes", exemption="child-abuse", note="Seen by the lead")
    assert not scene.compiled(pack).is_given("notes")
    assert not [mark for mark in made.undecided if mark.place.section == "notes"]
    assert scene.compiled(pack).sections["notes"].note == "Seen by the lead"
    assert deciding.give_section(scene.officer, made, "notes").is_given("notes")
    for wrong in ("restricted_notes", "no such"):
        with pytest.raises(WrongUse):
            deciding.withhold_section(scene.officer, made, wrong, exemption="crime")


def test_a_paper_is_given_or_left_out(scene: Scene) -> None:
    scene.add_paper("Plain", "A plan for Bea: more reading, and a desk by the window.")
    pack = scene.begin()
    made = scene.compiled(pack)
    [paper] = made.papers
    assert paper.given is None
    assert "1 paper to look at" in writing.undecided_words(made)
    made = deciding.decide_paper(scene.officer, made, paper.id, is_given=False, exemption="reference")
    assert [one.given for one in scene.compiled(pack).papers] == [False]
    assert scene.compiled(pack).sections[PAPER + paper.id].exemption == "reference"
    assert [one.given for one in deciding.decide_paper(scene.officer, made, paper.id, is_given=True).papers] == [True]
    with pytest.raises(WrongUse, match="no longer on file"):
        deciding.decide_paper(scene.officer, made, "nobody", is_given=True)


# -- the pack itself, its case, and who may


def test_who_asked_must_be_said(scene: Scene) -> None:
    for wrong in ("", "  ", "x" * 256):
        with pytest.raises(Refused):
            scene.begin(wrong)
    with pytest.raises(WrongUse):
        deciding.begin(scene.officer, "nobody", "Ann Quill")


def case_of(scene: Scene, kind: str = "copy", pupil_id: str | None = None) -> RequestCase:
    case, _changed = receiving.receive(
        scene.officer,
        RequestCase(
            pupil_id=pupil_id or scene.bea.id,
            kind=kind,
            received=date(2026, 11, 20),
            channel="letter",
            requester="Ann Quill",
            capacity="parent",
        ),
    )
    return case


def test_a_copy_answers_a_request_for_one_of_that_pupil(scene: Scene) -> None:
    case = case_of(scene)
    pack = deciding.begin(scene.officer, scene.bea.id, "Ann Quill", case_id=case.id)
    assert deciding.under_way(scene.officer, scene.bea.id, case.id) == pack
    assert deciding.under_way(scene.officer, scene.bea.id) is None
    other = scene.unit.pupil("Elm", "Cy", date(2012, 1, 1))
    for wrong in (case_of(scene, "rectification"), case_of(scene, "copy", other.id)):
        with pytest.raises(WrongUse, match="does not ask for a copy"):
            deciding.begin(scene.officer, scene.bea.id, "Ann Quill", case_id=wrong.id)


def test_the_case_has_the_ground_on_which_a_section_is_left_out(scene: Scene) -> None:
    case = case_of(scene)
    pack = deciding.begin(scene.officer, scene.bea.id, "Ann Quill", case_id=case.id)
    made = deciding.withhold_section(
        scene.officer, compiling.compiled(scene.officer, pack.id), "notes", exemption="child-abuse", note="Seen by the lead"
    )
    deciding.withhold_section(scene.officer, made, "history", exemption="crime", note="Not to be told", quiet=True)
    seen = looking.case(scene.officer, case.id)
    told = [(event.exemption, event.what, event.note) for event in seen.events if event.kind == RequestEventKind.EXEMPTION]
    assert told == [("child-abuse", "Notes", "Seen by the lead"), (None, "What the record said before", None)]


def test_the_case_has_no_ground_any_more_for_what_is_given_after_all_or_of_a_dropped_copy(scene: Scene) -> None:
    scene.add_paper("Plain", "A plan for Bea: more reading, and a desk by the window.")
    case = case_of(scene)
    pack = deciding.begin(scene.officer, scene.bea.id, "Ann Quill", case_id=case.id)
    made = compiling.compiled(scene.officer, pack.id)

    def grounds() -> list[str]:
        return [code for code, _reason in looking.case(scene.officer, case.id).exemptions]

    before = PackSection(
        id="of-before", pack_id=pack.id, pupil_id=scene.bea.id, section="incidents", given=False, exemption="crime", note="Asked"
    )
    for what in ("Seen by hand", made.part("incidents").title):  # the last as an earlier version kept it
        event = RequestEvent(case_id=case.id, kind=RequestEventKind.EXEMPTION, on=DAY, what=what, exemption="crime", note="Asked")
        handling.record(scene.officer, event)
    with scene.officer.vault.transaction():
        packs.add_section(scene.officer.vault, before, moment="2026-11-24T09:00:00Z", actor=scene.officer.user.id)
    made = deciding.give_section(scene.officer, compiling.compiled(scene.officer, pack.id), "incidents")
    assert made.is_behind
    (by_hand,) = looking.case(scene.officer, case.id).events
    assert by_hand.what == "Seen by hand"
    handling.take_back(scene.officer, by_hand, "Not so")
    made = compiling.compiled(scene.officer, pack.id)
    assert not deciding.give_section(scene.officer, made, "notes").is_behind, "nothing changed in the case: it need not be compiled anew"
    scene.add_paper("Came meanwhile", "A second plan for Bea.")
    for section in ("notes", "history"):
        made = deciding.withhold_section(scene.officer, made, section, exemption="third-party")
    assert made.is_behind, "until it is compiled anew it tells no such ground"
    made = compiling.compiled(scene.officer, pack.id, read_papers=made.papers)
    assert [held.title for held in made.papers] == ["Came meanwhile", "Plain"]
    assert "Came meanwhile" in plain_text(story(scene.officer, made))
    made = deciding.decide_paper(scene.officer, made, made.papers[0].id, is_given=False, exemption="reference")
    made = deciding.withhold_section(scene.officer, made, "history", exemption="crime")
    assert grounds() == ["third-party", "reference", "crime"]
    with pytest.raises(WrongUse, match="An exemption is recorded"):
        handling.record(scene.officer, RequestEvent(case_id=case.id, kind=RequestEventKind.NO_EXEMPTION, on=DAY))
    made = deciding.give_section(scene.officer, made, "notes")
    deciding.decide_paper(scene.officer, made, made.papers[0].id, is_given=True)
    assert grounds() == ["crime"]
    deciding.drop(scene.officer, pack, "Asked for again")
    assert grounds() == []
    assert "We have left some things out" not in letters.draft(
        scene.officer, looking.case(scene.officer, case.id), letters.kind_named("reply-copy")
    )
    assert "Exemptions, or none" in [step.words for step in looking.case(scene.officer, case.id).steps if step.open]


def test_a_dropped_copy_is_worked_on_no_more(scene: Scene) -> None:
    pack = scene.begin()
    made = scene.compiled(pack)
    with pytest.raises(Refused):
        deciding.drop(scene.officer, pack, " ")
    deciding.drop(scene.officer, pack, "Asked for again")
    assert deciding.under_way(scene.officer, scene.bea.id) is None
    with pytest.raises(WrongUse, match="no longer under way"):
        deciding.accept(scene.officer, made)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ASSISTANT_HEAD])
def test_only_a_data_officer_compiles_and_decides(scene: Scene, role: Role) -> None:
    pack = scene.begin()
    made, desk = scene.compiled(pack), scene.unit.as_role(role)
    tries = [
        lambda: deciding.begin(desk, scene.bea.id, "Me"),
        lambda: compiling.compiled(desk, pack.id),
        lambda: deciding.accept(desk, made),
        lambda: deciding.withhold_section(desk, made, "notes", exemption="crime"),
        lambda: deciding.drop(desk, pack, "No"),
    ]
    for attempt in tries:
        with pytest.raises(NotAllowed, match="data officer"):
            attempt()
    assert scene.unit.count("pack") == 1
    assert scene.unit.count("pack_mark") == scene.unit.count("pack_section") == scene.unit.count("pack_dropped") == 0


def test_the_log_names_nobody(scene: Scene) -> None:
    pack = scene.begin()
    made = scene.all_as_proposed(pack)
    deciding.withhold_section(scene.officer, made, "notes", exemption="crime", note="Because of Tyrone")
    told = [(action, reason) for action, _object, reason in scene.unit.log() if action in ("compile-pack", "add-to-pack")]
    assert ("compile-pack", "copy begun") in told
    assert ("compile-pack", "copy: notes withheld, crime") in told
    deciding.withhold_section(scene.officer, made, "history", exemption="crime", quiet=True)
    assert scene.unit.log()[-1][2] == "copy: history withheld"
    for name in ("Tyrone", "Quill", "Penn", "Bea"):
        assert not [reason for _action, reason in told if name in reason]
