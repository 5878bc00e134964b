"""Restricted notes in a copy: only who is named reads and adds them; who compiles sees their number, and files that nobody here can open."""

import io

import pikepdf
import pypdfium2
import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.requests.pack import PackMark, PlaceVerdict
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.notes import readers
from pupil_desk.services.packs import deciding, paper, restricted, writing
from pupil_desk.services.packs.content import Compiled
from pupil_desk.services.requests import handling
from pupil_desk.store.tables import packs as store
from tests.services.packs.made import Scene
from tests.services.packs.test_deciding import case_of


def read_and_decided(scene: Scene, pack_id: str) -> Compiled:
    made = restricted.read(scene.lead, pack_id)
    return deciding.accept(scene.lead, made)


def test_only_one_who_is_named_reads_them_whatever_the_role(scene: Scene) -> None:
    scene.add_secret()
    pack = scene.begin()
    made = restricted.read(scene.lead, pack.id)
    assert "frightens" in " ".join(passage.words for passage in made.part("restricted_notes").passages)
    for desk in (scene.officer, scene.unit.as_role(Role.OFFICE)):
        with pytest.raises(NotAllowed, match="Colleague assistant-head"):
            restricted.read(desk, pack.id)
        with pytest.raises(NotAllowed):
            restricted.seal(desk, made)
        with pytest.raises(NotAllowed):
            deciding.accept(desk, made)
    assert scene.unit.count("pack_sealed") == scene.unit.count("pack_mark") == 0


def test_that_they_were_read_is_logged(scene: Scene) -> None:
    scene.add_secret()
    restricted.read(scene.lead, scene.begin().id)
    rows = scene.officer.vault.rows("SELECT user_id FROM log WHERE action = 'view' AND kind = 'restricted_note'")
    assert [row["user_id"] for row in rows] == [scene.lead.user.id]


def test_what_is_decided_of_them_the_compiler_does_not_see(scene: Scene) -> None:
    scene.add_secret()
    pack = scene.begin()
    read_and_decided(scene, pack.id)
    kept = store.marks_of(scene.officer.vault, pack.id)
    assert [mark.words for mark in kept if mark.section == "restricted_notes"]
    assert not [mark for mark in scene.compiled(pack).marks if mark.place.section == "restricted_notes"]
    assert "frightens" not in repr(scene.compiled(pack))


def test_the_two_cannot_decide_for_each_other(scene: Scene) -> None:
    scene.add_secret()
    pack = scene.begin()
    made, apart = scene.compiled(pack), restricted.read(scene.lead, pack.id)
    stray = PackMark(
        id="x", pack_id=pack.id, pupil_id=scene.bea.id, section="restricted_notes", field="text", key="k", said=PlaceVerdict.RELEASE
    )
    with pytest.raises(WrongUse, match="named to read"):
        deciding.keep_marks(scene.officer, made, [stray], "1")
    with pytest.raises(WrongUse):
        deciding.keep_marks(
            scene.lead,
            apart,
            [PackMark(id="y", pack_id=pack.id, pupil_id=scene.bea.id, section="notes", field="text", key="k", said=PlaceVerdict.RELEASE)],
            "1",
        )


def test_they_are_locked_with_words_that_only_the_reader_was_shown(scene: Scene) -> None:
    scene.add_secret()
    pack = scene.begin()
    words = restricted.seal(scene.lead, read_and_decided(scene, pack.id))
    sealed = store.sealed_of(scene.officer.vault, pack.id)
    assert sealed is not None
    assert (sealed.notes, sealed.by, sealed.given) == (1, "Colleague assistant-head", True)
    document, data = store.sealed_bytes(scene.officer.vault, sealed.id)
    for row in scene.officer.vault.rows("SELECT reason FROM log"):
        assert words not in row["reason"]
    dump = "".join(
        repr(tuple(row))
        for table in ("pack", "pack_mark", "pack_sealed", "pack_section")
        for row in scene.officer.vault.rows(f"SELECT * FROM {table}")
    )
    assert words not in dump
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(document))
    read = pypdfium2.PdfDocument(document, password=words)
    text = read[0].get_textpage().get_text_range()
    read.close()
    assert "frightens her" in text
    assert "Tyrone" not in text
    assert b"frightens her" in unlocked(data, words)["data.json"]
    assert b"Tyrone" not in unlocked(data, words)["data.json"]


def test_the_copy_is_not_whole_before_and_open_again_when_a_note_is_added(scene: Scene) -> None:
    scene.add_secret()
    case = case_of(scene)
    pack = deciding.begin(scene.officer, scene.bea.id, "Ann Quill", case_id=case.id)
    made = scene.all_as_proposed(pack)
    assert "the restricted notes to be added by Colleague assistant-head" in writing.undecided_words(made)
    assert "1 restricted note must still be added" in str(handling.may_close(scene.officer, case.id))
    restricted.seal(scene.lead, read_and_decided(scene, pack.id))
    assert not scene.compiled(pack).open_restricted
    assert "not written yet" in str(handling.may_close(scene.officer, case.id))
    scene.add_secret("And again on Friday")
    assert scene.compiled(pack).open_restricted
    assert "2 restricted notes" in str(handling.may_close(scene.officer, case.id))


def test_they_can_be_left_out_on_a_ground_which_the_copy_names(scene: Scene) -> None:
    scene.add_secret()
    pack = scene.begin()
    made = restricted.read(scene.lead, pack.id)
    with pytest.raises(Refused):
        restricted.seal(scene.lead, made, exemption="excessive")
    assert restricted.seal(scene.lead, made, exemption="child-abuse") == ""
    told = scene.compiled(pack)
    assert not told.open_restricted
    assert not paper.has_restricted_files(told)
    texts = [str(getattr(block, "text", "")) for block in paper.story(scene.officer, told)]
    assert any("The ground in law: child abuse data" in text for text in texts)


def test_nothing_is_added_while_a_place_is_open(scene: Scene) -> None:
    scene.add_secret()
    pack = scene.begin()
    with pytest.raises(WrongUse, match="to decide"):
        restricted.seal(scene.lead, restricted.read(scene.lead, pack.id))
    assert scene.unit.count("pack_sealed") == 0


def test_who_is_named_no_more_adds_nothing(scene: Scene) -> None:
    scene.add_secret()
    pack = scene.begin()
    made = read_and_decided(scene, pack.id)
    readers.set_reader(scene.officer, scene.lead.user, may=False, reason="Has left")
    with pytest.raises(NotAllowed, match="nobody is named yet"):
        restricted.seal(scene.lead, made)
