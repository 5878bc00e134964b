"""What a person calls a rule: a table by the name that it has, a value by words of its file or by those that all files share.

A file of rules may have ``words`` at its head: by the keys of a rule, or by its last key where that means one thing in the whole file.
«» leaves a key out where the rest says enough.
"""

from collections.abc import Mapping
from typing import Any

from pupil_desk.basics.ruleshapes import by_name, is_tables
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _

_NAMES = ("label", "what", "title")  # in a table: what a person calls it
_LEFT_OUT = frozenset({"codes", "sheets", "columns", "terms", "rules", "sets", "elements", "classes", "facts", "parts", "layouts"})
_SHARED: Mapping[str, str] = {
    "source": _("source"),
    "sources": _("sources"),
    "checked": _("day on which it was checked"),
    "sure": _("how sure we are"),
    "unsure": _("what we are less sure of"),
    "look_again": _("day to look again"),
    "words": _("what its rules are called"),
    "label": _("its name"),
    "title": _("heading"),
    "name": _("its name"),
    "note": _("remark"),
    "law": _("law"),
    "basis": _("lawful basis"),
    "purpose": _("what it is for"),
    "since": _("from"),
    "until": _("until"),
    "items": _("what is written there"),
    "item": _("what is written there"),
    "number": _("number"),
    "value": _("number"),
    "days": _("days"),
    "year": _("newest year in which it was seen"),
}


class RuleWords:
    """The words for the rules of one file, by their keys."""

    def __init__(self, folder: str, data: Mapping[str, Any]) -> None:
        self._data = data
        self._own: Mapping[str, str] = data.get("words", {})
        self._shared = {**_SHARED, **_OF_FOLDER.get(folder, {})}

    def of(self, keys: tuple[str, ...], below: int = 0) -> str:
        """What a person calls the rule with these keys, «» for the whole file; a key without words stands there with blanks.

        With ``below`` what stands so deep under another rule is called beside it: without the first of its keys.
        """
        if keys[:1] == ("facts",):
            keys = (*keys[1].split("."), *keys[2:])
        return capital(", ".join(filter(None, (self._word(keys[:number]) for number in range(below + 1, len(keys) + 1)))))

    def wordless(self, keys: tuple[str, ...]) -> list[str]:
        """The keys among these for which there are no words."""
        return [keys[number - 1] for number in range(1, len(keys) + 1) if self._known(keys[:number]) is None]

    def _word(self, keys: tuple[str, ...]) -> str:
        known = self._known(keys)
        return keys[-1].replace("_", " ") if known is None else known

    def _known(self, keys: tuple[str, ...]) -> str | None:
        if (path := ".".join(keys)) in self._own:
            return self._own[path]
        value = _at(self._data, keys)
        if isinstance(value, Mapping) and (name := next((value[key] for key in _NAMES if isinstance(value.get(key), str)), None)):
            return str(name)
        if keys[-1] in self._own:
            return self._own[keys[-1]]
        if keys[-1] in _LEFT_OUT:
            return ""
        if keys[-1].isdigit() and len(keys) > 1 and is_tables(tables := _at(self._data, keys[:-1])):
            return "" if len(tables) == 1 else _("part {number}").format(number=keys[-1])
        return self._shared.get(keys[-1])


def _at(data: Any, keys: tuple[str, ...]) -> Any:
    """What stands under some keys; None where nothing does."""
    for key in keys:
        data = (by_name(data) if is_tables(data) else data).get(key) if isinstance(data, Mapping) or is_tables(data) else None
    return data


_CONSENTS: Mapping[str, str] = {
    "per": _("one answer is about"),
    "uses": _("uses that are asked apart"),
    "alternative": _("what happens without it"),
    "own_alternative": _("what happens without it, to the pupil"),
    "parents": _("how many parents must say yes"),
    "parent_no": _("when parents differ"),
    "notify_each": _("each parent is told"),
    "written": _("it must be in writing"),
    "pupil_too": _("the pupil must say yes too"),
    "pupil_yes": _("what the pupil’s yes is worth"),
    "pupil_no": _("what the pupil’s no is worth"),
    "pupil_no_terms": _("terms before 16 from which the pupil’s word counts"),
    "competent_from": _("age from which it is asked whether the pupil understands"),
    "own_from": _("age from which the pupil alone decides"),
    "own_competence": _("whether it must be recorded that the pupil understands"),
    "lapses": _("how long a yes holds"),
    "renewal": _("when it is asked again"),
    "withdrawal": _("what follows when it is taken back"),
    "fixed": _("what a unit cannot change"),
    "must": _("what a unit must fill in"),
    "name": _("its name"),
    "intro": _("first words"),
    "own_intro": _("first words to the pupil"),
    "question": _("question"),
    "own_question": _("question to the pupil"),
    "yes": _("words of the yes"),
    "no": _("words of the no"),
    "own_yes": _("words of the pupil’s yes"),
    "own_no": _("words of the pupil’s no"),
    "easy_intro": _("first words, easy to read"),
    "easy_own_intro": _("first words to the pupil, easy to read"),
    "easy_question": _("question, easy to read"),
    "easy_own_question": _("question to the pupil, easy to read"),
    "easy_yes": _("words of the yes, easy to read"),
    "easy_no": _("words of the no, easy to read"),
    "easy_own_yes": _("words of the pupil’s yes, easy to read"),
    "easy_own_no": _("words of the pupil’s no, easy to read"),
}
_OF_FOLDER: Mapping[str, Mapping[str, str]] = {
    "consents": _CONSENTS,
    "codes": {
        "category": _("what kind it is"),
        "alike": _("other words that are read as it"),
        "nothing": _("words that are read as none"),
        "private": _("is shown by its words alone"),
        "here": _("is used at a unit like ours"),
        "hidden": _("is not offered any more"),
    },
    "recipients": {
        "use": _("when they are told"),
        "rule": _("of which pupils"),
        "minimum": _("what they are told at the least"),
        "full": _("what they are told in full"),
        "parent": _("what they are told of a parent"),
        "setting": _("where the unit names them"),
        "switch": _("only where the unit uses this"),
        "said": _("what they are called to a parent"),
        "said_own": _("what they are called to the pupil"),
        "special": _("condition for special categories"),
        "covers": _("whom it covers"),
        "quiet": _("the family is told only once it may know"),
        "by_hand": _("may be entered by hand"),
    },
    "retention": {
        "event": _("counted from"),
        "years": _("how long"),
        "least": _("what the law asks for at the least"),
        "if_hurt": _("only where somebody was badly hurt"),
        "follows": _("as the record to which it belongs"),
    },
}
"""Words for the keys that mean one thing in all files of a folder."""
