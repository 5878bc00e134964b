"""Boxes on the pages of a kept paper: kept, taken back, proposed, counted; and the paper that goes out with them, of which nothing beneath is left."""

import dataclasses
import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.documents.redaction import read_again
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.requests.boxes import MOST_BOXES, WHOLE, PageArea, PaperBox
from pupil_desk.domain.requests.case import RequestEventKind
from pupil_desk.domain.requests.pack import PackBegun
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import deciding, listing, paper_boxes, writing
from pupil_desk.services.packs.content import Compiled
from pupil_desk.services.requests import looking
from pupil_desk.store.tables import attachments as attachments_store
from tests.made_papers import a_jpeg, a_pdf
from tests.services.exports.made import MOMENT
from tests.services.packs.gone import text_of
from tests.services.packs.made import Scene
from tests.services.packs.test_deciding import case_of

AREA = PageArea(left=1000, top=1500, right=3000, bottom=1800)


def kept(scene: Scene, data: bytes, title: str = "Report") -> Attachment:
    looked = attachments.look_into(data, "paper")
    attachments.add(scene.officer, Attachment(pupil_id=scene.bea.id, title=title, kind="letter"), looked)
    return next(paper for paper in attachments.of_pupil(scene.officer, scene.bea.id) if paper.title == title)


def drawn(scene: Scene, pack: PackBegun, paper: Attachment, page: int = 1, area: PageArea = AREA, reason: str = "third-party") -> PaperBox:
    box = paper_boxes.new_box(pack, paper.id, page, area, reason=reason)
    return next(one for one in paper_boxes.keep(scene.officer, pack.id, paper.id, [box]) if one.box_id == box.box_id)


def given(scene: Scene, pack: PackBegun) -> Compiled:
    made = deciding.accept(scene.officer, scene.compiled(pack))
    for paper in made.papers:
        made = deciding.decide_paper(scene.officer, made, paper.id, is_given=True)
    return deciding.tick(scene.officer, made, made.unticked)


def taken_away(desk: Desk, box: PaperBox) -> tuple[PaperBox, ...]:
    return paper_boxes.keep(desk, box.pack_id, box.paper_id, [dataclasses.replace(box, stands=False)])


def test_the_last_word_about_a_box_counts_and_each_is_taken_back_by_itself(scene: Scene) -> None:
    paper, pack = kept(scene, a_pdf(3)), scene.begin()
    first, second = drawn(scene, pack, paper), drawn(scene, pack, paper, page=3, reason="confidence")
    moved = dataclasses.replace(first.placed_at(first.area.shifted(500, 40)), reason="harm")
    paper_boxes.keep(scene.officer, pack.id, paper.id, [moved])
    stands = paper_boxes.boxes_on(scene.officer, pack.id, paper.id)
    assert [(box.page, box.left, box.reason) for box in stands] == [(1, 1500, "harm"), (3, 1000, "confidence")]
    assert [box.box_id for box in taken_away(scene.officer, moved)] == [second.box_id]
    assert [box.box_id for box in paper_boxes.keep(scene.officer, pack.id, paper.id, [moved])] == [first.box_id, second.box_id]
    assert scene.unit.count("pack_box") == 5


def test_a_box_must_lie_on_a_page_have_a_reason_of_the_list_and_be_of_this_copy(scene: Scene) -> None:
    paper, pack = kept(scene, a_pdf(2)), scene.begin()
    box = paper_boxes.new_box(pack, paper.id, 1, AREA)
    assert (box.reason, box.whose) == ("third-party", "hand")
    wrong = (
        dataclasses.replace(box, page=3),
        dataclasses.replace(box, page=0),
        box.placed_at(dataclasses.replace(AREA, right=WHOLE + 1)),
        box.placed_at(dataclasses.replace(AREA, right=AREA.left + 1)),
        dataclasses.replace(box, pack_id="another"),
    )
    for each in wrong:
        with pytest.raises(WrongUse, match="must lie on a page"):
            paper_boxes.keep(scene.officer, pack.id, paper.id, [each])
    for reason in ("known", "", "nothing"):
        with pytest.raises(Refused):
            paper_boxes.keep(scene.officer, pack.id, paper.id, [dataclasses.replace(box, reason=reason)])
    with pytest.raises(WrongUse, match="no longer on file"):
        paper_boxes.keep(scene.officer, pack.id, "gone", [box])
    many = [paper_boxes.new_box(pack, paper.id, 1, AREA) for _number in range(MOST_BOXES + 1)]
    with pytest.raises(WrongUse, match="at most 2000 boxes"):
        paper_boxes.keep(scene.officer, pack.id, paper.id, many)
    with pytest.raises(NotAllowed):
        paper_boxes.keep(scene.unit.as_role(Role.OFFICE), pack.id, paper.id, [box])
    assert scene.unit.count("pack_box") == 0


