"""People whose initials are a common word, such as «it», «am» and «do»: a copy of many pages is made, proved, and asks of no common word."""

from datetime import date
from pathlib import Path

import pytest

from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.services.notes import notes
from pupil_desk.services.packs import deciding, listing, writing
from pupil_desk.services.packs.content import Compiled
from tests.services.exports.made import DAY
from tests.services.packs.gone import Copy
from tests.services.packs.made import Scene

EVERYDAY = "I am sure that it is what we do: do it, and it will do. Am I late? It is 9.30 am, or 10 AM. Do come. Number {number}."
MANY = 40  # notes of everyday words
WHO = [
    ("Ian", "Thomas", "Oak", "IT"),
    ("Amy", "Mary", "Marsh", "AM"),
    ("Dora", "Olive", "Orr", "DO"),
    ("Gail", "Beth", "Bright", "GB"),
    ("Perla", "Mae", "Moss", "PM"),
]


def _all_withheld(scene: Scene) -> Compiled:
    made = scene.compiled(scene.begin())
    made = deciding.decide(scene.officer, made, made.undecided, PlaceVerdict.WITHHOLD)
    for paper in made.papers:
        made = deciding.decide_paper(scene.officer, made, paper.id, is_given=paper.proposed)
    return made


def _written(scene: Scene, made: Compiled, stick: Path) -> Copy:
    """The copy as it is given: written, so the proof holds; opened, and read by other lines than the program's."""
    written = writing.write(scene.officer, made, stick)
    pdf, data = (next(stick.glob(f"*{ending}")).read_bytes() for ending in (".pdf", ".zip"))
    return Copy(
        made, unlocked_pdf(pdf, written.password), unlocked(data, written.password)["data.json"], listing.paper(scene.officer, made)
    )


@pytest.mark.parametrize(("first", "middle", "last", "initials"), WHO)
def test_everyday_words_are_not_asked_of_and_initials_in_capitals_are(
    scene: Scene, stick: Path, first: str, middle: str, last: str, initials: str
) -> None:
    scene.unit.pupil(last, first, date(2011, 3, 4), middle_names=middle)
    relative = scene.unit.contact(scene.bea, last, forename=first)
    for number in range(MANY):
        notes.add(scene.officer, Note(pupil_id=scene.bea.id, category="behaviour", text=EVERYDAY.format(number=number), day=DAY))
    stops = ". ".join(initials) + "."
    told = f"{initials} {last} and {first[0]}. {last} came. {first[0]}. {last[0]}. waved; later {stops} sat down, and {initials} wept, and no more."
    notes.add(scene.officer, Note(pupil_id=scene.bea.id, category="behaviour", text=told, day=DAY))
    scene.add_paper("Timetable", "Bea has it at ten. I am glad. We do not.")
    made = _all_withheld(scene)
    left = [one for one in made.remaining if one.needle.lower() == initials.lower()]
    assert [one.words for one in left if not one.words.isupper()] == []
    assert [(one.place.field, one.words) for one in left][-1:] == [("text", initials)], "in capitals by themselves they are asked of"
    assert len(left) <= 2
    assert len(made.remaining) < 30
    copy = _written(scene, deciding.tick(scene.officer, made, made.unticked), stick)
    assert copy.faults() == []
    note = next(line for line in copy.data.decode().splitlines() if "waved" in line)
    assert last not in note
    assert f"{first[0]}. {last[0]}." not in note
    assert relative.surname == last
    assert copy.data.decode().count("I am sure that it is what we do: do it") == MANY


@pytest.mark.parametrize(("first", "middle", "last", "initials"), WHO)
def test_the_proof_holds_where_initials_stand_beside_their_surname_alone(
    scene: Scene, stick: Path, first: str, middle: str, last: str, initials: str
) -> None:
    """No place of «GB» or «AM» is listed then, and neither the file's language, «en-GB», nor «10 AM» is taken for one."""
    scene.unit.pupil(last, first, date(2011, 3, 4), middle_names=middle)
    told = f"{initials} {last} came at 10 AM with {initials.lower()} {last.lower()}. I am glad of it, and we do not mind."
    notes.add(scene.officer, Note(pupil_id=scene.bea.id, category="behaviour", text=told, day=DAY))
    made = _all_withheld(scene)
    assert initials in made.needles
    assert initials not in {one.needle for one in made.remaining}
    copy = _written(scene, deciding.tick(scene.officer, made, made.unticked), stick)
    assert copy.faults() == []
    assert "[withheld] came at 10 AM with [withheld]. I am glad of it, and we do not mind." in copy.data.decode()


def test_initials_that_a_person_marks_are_gone_in_capitals_alone(scene: Scene, stick: Path) -> None:
    text = "Bea told D.O. of it, and DO said so. Do not ask; we do."
    notes.add(scene.officer, Note(pupil_id=scene.bea.id, category="behaviour", text=text, day=DAY))
    made = scene.compiled(scene.begin())
    passage = next(one for one in made.part("notes").passages if one.words == text)
    made = deciding.mark_by_hand(scene.officer, made, passage, text.index("D.O."), text.index("D.O.") + 3)
    assert [one.words for one in made.remaining if one.needle == "DO"] == ["DO"]
    assert "do" not in made.needles
