"""What a copy says of the kinds of information that are held."""

from pupil_desk.documents.blocks import plain_text
from pupil_desk.services.packs import front
from tests.services.packs.made import Scene


def test_of_several_times_each_is_of_some_of_what_is_kept(scene: Scene) -> None:
    words = plain_text(front.information_story(scene.officer, scene.bea))
    assert "Some of it as long as anything is kept that names the person; some of it until the pupil’s 25th birthday" in words
    assert "\nUntil the pupil’s 25th birthday\n" in words
    assert "birthday; until" not in words
