"""Of requests one parent's copy tells nothing of the other's way to be reached, nor what the pupil said alone; each has what is their own."""

from pupil_desk.domain.requests.case import RequestCase, RequestEvent, RequestEventKind
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.services.packs import deciding
from pupil_desk.services.requests import handling
from tests.services.exports.made import DAY
from tests.services.packs.made import Scene
from tests.services.packs.test_askers import asks


def test_a_copy_tells_nobody_where_another_wants_the_answer_nor_what_was_noted_in_confidence(scene: Scene) -> None:
    mothers = asks(
        scene, "Mrs Ann Quill", scene.mother, address="2 New Court\nFarham", email="ann@example.org", asked="All of it, for court"
    )
    steps = {
        RequestEventKind.PUPILS_WORD: "She is afraid of him",
        RequestEventKind.COMPETENCE: "She understands what it means",
        RequestEventKind.PROTECTION: "He rang the school again",
        RequestEventKind.AUTHORITY: "Seen the order of March",
    }
    for kind, note in steps.items():
        handling.record(scene.officer, RequestEvent(case_id=mothers.id, kind=kind, on=DAY, answer="no", note=note))
    of_pupil = {"She is afraid of him", "Pupil’s word noted", "She understands what it means"}
    in_confidence = {*of_pupil, "He rang the school again", "Seen the order of March"}
    own = {"2 New Court\nFarham", "ann@example.org", "All of it, for court"}

    def marked(case: RequestCase) -> set[str]:
        copy = scene.compiled(deciding.begin(scene.officer, scene.bea.id, case.requester, case_id=case.id))
        marks = [mark for mark in copy.marks if mark.place.section in ("requests", "request_events") and mark.who and mark.whose != "staff"]
        assert {mark.proposed for mark in marks if mark.words in own | in_confidence} <= {PlaceVerdict.WITHHOLD}
        return {mark.words for mark in marks} & {*own, *in_confidence}

    agent = asks(scene, "Keane and Sons", capacity="agent", email="keane@example.org")
    assert marked(mothers) == in_confidence
    assert marked(agent) == own | in_confidence
    assert marked(asks(scene, "Bea Quill", capacity="pupil")) == own | in_confidence - of_pupil
    copy = scene.compiled(scene.begin("Ann Quill"))
    assert {mark.words for mark in copy.marks if mark.place.section == "requests"} >= {"keane@example.org"}
