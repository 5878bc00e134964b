"""How long a class is kept, as a form asks it: from what and how many years, what holds at least, who says so and how sure that is."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.governance.retention import RetentionClass, RetentionEvent, RetentionPart

_fact = partial(item, facts=Facts(Section.CAUTIONS, Category.STAFF, Purpose.LAW, Basis.PUBLIC_TASK, retention="disclosure"))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFor:
    """A class on the form: one part, or two of which the later day counts, and what holds after a bad accident on a trip."""

    event: str = _fact(_("Counted from"), Kind.CODE, codes="retention_event", required=True)
    years: int = _fact(_("Years"), Kind.NUMBER, required=True, hint=_("1 to 100"))
    least_event: str | None = _fact(
        _("And at least, counted from"), Kind.CODE, codes="retention_event", hint=_("The later of the two days counts. Empty for none")
    )
    least_years: int | None = _fact(_("At least so many years"), Kind.NUMBER)
    source: str = _fact(_("Who says so"), Kind.TEXT, required=True, longest=200, hint=_("Such as the authority’s schedule, with its year"))
    sure: str = _fact(_("How sure you are"), Kind.CODE, codes="retention_sure", required=True)
    holds_from: date | None = _fact(_("Holds from"), Kind.DATE, hint=_("Empty for today. What held before stays known"))
    hurt_years: int | None = _fact(_("After a bad accident on the trip, until this birthday"), Kind.NUMBER, hint=_("Empty for no longer"))


def form_of(retention_class: RetentionClass) -> KeptFor:
    """A class as the form shows it."""
    usual = [part for part in retention_class.parts if not part.if_hurt]
    hurt = next((part.years for part in retention_class.parts if part.if_hurt), None)
    minimum = usual[1] if len(usual) > 1 else None
    return KeptFor(
        event=usual[0].event.value,
        years=usual[0].years,
        least_event=minimum.event.value if minimum else None,
        least_years=minimum.years if minimum else None,
        hurt_years=hurt,
        source=retention_class.source,
        sure=retention_class.sure,
    )


def class_from(form: KeptFor, retention_class: RetentionClass) -> RetentionClass:
    """The class as the form has it now. What belongs to no part, such as «at least» without its years, counts as nought years and is refused."""
    parts = [RetentionPart(RetentionEvent(form.event), form.years)]
    if form.least_event or form.least_years is not None:
        parts.append(RetentionPart(RetentionEvent(form.least_event or form.event), form.least_years or 0))
    if form.hurt_years is not None:
        parts.append(RetentionPart(RetentionEvent.BIRTH, form.hurt_years, if_hurt=True))
    return dataclasses.replace(retention_class, parts=tuple(parts), source=form.source, sure=form.sure)
