"""Which roles may do what came later: accidents, exams, the kitchen list, places that the unit buys, translations, and transport."""

from collections.abc import Callable, Mapping

from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.exams.exam import ExamEntry
from pupil_desk.domain.providers.provider_check import ProviderCheck
from pupil_desk.domain.providers.provider_return import ProviderReturn
from pupil_desk.domain.pupils.place_review import SchoolPlaceReview
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.translations.translation import places_in
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.transport.route import Route
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.accidents import recording as accidents
from pupil_desk.services.consents import types
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams import recording as exams
from pupil_desk.services.exams import results
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.providers import providers, returns
from pupil_desk.services.pupils import place_reviews
from pupil_desk.services.register import kitchen
from pupil_desk.services.schools import clash_told, places
from pupil_desk.services.translations import papers, translations
from pupil_desk.services.translations.papers import TranslatablePaper
from pupil_desk.services.translations.translations import TranslationEntry
from pupil_desk.services.transport import journeys, routes, transport_due
from pupil_desk.services.transport.routes import RouteStanding
from tests.services.exports.made import DAY
from tests.services.role_scene import Scene

_ALL = frozenset(Role)


def _accident_of(scene: Scene) -> Accident:
    return Accident(pupil_id=scene.pupil.id, day=DAY, place="hall", account="Fell", injury="bump", body_part="arm")


def _entry_of(scene: Scene) -> ExamEntry:
    return ExamEntry(
        pupil_id=scene.pupil.id, series="summer", year=2027, board="aqa", qualification="Art", entry_code="8202", status="planned"
    )


def _translate(desk: Desk, paper: TranslatablePaper) -> object:
    words = {line.key: " ".join(sorted(places_in(line.english))) or "Tak" for line in paper.lines}
    return translations.keep(desk, paper, "pl", TranslationEntry(words, "Maria Kowalska"))


def _review_place(scene: Scene, desk: Desk) -> object:
    places.add(scene.officer, SchoolPlace(pupil_id=scene.pupil.id, school="919/4001", kind="bought", start_date=DAY))
    review = SchoolPlaceReview(pupil_id=scene.pupil.id, school="919/4001", day=DAY, found="Well begun", decision="ends")
    return place_reviews.add(desk, review)


LATER: Mapping[str, tuple[frozenset[Role], Callable[[Scene], Callable[[Desk], object]]]] = {
    "accidents.of_pupil": (_ALL, lambda s: lambda d: accidents.of_pupil(d, s.pupil.id)),
    "accidents.add": (_ALL, lambda s: lambda d: accidents.add(d, _accident_of(s))),
    "exams.of_pupil": (_ALL, lambda s: lambda d: exams.of_pupil(d, s.pupil.id)),
    "exams.add_entry": (_ALL, lambda s: lambda d: exams.add_entry(d, _entry_of(s))),
    "translations.keep a letter": (_ALL, lambda s: lambda d: _translate(d, papers.of_letter(letter_templates.templates(d)[0]))),
    "translations.keep a form": (frozenset({Role.DATA_OFFICER}), lambda s: lambda d: _translate(
        d, papers.of_consent(types.type_named(d, "photographs")))),
    "kitchen.paper": (_ALL, lambda s: kitchen.paper),
    "providers.record_check": (_ALL, lambda s: lambda d: providers.record_check(
        d, ProviderCheck(provider="Marden Farm", kind="visit", seen_on=DAY, in_order="yes"))),
    "provider_returns.enter": (_ALL, lambda s: lambda d: returns.enter(
        d, [ProviderReturn(pupil_id=s.pupil.id, provider="Marden Farm", day=DAY, session=Session.AM, outcome="not-run")])),
    "clash_told.record_told": (_ALL, lambda s: lambda d: clash_told.record_told(d, [])),
    "clash_told.take_back": (_ALL, lambda s: lambda d: clash_told.take_back(d, [])),
    "place_reviews.of_pupil": (_ALL, lambda s: lambda d: place_reviews.of_pupil(d, SchoolPlaceReview, s.pupil.id)),
    "place_reviews.add": (_ALL, lambda s: lambda d: _review_place(s, d)),
    "routes.standings": (_ALL, lambda s: routes.standings),
    "routes.save": (_ALL, lambda s: lambda d: routes.save(d, Route(name="Route 3"))),
    "routes.remove": (_ALL, lambda s: lambda d: routes.remove(d, RouteStanding(Route(name="Route 3"), ()))),
    "routes.rename": (_ALL, lambda s: lambda d: routes.rename(d, RouteStanding(Route(name="Route 3"), ()), "Route 3")),
    "routes.confirm_staff": (_ALL, lambda s: lambda d: routes.confirm_staff(d, RouteStanding(Route(name="Route 3"), ()))),
    "transport_due.transport_due": (_ALL, lambda s: transport_due.transport_due),
    "results.matched": (_ALL, lambda s: lambda d: results.matched(d, s.pupil.id)),
    "journeys.add": (_ALL, lambda s: lambda d: journeys.add(d, Journey(pupil_id=s.pupil.id, route="Route 3", start_date=DAY, days="Mon"))),
    "journeys.of_pupil": (_ALL, lambda s: lambda d: journeys.of_pupil(d, s.pupil.id)),
}  # fmt: skip
