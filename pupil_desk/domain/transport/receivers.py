"""Who may receive a pupil at the door, read from the words as people type them: which of them may be told to whoever drives.

Where an order or restriction is in force, whatever may mean the person whom it names is not told: a forename, the surname, initials, a number, what the
family calls such a person, and words for several («any family member»). Each of several on one line is judged by itself. Nor is whoever is neither among
the contacts nor said with name and relation, since a nickname («Big Dave») may be anybody's. Who is not among the contacts is warned of in any case.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pupil_desk.basics.text import fold
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ORDER, Protection

_FATHER = frozenset({
    "dad", "dads", "daddy", "dada", "father", "fathers", "papa", "pa", "pap", "pops", "pop", "stepdad", "stepfather", "baba", "abba", "tata",
})  # fmt: skip
_MOTHER = frozenset({
    "mum", "mums", "mummy", "mam", "mams", "mammy", "mom", "moms", "mommy", "ma", "mother", "mothers", "mama", "stepmum", "stepmother", "ammi",
})  # fmt: skip
_RELATIVE = frozenset({
    "uncle", "uncles", "aunt", "aunts", "auntie", "aunty", "gran", "grans", "granny", "grandma", "grandmother", "nan", "nana", "nanny", "nanna",
    "grandad", "granddad", "grandpa", "grandfather", "gramps", "grandparent", "grandparents", "cousin", "cousins", "brother", "brothers", "sister",
    "sisters", "sibling", "siblings", "niece", "nephew",
})  # fmt: skip
_ELSE = frozenset({
    "partner", "partners", "boyfriend", "girlfriend", "husband", "wife", "spouse", "fiance", "fiancee", "ex", "friend", "friends", "lodger",
    "neighbour", "neighbours", "carer", "mate", "mates", "pal", "pals",
})  # fmt: skip
_SPOUSE = frozenset({"partner", "ex", "spouse"})
_KIN = {
    "PAF": _FATHER | _SPOUSE | {"husband"},
    "STF": _FATHER | _SPOUSE | {"husband", "boyfriend", "fiance"},
    "FOF": _FATHER | {"carer"},
    "PAM": _MOTHER | _SPOUSE | {"wife"},
    "STM": _MOTHER | _SPOUSE | {"wife", "girlfriend", "fiancee"},
    "FOM": _MOTHER | {"carer"},
    "REL": _RELATIVE,
    "FAM": _RELATIVE | _ELSE,
    "CHM": frozenset({"childminder", "minder"}),
    "SWR": frozenset({"social", "worker"}),
    "TCH": frozenset({"teacher"}),
}
"""By relationship, what a family calls such a person. Whoever is under no such word may be called by any that no other contact is called by."""
_ANY_KIN = _FATHER | _MOTHER | _RELATIVE | _ELSE
_SEVERAL = frozenset({
    "any", "anyone", "anybody", "all", "both", "either", "each", "every", "everyone", "everybody", "someone", "somebody", "whoever", "whichever",
    "else", "other", "others", "family", "families", "parent", "parents", "relative", "relatives", "relation", "relations", "carers", "guardian",
    "guardians", "adult", "adults", "household", "contact", "contacts", "listed", "same",
})  # fmt: skip
"""Words that leave open who is meant."""
_AGAINST = frozenset({"not", "never", "no", "nobody", "except", "without", "but", "unless", "instead", "if"})
_BESIDE_A_NAME = frozenset({
    "the", "her", "his", "their", "my", "our", "step", "foster", "birth", "own", "mr", "mrs", "ms", "miss", "dr",
})  # fmt: skip
_BETWEEN_PEOPLE = re.compile(r"[,;/&+|]|\b(?:and|or)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b")
_NOBODY_NEEDED = frozenset({
    "alone", "herself", "himself", "themselves", "themself", "unaccompanied", "independently", "may", "can", "does", "goes", "go", "gets", "let", "lets",
    "in", "into", "home", "house", "the", "by", "and", "with", "own", "has", "a", "key", "from", "stop", "here", "there", "to", "walk", "walks", "is", "yes",
    "out", "off", "bus", "taxi", "be", "left", "allowed", "ask", "ring", "office", "first",
})  # fmt: skip
"""Words among which no name stands, where a pupil needs nobody at the door."""
_NOT = frozenset({"not", "never"})
_SHUT_OUT = _NOT | {"nobody", "except", "without", "but"}
"""How words begin that say who may not."""
_WHEN = frozenset({
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "monday", "tuesday", "wednesday", "thursday", "friday", "mondays", "tuesdays",
    "wednesdays", "thursdays", "fridays", "am", "pm", "on", "only", "usually", "always", "mostly", "days", "every", "week", "weeks", "term",
})  # fmt: skip
_EPITHETS = frozenset({"big", "little", "wee", "tall", "young", "lanky"})
"""Before a nickname they make no whole name of it; behind a forename they are a surname."""
_PLACES = frozenset({
    "for", "until", "till", "after", "before", "when", "she", "he", "they", "front", "back", "side", "gate", "flat", "lives", "living", "who", "late",
})  # fmt: skip
_RELATIONS = _ANY_KIN | frozenset({
    "childminder", "minder", "foster", "step", "social", "key", "worker", "teacher", "tutor", "nurse", "support", "staff", "godmother", "godfather",
    "door", "guardian", "landlady", "landlord", "manager", "nursery", "au", "pair", "sitter", "babysitter", "family",
})  # fmt: skip
_IN_A_REMARK = _BESIDE_A_NAME | frozenset(
    {"at", "of", "from", "next", "door", "old", "older", "elder", "eldest", "over", "number", "only", "is", "a"}
)
_BEFORE_A_NUMBER = frozenset({"no", "flat", "house", "tel", "telephone", "phone", "mobile", "mob", "ring", "call"})
_OF_SOMEBODY = re.compile(r"(?:\w+\s+)?\w+(?:['’]s\b|(?<=s)['’](?!\w))|\bof\s+\w+(?:\s+\w+)?", re.IGNORECASE)
"""«Ruth Ash’s», «of Ruth»: by whom somebody else is known."""
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_NO_NAMES = (_RELATIONS | _IN_A_REMARK | _NOBODY_NEEDED | _AGAINST | _WHEN | _PLACES | _BEFORE_A_NUMBER) - {"may"}
"""Words that stand beside a name; May is one."""
_STREET = re.compile(
    r"\b\d+\w?\s+(?:\w+\s+){1,3}(?:road|rd|street|st|way|close|lane|avenue|ave|drive|court|crescent|place|terrace|gardens|grove|hill|square|row|walk)\b",
    re.IGNORECASE,
)
_LEAST_NAMES = 2  # of a person who is no contact: forename and surname, or a title and the surname
_LEAST_NUMBER = 7  # digits by which somebody can be rung


@dataclass(frozen=True, slots=True)
class WithheldWords:
    """Words that are not told, as they were typed, and whom they may mean; nobody where the order names no contact, or nobody knows who it is."""

    words: str
    barred: Contact | None
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class StrangerWords:
    """Words for somebody who is not among the contacts, as they were typed; ``is_said``: with name and relation."""

    words: str
    is_said: bool


@dataclass(frozen=True, slots=True)
class BarredPeople:
    """Those whom an order or restriction names, beside the other contacts of the pupil."""

    barred: Sequence[Contact]
    unbarred: Sequence[Contact]
    names_nobody: bool
    """Whether an order is in force of which nobody has entered whom it names."""

    @classmethod
    def among(cls, contacts: Collection[Contact], protections: Collection[Protection]) -> "BarredPeople":
        """Of a pupil's contacts, by the protections that count on the day."""
        barred_ids = {protection.contact_id for protection in protections if protection.kind == ORDER}
        return cls(
            [contact for contact in contacts if contact.id in barred_ids],
            [contact for contact in contacts if contact.id not in barred_ids],
            bool(barred_ids - {contact.id for contact in contacts}),
        )

    def meant_by(self, text: str, *, several: bool = True) -> Contact | None:
        """The first whom words may mean; ``several``: whether words that leave open who is meant count too."""
        for contact in self.barred:
            for part in _people(text):
                if _may_mean(part, contact, self) or (several and not _SEVERAL.isdisjoint(_words(part))):
                    return contact
        return None

    def named_in(self, part: str) -> Iterator[tuple[Contact, tuple[str, ...]]]:
        """Those of the others whom words name by forename and surname, or by a title that no barred person may have; with what is left of the words."""
        words = _words(part)
        for contact in self.unbarred:
            surname = _words(contact.surname)
            barred_titles = {_words(barred.title or "") for barred in self.barred if _words(barred.surname) == surname}
            before = [_words(contact.forename)] if contact.forename else []
            if contact.title and not {(), _words(contact.title)} & barred_titles:
                before.append(_words(contact.title))
            for first in before:
                for name in (first + surname, surname + first):
                    if (place := _place_of(name, words)) is not None:
                        yield contact, (*words[:place], *words[place + len(name) :])


