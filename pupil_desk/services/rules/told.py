"""The values of rules in words: days, items, codes, yes and no, as a person says them and not as the file has them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import MONTHS, show_date
from pupil_desk.basics.rulefacts import head_of
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.unit.settings import UnitSettings

_CENSUS_DAYS: Mapping[str, str] = {
    "easter-sunday": _("Easter Sunday"),
    "easter-monday": _("Easter Monday"),
    "spring-bank-holiday": _("the spring bank holiday"),
    "before-spring-bank-holiday": _("the day before the spring bank holiday"),
}
_WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
_WHOSE: Mapping[str, str] = {
    "authority": _("the authority that maintains the unit"),
    "home-authority": _("the authority of the area where the pupil lives"),
    "unit": _("the unit itself"),
    "nobody": _("nobody by law"),
}
_USE: Mapping[str, str] = {
    "always": _("by every unit"),
    "chosen": _("by units that work with them"),
    "ground": _("with consent, or on a ground that the law names"),
}
_BASES: Mapping[str, str] = {
    "public-task": _("public task"),
    "legal-obligation": _("legal obligation"),
    "consent": _("consent"),
    "agreement": _("agreement"),
}
_OF: Mapping[str, str] = {
    "unit": _("the unit"),
    "on-roll": _("pupils on roll"),
    "left": _("pupils no longer on roll"),
    "both": _("pupils on roll, and pupils no longer on roll"),
}
_HELD_BACK: Mapping[str, str] = {"withhold": _("withhold"), "release": _("give")}


def told(path: str, key: str, value: Any) -> str:
    """A value of a rule in a file, by the last of its keys, as a person says it."""
    match value:
        case bool():
            return _("yes") if value else _("no")
        case date():
            return show_date(value)
        case list():
            joint = _(" to ") if path == "census/collection.toml" and key in _SPANS else ", "
            return joint.join(told(path, key, part) for part in value)
        case int() if key == "weekday" and 0 <= value < len(_WEEKDAYS):
            return _WEEKDAYS[value]
        case int() if key == "years":
            return count_of(value, _("year"), _("years"))
        case str():
            return _say_of(path, key)(value)
    return str(value)


def nth_weekday(number: int, weekday: int, month: int) -> str:
    """The day that such a rule gives: «the first Thursday of October»."""
    return _("the {number} {weekday} of {month}").format(number=_ORDINALS[number - 1], weekday=_WEEKDAYS[weekday], month=MONTHS[month - 1])


_ORDINALS = (_("first"), _("second"), _("third"), _("fourth"), _("fifth"))
_SPANS = frozenset({"attendance", "second", "suspensions"})


def _say_of(path: str, key: str) -> Callable[[str], str]:
    if path == "census/collection.toml" and key in _SPANS:
        return _census_day
    if key == "codes" and path == "census/columns.toml":
        return lambda name: head_of(f"codes/{name}.toml").title
    if key in _ITEMS:
        return _item
    if key in _SETTINGS:
        return _setting
    if name := _LISTS.get((key, path)) or _LISTS.get((key, path.partition("/")[0])):
        return lambda code: _code(name, code)
    words = _WORDS.get(key, {})
    return lambda value: words.get(value, value)


_ITEMS = frozenset({"item", "items", "of", "minimum", "full", "parent"})
_SETTINGS = frozenset({"setting", "settings"})
_LISTS: Mapping[tuple[str, str], str] = {
    ("event", "retention"): "retention_event",
    ("suspensions_told", "census"): "suspension_standing",
    ("basis", "consents"): "consent_basis",
    ("per", "consents"): "consent_per",
    ("parents", "consents"): "consent_parents",
    ("parent_no", "consents"): "consent_parent_no",
    ("pupil_yes", "consents"): "consent_pupil_yes",
    ("pupil_no", "consents"): "consent_pupil_no",
    ("own_competence", "consents"): "consent_own",
    ("lapses", "consents"): "consent_lapse",
    ("grounds", "ctf"): "deletion_ground",
    ("activities", "ctf"): "activity",
    ("activities_over_age", "ctf"): "activity",
    ("left_status", "ctf"): "enrolment_status",
    ("exceptional", "census"): "attendance",
    ("english", "census"): "assessment_subject",
    ("maths", "census"): "assessment_subject",
    ("attainment_years", "census"): "year_group",
    ("professionals", "codes/redaction.toml"): "relationship",
}
"""The code list of a key's values, by its folder or its file."""
_WORDS: Mapping[str, Mapping[str, str]] = {
    "day_six_suspension": _WHOSE,
    "day_six_permanent": _WHOSE,
    "use": _USE,
    "basis": _BASES,
    "proposed": _HELD_BACK,
    "alone": _HELD_BACK,
    "attendance_year": {"start": _("the one in which it begins"), "end": _("the one in which it ends")},
    "terms": {"AUT": _("autumn"), "SPR": _("spring"), "SUM": _("summer")},
}


def _census_day(text: str) -> str:
    year, _slash, day = text.rpartition("/")
    if day in _CENSUS_DAYS:
        words = _CENSUS_DAYS[day]
    else:
        try:
            words = show_date(date.fromisoformat(f"2024-{day}")).rpartition(" ")[0]
        except ValueError:
            words = day
    return _("{day} of the year before").format(day=words) if year else words


def _item(path: str) -> str:
    item = every_item().get(path)
    return item.label if item is not None else _OF.get(path, path)


def _setting(name: str) -> str:
    return next((item.label for item in items_of(UnitSettings) if item.name == name), name)


def _code(name: str, code: str) -> str:
    listed = codelist(name)
    entry = listed.get(code)
    return listed.shown(entry) if entry is not None else code
