"""What a copy says of the kinds of information that are held."""

import dataclasses
from datetime import date

from pupil_desk.documents.blocks import plain_text
from pupil_desk.services.disclosures import by_hand
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.erasure import due_for_erasure
from pupil_desk.services.packs import deciding, front, paper
from tests.services.exports.made import DAY
from tests.services.packs.made import Scene


def kept(scene: Scene, counts: dict[str, int] | None = None) -> list[str]:
    """What stands beside «Kept», kind by kind."""
    lines = plain_text(front.information_story(scene.officer, scene.bea, counts)).splitlines()
    return [
        line
        for at, line in enumerate(lines)
        if "Kept" in lines[max(at - 3, 0) : at] and "Whom we may tell" in lines[at : at + 4] and line not in ("Kept", "Whom we may tell")
    ]


def test_each_thing_has_one_time_the_one_that_applies_to_this_pupil(scene: Scene) -> None:
    words = kept(scene)
    due = {one.part: one.due for one in due_for_erasure.held_items(scene.officer, [scene.bea.id])}
    assert (
        f"Legal surname, legal forename, date of birth: as long as anything is kept that names the person; as things stand until {shown(due['name'])}"
        in words
    )
    assert f"Until the pupil’s 25th birthday, which is {shown(due['pupil-record'])}" in words
    assert not any("Some of it" in line or ", and at least" in line.partition("if someone was badly hurt")[0] for line in words)


def test_the_paper_speaks_of_what_was_told_and_of_papers_kept_only_where_there_are_any(scene: Scene) -> None:
    told, papers = "“What was told to others”", "the papers that we keep as files"
    pack = scene.begin()
    words = plain_text(paper.story(scene.officer, scene.compiled(pack)))
    assert "Here is a copy of the information that we hold about Bea Quill. There is nothing to pay." in words, "nobody asked"
    assert "sked" not in words.partition("What is here")[0]
    answer = plain_text(front.letter_story(scene.officer, dataclasses.replace(pack, case_id="asked"), scene.bea, front.Enclosed()))
    assert "You asked us for a copy of the information that we hold about Bea Quill. Here it is. There is nothing to pay." in answer
    assert told not in words
    assert "We have told others nothing that stands in this copy." in words
    assert papers not in words
    assert "whom we have told what" not in words
    scene.add_paper("A letter", "Nothing of anybody")
    desk = scene.officer
    entry = ByHand(
        pupil_id=scene.bea.id,
        recipient="Larkfield Police",
        kinds=("identity",),
        purpose="To find Bea",
        basis="vital",
        way="phone",
        on=DAY,
        may_know=True,
    )
    by_hand.keep(desk, entry)
    copy = scene.compiled(pack)
    copy = deciding.decide_paper(desk, copy, copy.papers[0].id, is_given=False)
    words = plain_text(paper.story(desk, copy))
    assert ("Goes with this copy\nNo" in words, "none given as a file" in words) == (True, True)
    deciding.decide_paper(desk, copy, copy.papers[0].id, is_given=True)
    words = plain_text(paper.story(desk, scene.compiled(pack)))
    assert told in words
    assert papers in words
    assert "whom we have told what" in words
    assert ("Goes with this copy\nYes" in words, "all given as files" in words) == (True, True)


def shown(day: date | None) -> str:
    assert day is not None
    return f"{day.day} {day:%B %Y}"