def receivers_told(
    receivers: str | None, contacts: Collection[Contact], protections: Collection[Protection]
) -> tuple[list[str], list[WithheldWords]]:
    """The lines that may be told, as they were typed, and the words that may not. Of a line that may not, those stand alone whom it names as other contacts."""
    people = BarredPeople.among(contacts, protections)
    told_lines: list[str] = []
    withheld: list[WithheldWords] = []
    for line in filter(None, map(str.strip, (receivers or "").splitlines())):
        barred = people.meant_by(line)
        is_unknown = barred is None and bool(people.barred) and not all(stranger.is_said for stranger in _strangers_in(line, people))
        if barred is None and not people.names_nobody and not is_unknown:
            told_lines.append(line)
            continue
        withheld.append(WithheldWords(line, barred, is_unknown and not people.names_nobody))
        told_lines += [] if people.names_nobody else [part for part in _people(line) if _is_surely_another(part, people)]
    return told_lines, withheld


def barred_receivers(receivers: str | None, contacts: Collection[Contact], protections: Collection[Protection]) -> list[WithheldWords]:
    """The words among who may receive the pupil that may mean somebody whom an order or restriction names."""
    return receivers_told(receivers, contacts, protections)[1]


def strangers(receivers: str | None, contacts: Sequence[Contact]) -> list[StrangerWords]:
    """Those among who may receive the pupil who are not among the contacts; «may go in alone» is nobody."""
    people = BarredPeople((), contacts, names_nobody=False)
    return [stranger for line in (receivers or "").splitlines() for stranger in _strangers_in(line, people)]


