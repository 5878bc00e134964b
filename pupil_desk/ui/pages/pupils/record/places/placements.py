"""Places that the unit itself arranges for the pupil at another provider, their reviews, and how the pupil comes and goes: the lists, and the form of one."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.place_review import BoughtPlaceReview
from pupil_desk.domain.pupils.placement import Placement, check_placement
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.services.providers import providers
from pupil_desk.services.pupils import placements
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.services.transport import journeys, routes
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.offering import offer_names
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.words import allow, button
from pupil_desk.ui.pages.pupils.record.grouped import GroupPart
from pupil_desk.ui.pages.pupils.record.places.place_reviews import PlaceReviewList, ReviewList
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class PlacementList(SeveralPart[Placement]):
    """The places arranged, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(Placement, today=desk.today, check=check_placement, readonly=not desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _MANNER, form, lambda placement: placement.id)

    def show_record(self, record: PupilRecord) -> None:
        super().show_record(record)
        offer_names(self.form, "provider", [standing.name for standing in providers.standings(self.context.desk)])


class PlacementsPart(GroupPart):
    """The places arranged, and their reviews, a list each."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave, _("Placements"))
        self.places = PlacementList(context, may_leave)
        self.reviews = PlaceReviewList(context, may_leave, _REVIEWED)
        self.take_lists(((_("&Places"), self.places), (_("Re&views"), self.reviews)))

    def read(self, record: PupilRecord) -> None:
        """Each list asks for itself, once it is turned to."""


class JourneysPart(SeveralPart[Journey]):
    """How the pupil comes and goes, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(Journey, today=desk.today, check=self._check, readonly=not desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _CARRIED, form, lambda journey: journey.id)
        self.receiver_button = button(_("Who may receive, from the contacts"), lambda: None, icon_name="user-plus")
        self.receiver_button.setMenu(QMenu(self.receiver_button))
        self.acts.addWidget(self.receiver_button)
        tab_after(self.add_button, [self.receiver_button])

    def _check(self, journey: Journey) -> tuple[Problem, ...]:
        return journeys.problems(journey, self.record.contacts if self.record is not None else ())

    def _reveal(self) -> None:
        super()._reveal()
        menu = self.receiver_button.menu()
        if self.record is None or menu is None:
            return
        menu.clear()
        names = journeys.receivers_to_choose(self.record.contacts, self.record.protections)
        for name in names:
            menu.addAction(name, partial(self.add_receiver, name))
        may, is_shown = self.context.desk.may(Action.EDIT_RECORD), self.form.isVisibleTo(self)
        why = _("Choose a journey first") if not is_shown else _("No contact may receive the pupil")
        allow(self.receiver_button, may and is_shown and bool(names), why if may else only(Action.EDIT_RECORD))

    def add_receiver(self, name: str) -> None:
        """Write a contact among who may receive the pupil, on a line of its own, unless the name stands there."""
        lines = (self.form.fields["receivers"].editor.typed_text()).splitlines()
        if name not in lines:
            self.form.take_draft({"receivers": "\n".join([*filter(None, lines), name])})

    def show_record(self, record: PupilRecord) -> None:
        super().show_record(record)
        offer_names(self.form, "route", [standing.name for standing in routes.standings(self.context.desk)])


def _columns(part: SeveralPart[Placement]) -> Sequence[Column[Placement]]:
    return (
        Column("start", _("From"), lambda placement: short_date(placement.start_date)),
        Column("end", _("Until"), lambda placement: short_date(placement.end_date) if placement.end_date else "", longest="24 Nov 2026"),
        Column("provider", _("Provider"), lambda placement: placement.provider, stretch=True),
        Column("reason", _("Reason"), lambda placement: codelist("ap_placement_reason").label_of(placement.reason), width=22),
    )


_MANNER = PartDefinition[Placement](
    name=_("Places arranged at other providers"),
    add_words=_("Add a plac&e"),
    new_title=_("New place elsewhere"),
    empty_words=_("The unit has arranged no place elsewhere"),
    sign="handshake",
    columns=_columns,
    rows_of=lambda record, desk: placements.of_pupil(desk, record.pupil.id)[::-1],
    title_of=lambda placement: _("Place at {provider}").format(provider=placement.provider),
    new_keys=lambda record, desk: {"start_date": desk.today},
    add=placements.add,
    save=placements.save,
    switch=providers.SWITCH,
    spare={"end": 520, "reason": 620},
)


_REVIEWED = ReviewList(
    review_type=BoughtPlaceReview,
    of_whom="provider",
    of_whom_words=_("Provider"),
    name=_("Reviews of places at other providers"),
    empty_words=_("No place at a provider was reviewed yet"),
    switch=providers.SWITCH,
    places_of=placements.of_pupil,
    named=lambda _desk, provider: provider,
    offered=lambda desk, pupil_id: list(dict.fromkeys(place.provider for place in placements.of_pupil(desk, pupil_id))),
)


def _carried_columns(part: SeveralPart[Journey]) -> Sequence[Column[Journey]]:
    return (
        Column("start", _("From"), lambda journey: short_date(journey.start_date)),
        Column("end", _("Until"), lambda journey: short_date(journey.end_date) if journey.end_date else "", longest="24 Nov 2026"),
        Column("route", _("Route"), lambda journey: journey.route, stretch=True),
        Column("days", _("Days"), lambda journey: journey.days, width=20),
    )


_CARRIED = PartDefinition[Journey](
    name=_("Journeys by a route"),
    add_words=_("Add a &journey"),
    new_title=_("New journey"),
    empty_words=_("No journey is on file"),
    sign="bus",
    columns=_carried_columns,
    rows_of=lambda record, desk: journeys.of_pupil(desk, record.pupil.id)[::-1],
    title_of=lambda journey: journey.route,
    new_keys=lambda record, desk: {"start_date": desk.today, "days": _("Mon-Fri")},
    add=journeys.add,
    save=journeys.save,
    switch=journeys.SWITCH,
    spare={"end": 520, "days": 620},
)
