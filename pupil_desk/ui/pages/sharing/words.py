"""The words about levels, items and choices, shared by the two halves of the page."""

from collections.abc import Iterable, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.catalogue.catalogue import item_at
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import ADDRESS
from pupil_desk.domain.sharing.sharing import Decision, Level
from pupil_desk.services.desk import Desk
from pupil_desk.services.sharing import sharing
from pupil_desk.services.sharing.sharing import PreviewRow

LEVEL_SIGNS = {Level.NONE: "prohibit", Level.MINIMUM: "circle-half", Level.FULL: "check-circle"}
_NAMES = frozenset({"surname", "forename"})


def level_words(level: Level) -> str:
    """«Nothing», «Minimum», «Full»."""
    return codelist("level").label_of(level.value)


def recipient_words(name: str) -> str:
    """The recipient of a choice, in a few words."""
    return codelist("choice_recipient").label_of(name)


def decided_words(decided_by: str) -> str:
    """Who decided: the unit's rule, a parent, or the pupil."""
    return {"rule": _("The rule"), "parent": _("A parent"), "pupil": _("The pupil")}[decided_by]


def decision_words(name: str, decision: Decision | None) -> str:
    """What a recipient would be told today: «Youth support service: minimum»."""
    level = _("nothing, not on roll") if decision is None else level_words(decision.level).lower()
    return _("{recipient}: {level}").format(recipient=recipient_words(name), level=level)


def change_words(name: str, before: Decision | None, after: Decision | None) -> str:
    """What recording would change: «Youth support service: full → minimum», or that it stays as it is."""
    if before is None or after is None:
        return _("{recipient}: nothing is told, for the pupil is not on roll. The choice is kept.").format(recipient=recipient_words(name))
    now, then = level_words(before.level).lower(), level_words(after.level).lower()
    words = _("{recipient}: {now} → {then}") if now != then else _("{recipient}: {now}, as before")
    return words.format(recipient=recipient_words(name), now=now, then=then)


def items_words(items: Sequence[str]) -> str:
    """The items in words: parts of a name or an address as one, a parent's as theirs."""
    words: list[str] = []
    for path in items:
        record, name = path.split(".")
        word = _("name") if name in _NAMES else _("address") if name in ADDRESS else _as_running(item_at(path).label)
        if record == "contact":
            word = _("a parent’s {what}").format(what=word)
        if word not in words:
            words.append(word)
    return capital(join_words(words)) if words else _("Nothing")


def withheld_words(row: PreviewRow) -> str:
    """What is withheld, in words; nothing where everything goes."""
    return items_words(row.withheld) if row.withheld else _("Nothing is withheld")


def withheld_short(row: PreviewRow) -> str:
    """The same, short enough for a column."""
    if row.decision.level is Level.NONE:
        return _("Everything")
    return count_of(len(row.withheld), _("item"), _("items")) if row.withheld else _("Nothing")


def goes_short(row: PreviewRow) -> str:
    """What goes, short enough for a column."""
    if row.decision.level is Level.NONE:
        return _("Nothing")
    if row.withheld:
        return _("Name, address, date of birth")
    return _("All {number} items").format(number=len(row.decision.items))


def count_words(rows: Iterable[PreviewRow]) -> str:
    """«24 minimum, 20 full, 12 nothing», with how many are protected."""
    rows = list(rows)
    parts = [
        f"{number} {level_words(level).lower()}"
        for level in (Level.FULL, Level.MINIMUM, Level.NONE)
        if (number := sum(row.decision.level is level for row in rows))
    ]
    protected = sum(bool(row.protections) for row in rows)
    words = _("{pupils}: {parts}").format(pupils=count_of(len(rows), _("pupil"), _("pupils")), parts=", ".join(parts) or _("none"))
    return _("{words}. {number} protected").format(words=words, number=protected) if protected else words


def protection_words(protections: Iterable[Protection]) -> str:
    """The kinds of protection, each once."""
    kinds = dict.fromkeys(codelist("protection_kind").label_of(protection.kind) for protection in protections)
    return join_words(list(kinds))


def recipients(desk: Desk) -> list[tuple[str, str]]:
    """The recipients to pick from, those with whom the unit works too: name and label."""
    return [(name, recipient.label) for name, recipient in sharing.previewed(desk).items()]


def _as_running(label: str) -> str:
    """A label inside a sentence: «UPN» stays, «Date of birth» begins small."""
    first = label.split(maxsplit=1)[0]
    return label if len(first) > 1 and first.isupper() else label[:1].lower() + label[1:]
