"""What a copy says of the kinds of information that are held."""

from datetime import date

from pupil_desk.documents.blocks import plain_text
from pupil_desk.services.erasure import due_for_erasure
from pupil_desk.services.packs import front
from tests.services.packs.made import Scene


def kept(scene: Scene, counts: dict[str, int] | None = None) -> list[str]:
    """What stands beside «Kept», kind by kind."""
    lines = plain_text(front.information_story(scene.officer, scene.bea, counts)).splitlines()
    return [
        line
        for at, line in enumerate(lines)
        if "Kept" in lines[max(at - 3, 0) : at] and "Told to" in lines[at : at + 4] and line not in ("Kept", "Told to")
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


def shown(day: date | None) -> str:
    assert day is not None
    return f"{day.day} {day:%B %Y}"
