"""After redaction no withheld occurrence is left: over every pupil, whatever is decided, in whatever the copy consists of.

What is read here is what is given: the files as they lie on the stick, opened with their words.
"""

import dataclasses
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.pack import PackBegun, PlaceVerdict
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import notes
from pupil_desk.services.packs import compiling, deciding, listing, restricted, writing
from pupil_desk.services.packs.content import Compiled
from pupil_desk.services.pupils import pupils
from pupil_desk.store.tables import contacts, staff
from tests.services.packs.gone import Copy
from tests.services.packs.made import Scene
from tests.services.packs.test_completeness import everyone, unit_of
from tests.trained import hold_key_of_notes

AS_PROPOSED, ALL, BY_CHANCE = "as proposed", "all", "by chance"
WAYS = (AS_PROPOSED, ALL, BY_CHANCE)


def decided(desk: Desk, made: Compiled, way: str, chance: random.Random) -> Compiled:
    """The places decided in one of the ways."""
    if way == AS_PROPOSED:
        return deciding.accept(desk, made)
    out = [mark for mark in made.undecided if way == ALL or chance.random() < 0.5]
    made = deciding.decide(desk, made, out, PlaceVerdict.WITHHOLD) if out else made
    return deciding.decide(desk, made, made.undecided, PlaceVerdict.RELEASE) if made.undecided else made


def sealed(desk: Desk, lead: Desk, pack: PackBegun, way: str, chance: random.Random) -> tuple[Compiled, str] | None:
    """The restricted notes gone through and added, and the words that open them; None where there are none."""
    if not notes.count_restricted(desk, pack.pupil_id):
        return None
    apart = decided(lead, restricted.read(lead, pack.id), way, chance)
    apart = deciding.tick(lead, apart, apart.unticked)
    return apart, restricted.seal(lead, apart)


def copies_of(desk: Desk, lead: Desk, pupil_id: str, stick: Path, way: str, chance: random.Random) -> list[Copy]:
    """The copy of one pupil written and opened, and that of the restricted notes."""
    pack = deciding.begin(desk, pupil_id, "The carer")
    apart = sealed(desk, lead, pack, way, chance)
    made = decided(desk, compiling.compiled(desk, pack.id), way, chance)
    for paper in made.papers:
        made = deciding.decide_paper(desk, made, paper.id, is_given=paper.proposed)
    if made.unticked:
        with pytest.raises(WrongUse, match="to tick where a withheld word still stands"):
            writing.write(desk, made, stick)
        made = deciding.tick(desk, made, made.unticked)
    sheet = listing.paper(desk, made)
    written = writing.write(desk, made, stick)
    held = {file.name.partition("-copy-2026-11-24")[2]: (stick / file.name).read_bytes() for file in written.files}
    for file in written.files:
        (stick / file.name).unlink()
    found = [Copy(made, unlocked_pdf(held[".pdf"], written.password), unlocked(held["-data.zip"], written.password)["data.json"], sheet)]
    if apart is not None:
        notes_, words = apart
        found.append(Copy(notes_, unlocked_pdf(held["-restricted.pdf"], words), unlocked(held["-restricted-data.zip"], words)["data.json"]))
    return found


def faults(desk: Desk, lead: Desk, ids: Sequence[str], stick: Path) -> tuple[list[str], int, int]:
    """What is wrong with the copies of these pupils, how many places were withheld, and how many remained."""
    chance, found, withheld, left = random.Random(5), [], 0, 0
    for number, pupil_id in enumerate(ids):
        for copy in copies_of(desk, lead, pupil_id, stick, WAYS[number % len(WAYS)], chance):
            found += [f"{copy.made.pupil.ref}, {WAYS[number % len(WAYS)]}: {fault}" for fault in copy.faults()]
            withheld += len(copy.made.withheld)
            left += len(copy.made.remaining)
    return found, withheld, left


def name_others(desk: Desk, pupil: Pupil, other: Pupil) -> None:
    """A note that names another pupil, somebody of either family and the pupil, each in several ways."""
    own, theirs = (next(iter(contacts.of_pupil(desk.vault, one.id)), None) for one in (pupil, other))
    said = [
        f"{other.forename} {other.surname} pushed {pupil.forename}’s chair at ten. {other.surname.upper()}, {other.forename.upper()} said sorry.",
        f"{other.forename[0]}. {other.surname} sat by the door; {pupil.full_name} will not sit by the {other.surname}s again.",
    ]
    if own is not None:
        said.append(f"Mrs {own.surname} rang from {own.mobile or own.phone or 'work'} about {other.forename}’s words.")
    if theirs is not None:
        said.append(f"{theirs.full_name} asks that {pupil.forename} is moved, and {desk.user.name} agreed.")
    notes.add(desk, Note(pupil_id=pupil.id, category="behaviour", text="\n".join(said), day=desk.today))


def test_no_withheld_occurrence_is_left_of_a_few(scene: Scene, stick: Path) -> None:
    scene.add_secret()
    scene.add_paper("Plan", "A plan for Bea: more reading, and a desk by the window.")
    scene.add_paper("Report", "Tyrone Penn pushed Bea.")
    tyrone = next(one for one in pupils.all_pupils(scene.officer) if one.forename == "Tyrone")
    scene.unit.protect(tyrone)
    name_others(scene.officer, tyrone, scene.bea)
    found, withheld, left = faults(scene.officer, scene.lead, [scene.bea.id, tyrone.id, scene.bea.id], stick)
    assert found == []
    assert withheld > 20
    assert left > 5


@pytest.mark.torture
def test_no_withheld_occurrence_is_left_of_any_pupil_of_a_demonstration_of_300(tmp_path: Path, stick: Path) -> None:
    desk = unit_of(tmp_path, 300)
    try:
        lead = dataclasses.replace(desk, user=next(one for one in staff.all_staff(desk.vault) if one.name == "Sam Whitlock"))
        hold_key_of_notes(desk)
        people = [pupils.record(desk, pupil_id).pupil for pupil_id in everyone(desk)]
        for pupil, other in zip(people, people[1:] + people[:1], strict=True):
            name_others(desk, pupil, other)
        found, withheld, left = faults(desk, lead, [pupil.id for pupil in people], stick)
        assert len(people) == 300
        assert found == []
        assert withheld > 2000
        assert left > 300
    finally:
        desk.vault.close()
