"""The accident book over several pupils, of this school year and the last: a line an accident. That it was made is logged."""

from collections.abc import Collection
from datetime import date

from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.accidents import accident_book as layout
from pupil_desk.documents.accidents.accident_book import AccidentBook
from pupil_desk.documents.paper_of_pupils import PaperOfPupils
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.accidents.riddor import riddor
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.services.accidents import accident_papers
from pupil_desk.services.accidents.recording import SWITCH, title_of
from pupil_desk.services.care import cards
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.tables import accidents as store
from pupil_desk.store.tables import pupils


def book(desk: Desk, ids: Collection[str]) -> PaperOfPupils:
    """The accidents of these pupils, the earliest first, the title, and the ids of those hurt. Raises NotAllowed; WrongUse where there is none, or the unit keeps no book here."""
    desk.require(Action.READ_RECORD)
    require_use(desk, SWITCH)
    first = date(school_year(desk.today) - 1, 9, 1)
    people = pupils.some_by_id(desk.vault, ids)
    accidents = [accident for accident in store.between(desk.vault, first, desk.today) if accident.pupil_id in people]
    if not accidents:
        raise WrongUse(_("No accident of these pupils is in the book since {day}.").format(day=show_date(first)))
    hurt_pupils = {pupil_id: people[pupil_id] for pupil_id in dict.fromkeys(accident.pupil_id for accident in accidents)}
    names = cards.names_listed(hurt_pupils.values())
    cards.log_each(desk, [*hurt_pupils.values()], "accident book made")
    content = AccidentBook(
        days=_("Accidents from {first} to {last}, of the pupils chosen.").format(first=show_date(first), last=show_date(desk.today)),
        rows=[
            _row(accident, names[accident.pupil_id])
            for accident in sorted(accidents, key=lambda accident: (accident.day, accident.time or ""))
        ],
        foot=cards.made_by(desk),
    )
    return PaperOfPupils(layout.story(content), _("Accident book"), set(hurt_pupils))


def _row(accident: Accident, name: str) -> tuple[str, ...]:
    day = short_date(accident.day)
    return (
        _("{day}, {time}").format(day=day, time=accident.time) if accident.time else day,
        name,
        accident_papers.place_words(accident),
        title_of(accident),
        accident.first_aid or "",
        _report_words(accident),
    )


def _report_words(accident: Accident) -> str:
    """Whether a law asks for one, and when it was made."""
    if accident.reported_on is not None:
        report = _("reported on {day}").format(day=short_date(accident.reported_on))
        return _("{made}, {reference}").format(made=report, reference=accident.report_reference) if accident.report_reference else report
    decision = riddor(accident)
    if decision.rule is None:
        return _("not decided yet")
    return _("to be reported") if decision.rule.is_to_report else _("none")