def _strangers_in(line: str, people: BarredPeople) -> list[StrangerWords]:
    persons: list[str] = []
    is_stranger = is_known = False
    for part in _people(line):
        if set(_words(part)) <= _NOBODY_NEEDED or (is_known and _is_place(part)):
            continue
        if is_stranger and _is_remark(part):
            persons[-1] += f", {part}"
            continue
        is_known = _is_contact(part, people)
        is_stranger = not is_known and not _is_shut_out(part, people)
        persons += [part] if is_stranger else []
    return [StrangerWords(person, _is_said(person)) for person in persons]


def _is_shut_out(part: str, people: BarredPeople) -> bool:
    """Whether a part says who may not, and names nobody who may («nobody but Big Dave»). Where an order is in force, neither is told."""
    words = _words(part)
    if people.barred or not words or words[0] not in _SHUT_OUT:
        return False
    return (words[0] in _NOT and _AGAINST.isdisjoint(words[1:])) or not _other_names(part, people)


def _is_place(part: str) -> bool:
    """Whether a part of a line is where somebody lives, or a number: no words but what stand beside a name, before the first figure or beside a number to ring."""
    words = _words(part)
    first = next((index for index, word in enumerate(words) if word[0].isdigit()), None)
    if first is None:
        return False
    others = [word for word in words if not word[0].isdigit()] if has_number(part) else words[:first]
    return set(others) <= _NO_NAMES


def _is_remark(part: str) -> bool:
    """Whether a part of a line says something of the person before it: a relation, also to somebody («Ruth's sister»), or where somebody lives."""
    return _is_place(part) or set(_words(_OF_SOMEBODY.sub(" ", part))) <= _RELATIONS | _IN_A_REMARK


def _is_contact(person: str, people: BarredPeople) -> bool:
    """Whether words are of a contact and of nobody besides: not «Ruth's lodger», and not «Ruth with Big Dave»."""
    forenames = {words[0] for contact in people.unbarred if (words := _words(contact.forename or "")) and len(words[0]) > 1}
    is_by_forename = not forenames.isdisjoint(_words(person)) and not _other_names(person, people)
    return _is_surely_another(person, people) or is_by_forename


