"""Inventing plans: of each kind some, one EHC plan whose meeting is being prepared, one that waits for the authority, one review that is late."""

from collections.abc import Sequence
from datetime import date, timedelta

from pupil_desk.domain.plans.plan import PlanStep, PupilPlan
from pupil_desk.domain.pupils.badges import EHC_PLAN
from pupil_desk.services.demo.invention import Invented, weekday
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans import recording
from pupil_desk.store.tables import plans as store

_SEN_SUPPORT = "K"
_LEAST_PUPILS = 10
_LEAD = "Sam Whitlock"
_EHC = {
    "views": "Wants to work with animals, and to sit his GCSEs with friends.",
    "needs": "Social, emotional and mental health; reads at the level of a nine-year-old.",
    "outcomes": "Reads a page of a newspaper aloud by July.\nIs in lessons for the whole of four days of five.",
    "provision": "A teacher and no more than six pupils.\nTwenty minutes of reading a day with Alex Penn.\nA key worker to meet each morning.",
    "placement": "This unit, until the review.",
}
_OTHERS: tuple[tuple[str, int, dict[str, str]], ...] = (  # kind, days ago, parts
    (
        "sen-support",
        70,
        {
            "needs": "Loses the thread when several things are asked at once.",
            "views": "“I can do it when I know what comes next.” His grandmother says the same.",
            "outcomes": "Begins a task by himself three times of four.",
            "provision": "One step at a time, on a card. Ten minutes with the tutor before lessons.",
        },
    ),
    (
        "healthcare",
        200,
        {
            "health_needs": "Tires easily; needs a snack in the middle of the morning.",
            "warning_signs": "Pale, quiet, hands shake.",
            "provision": "The bag with the kit is in the office, and goes along on every way out.",
            "people": "Alex Penn; in her place any first-aider.",
        },
    ),
    (
        "pep",
        60,
        {
            "views": "Would like to catch up in maths, and to keep boxing.",
            "outcomes": "From 3 to 4 in maths by Easter.",
            "provision": "An hour of tuition a week.",
            "budget": "Tuition, and the fee of the boxing club.",
        },
    ),
    (
        "risk",
        215,
        {
            "needs": "Leaves the building when upset; the road is busy.",
            "provision": "Sits near the door with a member of staff in the corridor. A card to say that he needs five minutes.",
            "response": "One adult follows at a distance and talks; a second rings the office.",
        },
    ),
    (
        "behaviour",
        40,
        {
            "triggers": "Being laughed at; being touched from behind.",
            "warning_signs": "Pulls up the hood, stops answering.",
            "provision": "Walking, with one adult who does not talk.",
            "avoid": "Standing in the doorway.",
            "response": "Offer the quiet room. Move the others. Hold only to keep somebody from harm, by the arms, as agreed with his mother.",
            "afterwards": "Talk it over the next morning, with the key worker.",
        },
    ),
    (
        "reintegration",
        12,
        {
            "outcomes": "Four mornings at the main school by half-term.",
            "provision": "Week 1: one morning, with Alex Penn. Week 2: two. Then a meeting.",
            "people": "Ms Reed at the main school.",
        },
    ),
    (
        "profile",
        90,
        {
            "strengths": "Funny, and kind to younger ones.\nNotices when somebody is left out.",
            "views": "My sister. Football. Knowing what happens today.",
            "provision": "Say hello first.\nTell me before things change.\nGive me the first step, not all of them.",
            "avoid": "Shouting my name across the room.",
        },
    ),
)


def keep_plans(desk: Desk, people: Sequence[Invented]) -> None:
    """Enter them; none in a small unit. A pupil by whose provision there is an EHC plan has one."""
    on_roll = [person for person in people if person.stay.on_roll(desk.today) and person.stay.end_date is None and not person.protections]
    if len(on_roll) < _LEAST_PUPILS:
        return
    with_plan = [person.pupil.id for person in on_roll if person.pupil.sen_provision == EHC_PLAN]
    for place, pupil_id in enumerate(with_plan[:-1]):  # the last one’s is still to be entered
        _ehc(desk, pupil_id, place)
    without = [person.pupil.id for person in on_roll if person.pupil.sen_provision != EHC_PLAN]
    for place, (kind, ago, parts) in enumerate(_OTHERS):
        _other(desk, kind, _suiting(kind, on_roll) or without[place % len(without)], weekday(desk.today - timedelta(days=ago)), parts)


def _suiting(kind: str, on_roll: Sequence[Invented]) -> str:
    """A pupil whom a plan of the kind suits; «» where it suits anybody."""
    suiting = {"sen-support": [person for person in on_roll if person.pupil.sen_provision == _SEN_SUPPORT], "pep": _in_care(on_roll)}
    return next((person.pupil.id for person in suiting.get(kind, ())), "")


def _in_care(on_roll: Sequence[Invented]) -> list[Invented]:
    return [person for person in on_roll if person.pupil.looked_after]


def _ehc(desk: Desk, pupil_id: str, place: int) -> None:
    today = desk.today
    meeting = weekday(today + timedelta(days=(20, -17, 120)[place % 3]))
    made_on = weekday(meeting - timedelta(days=320))
    entry_id = _added(desk, PupilPlan(pupil_id=pupil_id, kind="ehc", made_on=made_on, lead=_LEAD, **_EHC))  # type: ignore[arg-type]  # items by name
    if place % 3 == 2:
        return
    _step(desk, entry_id, "meeting", meeting)
    day_asked = min(today, meeting) - timedelta(days=28)
    for kind in ("invited", "advice-asked"):
        _step(desk, entry_id, kind, day_asked, invitee="authority", who="Ms Okafor, SEN team")
        _step(desk, entry_id, kind, day_asked, invitee="everybody")
    for invitee in ("parent", "school") if place % 3 == 0 else ("parent", "school", "authority", "health"):
        _step(desk, entry_id, "advice-in", min(today, day_asked + timedelta(days=9)), invitee=invitee)
    if place % 3 == 1:
        _step(desk, entry_id, "advice", meeting - timedelta(days=15), invitee="everybody")
        _step(desk, entry_id, "reviewed", meeting, note="Progress in reading; the outcome for attendance is not met yet.")
        _step(desk, entry_id, "report", meeting + timedelta(days=9), invitee="everybody")


def _other(desk: Desk, kind: str, pupil_id: str, made_on: date, parts: dict[str, str]) -> None:
    entry_id = _added(desk, PupilPlan(pupil_id=pupil_id, kind=kind, made_on=made_on, lead=_LEAD, **parts))  # type: ignore[arg-type]  # items by name
    if kind == "pep":
        _step(desk, entry_id, "spent", made_on + timedelta(days=10), amount="240", note="Tuition, six hours")
    else:
        _step(desk, entry_id, "agreed-pupil" if kind == "profile" else "agreed-parent", made_on, who="At the first meeting")


def _added(desk: Desk, plan: PupilPlan) -> str:
    recording.add(desk, plan)
    return store.of_pupil(desk.vault, plan.pupil_id)[-1].now.entry_id


def _step(desk: Desk, entry_id: str, kind: str, on: date, **items: object) -> None:
    recording.record(desk, PlanStep(entry_id=entry_id, kind=kind, on=weekday(on), **items))  # type: ignore[arg-type]  # items by name