def test_the_log_says_how_many_boxes_on_which_pages_and_why_and_never_the_words(scene: Scene) -> None:
    paper, pack = kept(scene, a_pdf(3, "Tyrone Penn saw it")), scene.begin()
    boxes = [paper_boxes.new_box(pack, paper.id, page, AREA, reason=reason) for page, reason in ((1, "third-party"), (3, "harm"))]
    paper_boxes.keep(scene.officer, pack.id, paper.id, boxes)
    taken_away(scene.officer, boxes[0])
    said = [row["reason"] for row in scene.officer.vault.rows("SELECT reason FROM log ORDER BY seq")][-2:]
    assert said == [
        "copy: 2 boxes drawn (harm, third-party) on pages 1, 3 of a paper",
        "copy: 1 boxes taken back (third-party) on pages 1 of a paper",
    ]


def test_names_of_others_in_the_words_of_a_paper_are_proposed_as_boxes_once(scene: Scene) -> None:
    paper, pack = kept(scene, a_pdf(2, "Bea sat by Tyrone Penn and Ann Officer, and told Adam Quill")), scene.begin()
    proposed = paper_boxes.propose(scene.officer, pack.id, paper.id)
    assert [(box.page, box.whose, box.reason) for box in proposed] == [
        (page, whose, "third-party") for page in (1, 2) for whose in ("pupil", "pupil")
    ]
    assert scene.unit.count("pack_box") == 0, "nothing is kept unasked"
    paper_boxes.keep(scene.officer, pack.id, paper.id, proposed)
    assert paper_boxes.propose(scene.officer, pack.id, paper.id) == ()
    held = scene.compiled(pack).papers[0]
    assert held.names == ()
    assert held.proposed
    assert {"tyrone", "penn", "adam"} <= held.needles


def test_the_boxes_of_an_earlier_copy_are_offered_in_the_next_one_and_kept_only_when_somebody_says_so(scene: Scene) -> None:
    paper, first = kept(scene, a_pdf(3)), scene.begin()
    assert paper_boxes.of_earlier_copy(scene.officer, first.id, paper.id) == paper_boxes.EarlierBoxes()
    gone, stays = drawn(scene, first, paper), drawn(scene, first, paper, page=3, reason="confidence")
    taken_away(scene.officer, gone)
    again = deciding.begin(scene.officer, scene.bea.id, "Ned Quill")
    earlier = paper_boxes.of_earlier_copy(scene.officer, again.id, paper.id)
    assert (earlier.asker, earlier.day) == (first.asker, first.begun_on)
    ((page, area, reason, pack_id),) = [(box.page, box.area, box.reason, box.pack_id) for box in earlier.boxes]
    assert (page, area, reason, pack_id) == (3, stays.area, "confidence", again.id)
    assert paper_boxes.boxes_on(scene.officer, again.id, paper.id) == ()
    paper_boxes.keep(scene.officer, again.id, paper.id, earlier.boxes)
    assert [box.reason for box in paper_boxes.boxes_on(scene.officer, again.id, paper.id)] == ["confidence"]
    assert [box.box_id for box in paper_boxes.boxes_on(scene.officer, first.id, paper.id)] == [stays.box_id]
    assert paper_boxes.of_earlier_copy(scene.officer, again.id, paper.id).boxes == ()


def test_a_paper_that_was_given_is_to_be_decided_again_once_its_boxes_change(scene: Scene) -> None:
    """Or a box that is taken away would give what it hid."""
    paper, pack = kept(scene, a_pdf()), scene.begin()
    box = drawn(scene, pack, paper)
    assert given(scene, pack).papers[0].given
    later = dataclasses.replace(scene.officer, clock=FixedClock(MOMENT + timedelta(minutes=1)))
    taken_away(later, box)
    assert scene.compiled(pack).papers[0].given is None
    again = deciding.decide_paper(later, scene.compiled(pack), paper.id, is_given=False)
    paper_boxes.keep(later, pack.id, paper.id, [box])
    assert again.papers[0].given is False
    assert scene.compiled(pack).papers[0].given is False, "what is withheld stays so"