def _other_names(part: str, people: BarredPeople) -> list[str]:
    """The words of a part that may name somebody else than the contacts who are not barred: those written large, or each where none is or an order is in force; and whose somebody is."""
    own_words = {
        word for contact in people.unbarred for name in (contact.title, contact.forename, contact.surname) for word in _words(name or "")
    }
    owners = [words for words in _OF_SOMEBODY.findall(part) if people.barred or not own_words.isdisjoint(_words(words))]
    named_part = _STREET.sub(" ", part)
    typed_words = re.findall(r"\w+", _POSSESSIVE.sub("", named_part))
    is_any = bool(people.barred) or named_part == named_part.lower()
    return owners + [
        word for word in typed_words if not word[0].isdigit() and (is_any or word[0].isupper()) and fold(word) not in _NO_NAMES | own_words
    ]


def _is_said(person: str) -> bool:
    """Whether a person who is no contact is said with a name of two words, a title among them, and what he or she is to the pupil."""
    words = [word for word in _words(_OF_SOMEBODY.sub(" ", person)) if not word[0].isdigit()]
    titles = [word for word in words if word in _TITLES]
    names = [word for word in words if word not in _NO_NAMES]
    names = names[1:] if names and names[0] in _EPITHETS else names
    is_named = bool(names) and len(names) + len(titles) >= _LEAST_NAMES
    return is_named and not _RELATIONS.isdisjoint(words) and _SEVERAL.isdisjoint(set(words) - _RELATIONS)


def has_number(text: str) -> bool:
    """Whether a telephone number stands in words."""
    return any(len(re.sub(r"\D", "", run)) >= _LEAST_NUMBER for run in re.findall(r"\+?\d[\d ().-]*", text))


def _is_surely_another(part: str, people: BarredPeople) -> bool:
    """Whether a part of a line names other contacts and nobody else, or is no more than what the family calls one («Mum»)."""
    words = frozenset(_words(part))
    if people.meant_by(part) is not None or not _AGAINST.isdisjoint(words):
        return False
    kin = [_KIN.get(person.relationship, frozenset()) for person in people.unbarred]
    is_called = any(not kin_words.isdisjoint(words) and words <= kin_words | _BESIDE_A_NAME | _WHEN for kin_words in kin)
    return is_called or (any(True for _person in people.named_in(part)) and not _other_names(part, people))


def _may_mean(part: str, contact: Contact, people: BarredPeople) -> bool:
    kin = _kin_of(contact, people.unbarred)
    remains = _words(part)
    for named_contact, other_words in people.named_in(part):
        if _name_of(named_contact) != _name_of(contact):
            is_apposition = set(other_words) <= _KIN.get(named_contact.relationship, frozenset()) | _BESIDE_A_NAME
            remains = () if is_apposition else other_words
            break
    own_words = {*_words(contact.forename or ""), *_words(contact.surname)} | kin
    initials = {name[0] for name in (fold(contact.forename or ""), fold(contact.surname)) if name}
    initials_together = "".join(fold(name or "")[:1] for name in (contact.forename, contact.surname))
    has_initials = len(initials_together) > 1 and (initials <= set(remains) or initials_together in remains)
    return not own_words.isdisjoint(remains) or has_initials or _has_number_of(part, contact)


def _kin_of(contact: Contact, unbarred: Sequence[Contact]) -> frozenset[str]:
    if contact.relationship in _KIN:
        return _KIN[contact.relationship]
    return _ANY_KIN.difference(*(_KIN.get(person.relationship, frozenset()) for person in unbarred))


def _has_number_of(text: str, contact: Contact) -> bool:
    digits = re.sub(r"\D", "", text)
    numbers = (re.sub(r"\D", "", number or "")[-_LEAST_NUMBER:] for number in (contact.phone, contact.mobile))
    return any(len(number) == _LEAST_NUMBER and number in digits for number in numbers)


def _name_of(contact: Contact) -> tuple[str, str]:
    return fold(contact.forename or ""), fold(contact.surname)


def _people(line: str) -> list[str]:
    return [part.strip() for part in _BETWEEN_PEOPLE.split(line) if part.strip()]


def _place_of(name: tuple[str, ...], words: tuple[str, ...]) -> int | None:
    size = len(name)
    return next((start for start in range(len(words) - size + 1) if words[start : start + size] == name), None)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", _POSSESSIVE.sub("", fold(text))))
