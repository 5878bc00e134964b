"""Places bought at providers: told by the notice, checked, agreed in full, lawful full-time, and with sessions that the provider has confirmed."""

from collections.abc import Iterator

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.providers.provider import MOST_FULL_TIME, NOT_A_SCHOOL, provider_key
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope, gap_in

_EHC_PLAN = "E"
_FULL_TIME = "FT"


def _current(file: PupilFile, context: QualityContext) -> list[Placement]:
    """The places of a pupil that are not over; none where the unit buys none."""
    if context.providers is None:
        return []
    return [placement for placement in file.placements if placement.end_date is None or placement.end_date >= context.today]


def provider_not_told(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A place at a provider that the notice does not name: it cannot be told anything."""
    for placement in _current(file, context):
        facts = (context.providers or {}).get(provider_key(placement.provider))
        if facts is None or not facts.is_named:
            words = _(
                "The privacy notice does not name {provider}, so nothing can be told to it. A data officer names it in Settings, under Who else is told."
            )
            yield gap_in(placement, "provider", words.format(provider=placement.provider))


def provider_unchecked(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A place at a provider of which a check does not hold."""
    for placement in _current(file, context):
        facts = (context.providers or {}).get(provider_key(placement.provider))
        if facts is not None and facts.lacking:
            words = _("{provider}: {lacking}. Enter on the page Providers what was seen.")
            yield gap_in(placement, "provider", words.format(provider=placement.provider, lacking=join_words(facts.lacking)))


def full_time_unregistered(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Full-time at a provider that is not registered as a school, and would have to be."""
    for placement in _current(file, context):
        facts = (context.providers or {}).get(provider_key(placement.provider))
        if facts is None or facts.registration != NOT_A_SCHOOL or placement.pattern != _FULL_TIME:
            continue
        alone_enough = file.pupil.sen_provision == _EHC_PLAN or bool(file.pupil.looked_after)
        if alone_enough or facts.full_time > MOST_FULL_TIME:
            words = _(
                "{provider} is not registered as a school. Full-time it may not teach a pupil who has an EHC plan or is looked after, nor five pupils or more."
            )
            yield gap_in(placement, "pattern", words.format(provider=placement.provider))


def bought_place_lacks(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A place without its days, its purpose or a review."""
    for placement in _current(file, context):
        lacks = [
            (item, words)
            for item, words in (
                ("sessions", _("the days and sessions")),
                ("purpose", _("what it is for")),
                ("review_day", _("the day of the next review")),
            )
            if not getattr(placement, item)
        ]
        if lacks:
            what = join_words([words for _item, words in lacks])
            yield gap_in(placement, lacks[0][0], _("The place at {provider} lacks {what}.").format(provider=placement.provider, what=what))


def sessions_unconfirmed(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Sessions at a provider of before today that it has not confirmed, or of which the register says otherwise."""
    for placement in file.placements if context.providers is not None else ():
        days = [session.day for session in file.unconfirmed if session.placement.id == placement.id]
        if days := [day for day in days if day < context.today]:
            words = _("{sessions} at {provider} to be confirmed, the earliest of {day}. Confirm them on the page Providers.")
            yield gap_in(
                placement,
                "sessions",
                words.format(
                    sessions=count_of(len(days), _("session"), _("sessions")), provider=placement.provider, day=short_date(min(days))
                ),
            )


_SCHOOL = _("Education Act 1996, section 463; Education and Skills Act 2008, section 96")
_KCSIE = _("Keeping children safe in education, DfE, 2025")
_REGISTER = _("SI 2024/208, regulation 10")
RULES = (
    QualityRule(_("Provider not in the notice"), (Need.PROVIDERS, Need.NOTICES), Gravity.SHOULD, Scope.HERE, OURS, provider_not_told),
    QualityRule(_("Checks of a provider"), (Need.PROVIDERS,), Gravity.SHOULD, Scope.HERE, _KCSIE, provider_unchecked),
    QualityRule(
        _("Full-time at a provider that is no school"), (Need.PROVIDERS,), Gravity.SHOULD, Scope.HERE, _SCHOOL, full_time_unregistered
    ),
    QualityRule(_("Place at a provider not agreed in full"), (Need.PROVIDERS,), Gravity.SHOULD, Scope.HERE, _KCSIE, bought_place_lacks),
    QualityRule(_("Sessions at a provider not confirmed"), (Need.PROVIDERS,), Gravity.SHOULD, Scope.HERE, _REGISTER, sessions_unconfirmed),
)
