"""What the notice says of a pupil of 16 who has said nothing yet: who decides, and what is told until then. Made from the unit's rule of sharing."""

import tomllib
from collections.abc import Mapping
from functools import cache

from pupil_desk.basics.places import resource
from pupil_desk.basics.words import _
from pupil_desk.domain.sharing.recipients import Recipient
from pupil_desk.domain.sharing.sharing import POST_16, YOUTH_SUPPORT, Level, Rules, items_at
from pupil_desk.services.sharing.unanswered import unanswered_level

_YOUTH: Mapping[Level, str] = {
    Level.NONE: _("Until the pupil says something, we give nothing, whatever a parent said."),
    Level.MINIMUM: _("Until the pupil says something, we give only that, whatever a parent said."),
    Level.FULL: _("Until the pupil says something, we give all that it asks for, whatever a parent said."),
}
_COLLEGES: Mapping[Level, str] = {Level.NONE: _("Silence means no."), Level.FULL: _("Silence means yes.")}
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
    youth, colleges = level_in_silence(YOUTH_SUPPORT, rules), level_in_silence(POST_16, rules)
    arabic = _arabic()
    return {
        "silence_youth": _YOUTH[youth],
        "silence_colleges": _COLLEGES[colleges],
        "silence_youth_own": _OWN_YOUTH[youth],
        "silence_colleges_own": _OWN_COLLEGES[colleges],
        "silence_youth_arabic": arabic[f"youth_{youth.value}"],
        "silence_colleges_arabic": arabic[f"colleges_{colleges.value}"],
    }


@cache
def _arabic() -> Mapping[str, str]:
    with open(resource("words", "ar", "silence.toml"), "rb") as file:
        return dict(tomllib.load(file))
