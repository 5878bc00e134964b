"""How long a class is kept, as a form asks it: from what and how many years, what holds at least, who says so and how sure that is."""

import dataclasses
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.facts import Basis, Category, Facts, Purpose, Section
from pupil_desk.domain.catalogue.items import Kind, item
from pupil_desk.domain.governance.retention import Event, Part, RetentionClass

_FACTS = Facts(Section.CAUTIONS, Category.STAFF, Purpose.LAW, Basis.PUBLIC_TASK, retention="disclosure")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFor:
    """A class on the form: one part, or two of which the later day counts, and what holds after a bad accident on a trip."""

    event: str = item(_("Counted from"), Kind.CODE, codes="retention_event", facts=_FACTS, required=True)
    years: int = item(_("Years"), Kind.NUMBER, facts=_FACTS, required=True, hint=_("1 to 100"))
    least_event: str | None = item(_("And at least, counted from"), Kind.CODE, codes="retention_event", facts=_FACTS,
                                   hint=_("The later of the two days counts. Empty for none"))  # fmt: skip
    least_years: int | None = item(_("At least so many years"), Kind.NUMBER, facts=_FACTS)
    source: str = item(_("Who says so"), Kind.TEXT, facts=_FACTS, required=True, longest=200, hint=_("Such as the authority’s schedule, with its year"))
    sure: str = item(_("How sure you are"), Kind.CODE, codes="retention_sure", facts=_FACTS, required=True)
    holds_from: date | None = item(_("Holds from"), Kind.DATE, facts=_FACTS, hint=_("Empty for today. What held before stays known"))
    hurt_years: int | None = item(_("After a bad accident on the trip, until this birthday"), Kind.NUMBER, facts=_FACTS, hint=_("Empty for no longer"))


def asked(made: RetentionClass) -> KeptFor:
    """A class as the form shows it."""
    usual = [part for part in made.parts if not part.if_hurt]
    hurt = next((part.years for part in made.parts if part.if_hurt), None)
    least = usual[1] if len(usual) > 1 else None
    return KeptFor(event=usual[0].event.value, years=usual[0].years, least_event=least.event.value if least else None, least_years=least.years if least else None,
                   hurt_years=hurt, source=made.source, sure=made.sure)  # fmt: skip


def answered(typed: KeptFor, made: RetentionClass) -> RetentionClass:
    """The class as the form has it now. What belongs to no part, such as «at least» without its years, counts as nought years and is refused."""
    parts = [Part(Event(typed.event), typed.years)]
    if typed.least_event or typed.least_years is not None:
        parts.append(Part(Event(typed.least_event or typed.event), typed.least_years or 0))
    if typed.hurt_years is not None:
        parts.append(Part(Event.BIRTH, typed.hurt_years, if_hurt=True))
    return dataclasses.replace(made, parts=tuple(parts), source=typed.source, sure=typed.sure)