def test_a_name_that_a_box_leaves_in_sight_is_told_and_asked_about(scene: Scene) -> None:
    """The box covers the first half of the name: what is left is listed among the same words elsewhere."""
    paper, pack = kept(scene, a_pdf(1, "Bea sat by Tyrone Penn")), scene.begin()
    box = paper_boxes.propose(scene.officer, pack.id, paper.id)[0]
    half = box.placed_at(dataclasses.replace(box.area, right=(box.left + box.right) // 2))
    paper_boxes.keep(scene.officer, pack.id, paper.id, [half])
    made = scene.compiled(pack)
    assert "Tyrone" in made.papers[0].names[0]
    made = deciding.decide_paper(scene.officer, deciding.accept(scene.officer, made), paper.id, is_given=True)
    in_paper = [left.words for left in made.remaining if left.place.section.startswith("paper:")]
    assert "Penn" in in_paper
    paper_boxes.keep(scene.officer, pack.id, paper.id, [box])
    made = deciding.accept(scene.officer, scene.compiled(pack))
    assert not [left for left in made.remaining if left.place.section.startswith("paper:") and left.words in ("Penn", "Tyrone")]


def test_what_a_person_hides_by_hand_is_looked_for_in_all_of_the_copy(scene: Scene) -> None:
    """«Kay» is nobody on file, and stands in a note too."""
    paper, pack = kept(scene, a_pdf(1, "Kay-Lee")), scene.begin()
    scene.add_paper("Another", "A plan for Bea, which Kay-Lee wrote down for her at the desk.")
    drawn(scene, pack, paper, area=PageArea(left=900, top=1400, right=2200, bottom=1900))
    made = given(scene, pack)
    assert "kaylee" in made.needles
    assert [left.words for left in made.remaining if left.needle == "kaylee"] == ["Kay-Lee"]


def written(scene: Scene, folder: Path, pack: PackBegun) -> tuple[writing.Written, dict[str, bytes]]:
    done = writing.write(scene.officer, given(scene, pack), folder)
    return done, unlocked(next(folder.glob("*.zip")).read_bytes(), done.password)


def test_a_paper_with_boxes_goes_out_as_pictures_and_the_one_on_file_stays_as_it_was(scene: Scene, stick: Path) -> None:
    paper = kept(scene, a_pdf(3, "Tyrone Penn"))
    before = attachments_store.content(scene.officer.vault, paper.id)
    case = case_of(scene)
    pack = deciding.begin(scene.officer, scene.bea.id, "Ann Quill", case_id=case.id)
    paper_boxes.keep(scene.officer, pack.id, paper.id, paper_boxes.propose(scene.officer, pack.id, paper.id)[:2])
    drawn(scene, pack, paper, page=3, area=PageArea(left=800, top=1300, right=6000, bottom=2000), reason="harm")
    done, files = written(scene, stick, pack)
    assert attachments_store.content(scene.officer.vault, paper.id) == before
    assert set(files) == {"data.json", "paper-1.pdf"}
    said = text_of(files["paper-1.pdf"])
    assert "Penn" not in said
    assert said.count("[withheld: about someone else]") == 2, "at the foot of its page, as the box has no room for it"
    assert said.split().count("[withheld]") == 3, "in each box"
    assert "On this page boxes cover 1 place [withheld]." in " ".join(said.split()), "why it could do harm is not told"
    told = "3 boxes on pages 1, 2 and 3: it could do serious harm and it tells of someone else, who has not agreed."
    assert done.papers == {"paper-1.pdf": told}
    event = looking.case(scene.officer, case.id).events[-1]
    assert (event.kind, event.note) == (RequestEventKind.PACK, f"paper-1.pdf: {told}")
    assert done.withheld >= 3
    copy_text = text_of(writing.preview(scene.officer, scene.compiled(pack)))
    assert "all given as files, 1 with places covered" in " ".join(copy_text.split())
    assert "Black boxes on the pages of such a paper cover what is left out." in " ".join(copy_text.split())
    sheet = " ".join(text_of(listing.paper(scene.officer, scene.compiled(pack))).split())
    assert sheet.count("What is beneath a box") == 3


def test_why_places_on_papers_were_withheld_is_proposed_as_withheld_in_the_next_copy(scene: Scene, stick: Path) -> None:
    paper, case = kept(scene, a_jpeg(600, 400)), case_of(scene)
    pack = deciding.begin(scene.officer, scene.bea.id, "Ann Quill", case_id=case.id)
    drawn(scene, pack, paper, reason="harm")
    written(scene, stick, pack)
    again = scene.compiled(deciding.begin(scene.officer, scene.bea.id, "Ann Quill"))
    assert [mark.whose for mark in again.marks if "1 box on page 1" in mark.words] == ["ground"]


@pytest.mark.parametrize("kind", ["revision", "structure", "text", "picture", "words"])
def test_a_copy_is_not_written_when_something_is_left_beneath_a_box(
    scene: Scene, stick: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    paper, pack = kept(scene, a_pdf(1, "Tyrone Penn")), scene.begin()
    drawn(scene, pack, paper)
    made = given(scene, pack)
    monkeypatch.setattr(read_again, "what_is_left", lambda *_asked: [kind])
    with pytest.raises(WrongUse, match=rf"something beneath a box is still in a paper \({kind}\)"):
        writing.write(scene.officer, made, stick)
    assert list(stick.iterdir()) == []


def test_a_paper_whose_bytes_are_not_those_kept_is_not_made_anew(scene: Scene) -> None:
    paper, pack = kept(scene, a_pdf()), scene.begin()
    box = drawn(scene, pack, paper)
    other = dataclasses.replace(paper, digest=hashlib.sha256(b"another").hexdigest())
    with pytest.raises(WrongUse, match="not what was kept"):
        paper_boxes.made_anew(scene.officer, other, [box])
