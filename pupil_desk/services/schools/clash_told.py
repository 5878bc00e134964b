"""That a school was told of a clash: a line in the log of disclosures for each session, by which the list and Home know it; struck out again where it was a mistake."""

from collections.abc import Sequence

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.sharing.recipients import MAIN_SCHOOL
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import by_hand, disclosures
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.disclosures.disclosures import Way
from pupil_desk.services.roles import Action
from pupil_desk.services.schools.clashes import PupilClash
from pupil_desk.services.schools.refusals import not_named
from pupil_desk.store.tables import told as store


def record_told(desk: Desk, clashes: Sequence[PupilClash]) -> Changed:
    """Record that the school of each was told of it today; one that was told already stays as it is.

    Raises NotAllowed; WrongUse for a school that the notice does not name: then nothing is recorded."""
    desk.require(Action.RECORD_DISCLOSURE)
    told_ids = store.events_told(desk.vault, [clash.id for clash in clashes])
    untold = [clash for clash in clashes if clash.id not in told_ids]
    if words := next((words for clash in untold if (words := not_named(desk, clash.school))), ""):
        raise WrongUse(words)
    if not untold:
        return Changed.of()
    with desk.act(Action.RECORD_DISCLOSURE, "register", "", f"schools told of {len(untold)} clashes") as work:
        for clash in untold:
            by_hand.keep_step(work, _entry(desk, clash), clash.id)
    return _news(untold)


def take_back(desk: Desk, clashes: Sequence[PupilClash]) -> Changed:
    """Strike out that the schools were told of these: it was entered by mistake. As of each line of the log, what a colleague entered is struck
    out by who may strike out any. Raises NotAllowed."""
    desk.require(Action.RECORD_DISCLOSURE)
    if not clashes:
        return Changed.of()
    is_all_own = all(line["told_by_id"] == desk.user.id for clash in clashes for line in store.standing_of_event(desk.vault, clash.id))
    with desk.act(
        Action.RECORD_DISCLOSURE if is_all_own else Action.STRIKE_DISCLOSURE, "register", "", f"not told of {len(clashes)} clashes"
    ) as work:
        for clash in clashes:
            disclosures.take_back(work, clash.id, _("Entered by mistake: the school was not told."))
    return _news(clashes)


def _entry(desk: Desk, clash: PupilClash) -> ByHand:
    session = _("{day} {session}").format(day=short_date(clash.clash.day), session=clash.clash.session.value)
    return ByHand(
        pupil_id=clash.pupil.id,
        to=MAIN_SCHOOL,
        recipient=clash.school_name,
        kinds=("identity", "attendance"),
        purpose=_("So that both registers agree about {session}").format(session=session),
        basis=by_hand.PUBLIC_TASK,
        way=Way.NOT_RECORDED,
        on=desk.today,
    )


def _news(clashes: Sequence[PupilClash]) -> Changed:
    return Changed.of("disclosure", ids=tuple({clash.pupil.id for clash in clashes}))
