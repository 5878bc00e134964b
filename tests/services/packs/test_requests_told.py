"""Of requests one parent's copy tells nothing of the other's way to be reached, nor what the pupil said alone; each has what is their own."""

from pupil_desk.domain.requests.case import RequestCase, RequestEvent, RequestEventKind
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.services.packs import deciding
from pupil_desk.services.requests import handling, looking
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
    taken_back = {
        RequestEventKind.PUPILS_WORD: "She asked us not to write it",
        RequestEventKind.EXEMPTION: "It was said by the brother",
        RequestEventKind.PROTECTION: "He is abroad",
    }
    for kind, note in (dict.fromkeys(taken_back, "Written too soon") | steps).items():
        ground = "crime" if kind == RequestEventKind.EXEMPTION else None
        handling.record(
            scene.officer, RequestEvent(case_id=mothers.id, kind=kind, on=DAY, answer=None if ground else "no", exemption=ground, note=note)
        )
    for event in looking.case(scene.officer, mothers.id).events:
        if event.kind in taken_back:
            handling.take_back(scene.officer, event, taken_back[RequestEventKind(event.kind)])
    of_pupil = {
        *("She is afraid of him", "Pupil’s word noted", "She understands what it means"),
        *("She asked us not to write it", "Pupil’s word noted, 24 November 2026"),
    }
    grounds = {"It was said by the brother", "Exemption used, 24 November 2026"}
    in_confidence = {*of_pupil, *grounds, "Seen the order of March"}
    own = {"2 New Court\nFarham", "ann@example.org", "All of it, for court"}

    def marked(case: RequestCase) -> set[str]:
        copy = scene.compiled(deciding.begin(scene.officer, scene.bea.id, case.requester, case_id=case.id))
        marks = [mark for mark in copy.marks if mark.place.section in ("requests", "request_events") and mark.who and mark.whose != "staff"]
        assert {mark.proposed for mark in marks if mark.words in own | in_confidence} <= {PlaceVerdict.WITHHOLD}
        everything = "\n".join(passage.words for passage in copy.part("request_events").passages)
        assert (copy.counts["request_events"], "rotect" in everything, "abroad" in everything) == (6, False, False), everything
        return {mark.words for mark in marks} & {*own, *in_confidence}

    agent = asks(scene, "Keane and Sons", capacity="agent", email="keane@example.org")
    assert marked(mothers) == in_confidence
    assert marked(agent) == own | in_confidence
    assert marked(asks(scene, "Bea Quill", capacity="pupil")) == own | in_confidence - of_pupil
    copy = scene.compiled(scene.begin("Ann Quill"))
    assert {mark.words for mark in copy.marks if mark.place.section == "requests"} >= {"keane@example.org"}
