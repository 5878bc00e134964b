"""What is told of a pupil whose family, or who from 16, has not answered: in words, made from the rule that decides.

What the notice says of a pupil of 16 who has said nothing yet: who decides, and what is told until then. Made from the unit's rule of sharing.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from pupil_desk.basics.dates import birthday
from pupil_desk.basics.places import resource
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.catalogue import item_at
from pupil_desk.domain.catalogue.items import Category
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil
from pupil_desk.domain.sharing.choice import OWN_WORD_FROM
from pupil_desk.domain.sharing.recipients import Recipient
from pupil_desk.domain.sharing.sharing import (
    YOUTH_SUPPORT_FROM,
    Level,
    Rules,
    SharingCase,
    decide,
    heard_recipients,
    items_at,
    post_16_providers,
    youth_support_service,
)

_BORN = date(2000, 9, 1)  # of somebody invented, of whom the rule is asked
_FEARED = (Category.MEDICAL, Category.ATTENDANCE, Category.SUSPENSIONS, Category.NOTES)


def unanswered_words(rules: Rules, minimum: str, *, by_pupil: bool) -> str:
    """A sentence for each recipient, begun small: for a pupil of 16 (``by_pupil``), else for a parent who has had the notice.

    ``minimum`` is what the youth support service is told in any case, in words.
    """
    youth = _YOUTH[by_pupil, unanswered_level(youth_support_service(), rules, by_pupil=by_pupil)].format(least=minimum)
    return f"{youth} {_COLLEGES[unanswered_level(post_16_providers(), rules, by_pupil=by_pupil)]}"


def unanswered_level(recipient: Recipient, rules: Rules, *, by_pupil: bool) -> Level:
    """What the rule lets a recipient be told of a pupil on roll, of whom nobody has answered though the notice was given."""
    day = birthday(_BORN, OWN_WORD_FROM if by_pupil else YOUTH_SUPPORT_FROM)
    stay = Enrolment(status="C", start_date=_BORN)
    decision = decide(
        SharingCase(pupil=Pupil(surname="", forename="", dob=_BORN), enrolments=[stay], notices_given=(_BORN,)), recipient, day, rules
    )
    assert decision is not None, "who is on roll is judged"
    return decision.level


def everything_told(recipient: Recipient, rules: Rules) -> tuple[str, ...]:
    """What a yes lets a recipient be told, beyond what a no leaves: the items of its fullest level in words, each once."""
    minimum = items_at(recipient, Level.MINIMUM, rules)
    return _words_of(name for name in items_at(recipient, Level.FULL, rules) if name not in minimum)


def never_told(recipients: Iterable[Recipient], rules: Rules) -> tuple[str, ...]:
    """Of the categories that a family may fear for, those of which none of these is told anything by a yes."""
    categories = {item_at(name).facts.category for recipient in recipients for name in items_at(recipient, Level.FULL, rules)}
    return tuple(category.value for category in _FEARED if category not in categories)


def words_of_forms() -> tuple[str, ...]:
    """Every word for what is told, or never told, that a form about sharing can have, whatever the rule of a unit."""
    recipients = heard_recipients().values()
    names = (name for recipient in recipients for name in (*recipient.minimum, *recipient.full, *recipient.parent_items))
    return (*_words_of(names), *(category.value for category in _FEARED))


def _words_of(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_short(name, item_at(name).label) for name in names))


def _short(name: str, label: str) -> str:
    record, _dot, attribute = name.partition(".")
    if record in _RECORDS:
        return _RECORDS[record]
    return _ADDRESS if attribute in ADDRESS else _ITEMS.get(attribute, label)


_RECORDS = {"contact": _("a parent’s name and address"), "enrolment": _("time with us"), "destination": _("where the pupil goes next")}
_ADDRESS = _("address")
_ITEMS = {
    "surname": _("name"),
    "forename": _("name"),
    "dob": _("date of birth"),
    "upn": _("pupil number"),
    "uln": _("learner number"),
    "sex": _("sex"),
    "ethnicity": _("ethnic group"),
    "phone": _("telephone"),
    "email": _("e-mail"),
    "year_group": _("year group"),
    "sen_provision": _("special educational needs"),
    "sen_need_1": _("special educational needs"),
    "looked_after": _("care by the council"),
}
"""Records and items in the words of a form, where a label is not; those with the same words are named once."""

_YOUTH = {
    (True, Level.MINIMUM): _("the youth support service is told only {least}."),
    (True, Level.FULL): _("the law lets us tell the youth support service everything that our privacy notice lists, until you say no."),
    (False, Level.MINIMUM): _("the youth support service is told only {least}."),
    (False, Level.FULL): _(
        "from 13, the law lets us tell the youth support service everything that our privacy notice lists, until you say no."
    ),
}
_COLLEGES = {
    Level.NONE: _("Colleges and training providers are told nothing."),
    Level.FULL: _("Colleges and training providers may be told what our privacy notice lists, until you say no."),
}


_NOTICE_YOUTH: Mapping[Level, str] = {
    Level.NONE: _("Until the pupil says something, we give nothing, whatever a parent said."),
    Level.MINIMUM: _("Until the pupil says something, we give only that, whatever a parent said."),
    Level.FULL: _("Until the pupil says something, we give all that it asks for, whatever a parent said."),
}
_NOTICE_COLLEGES: Mapping[Level, str] = {Level.NONE: _("Silence means no."), Level.FULL: _("Silence means yes.")}
_OWN_YOUTH: Mapping[Level, str] = {
    Level.NONE: _("Until you do, it gets nothing."),
    Level.MINIMUM: _("Until you do, it gets only that."),
    Level.FULL: _("Until you do, it gets all it asks for."),
}
_OWN_COLLEGES: Mapping[Level, str] = {
    Level.NONE: _("Until you say something, they get nothing."),
    Level.FULL: _("Until you say something, they get what our tables list."),
}


def level_in_silence(recipient: Recipient, rules: Rules) -> Level:
    """At which level the recipient is told of a pupil of 16 who has said nothing; one of which nothing goes is none."""
    level = unanswered_level(recipient, rules, by_pupil=True)
    return level if items_at(recipient, level, rules) else Level.NONE


def filling(rules: Rules) -> dict[str, str]:
    """The sentences by the names that the words of the notice call them by, to a parent, to the pupil, and in Arabic."""
    youth, colleges = level_in_silence(youth_support_service(), rules), level_in_silence(post_16_providers(), rules)
    arabic = _arabic()
    return {
        "silence_youth": _NOTICE_YOUTH[youth],
        "silence_colleges": _NOTICE_COLLEGES[colleges],
        "silence_youth_own": _OWN_YOUTH[youth],
        "silence_colleges_own": _OWN_COLLEGES[colleges],
        "silence_youth_arabic": arabic[f"youth_{youth.value}"],
        "silence_colleges_arabic": arabic[f"colleges_{colleges.value}"],
    }


@cache
def _arabic() -> Mapping[str, str]:
    with open(resource("words", "ar", "silence.toml"), "rb") as file:
        return dict(tomllib.load(file))
