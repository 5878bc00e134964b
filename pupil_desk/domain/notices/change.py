"""What has changed between two editions of the notice: each changed promise in a plain sentence, and whether it must be told again.

Where nothing is found here, two editions say the same, word for word as printed. Which kinds of change are told again is
data (the code list «notice_change»), with how sure we are of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.notices.edition import EditionContent, EditionItem, EditionRecipient, Filled

_NAME = re.compile(r"\{([a-z0-9_]+)\}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


class ChangeGravity(Enum):
    """Whether a change waits for the next edition that is given, or those who have the older one are given the newer."""

    MINOR = "minor"
    REISSUE = "reissue"


@dataclass(frozen=True, slots=True)
class NoticeChange:
    """One changed promise: its kind, what it is about (labels, or the heading of a part), the sentence, and the words before and after."""

    kind: str
    about: tuple[str, ...]
    words: str
    before: str = ""
    after: str = ""

    @property
    def gravity(self) -> ChangeGravity:
        """By its kind; one that the list does not name is told again."""
        code = codelist("notice_change").get(self.kind)
        return ChangeGravity.MINOR if code is not None and code.category == ChangeGravity.MINOR.value else ChangeGravity.REISSUE

    @property
    def is_wording(self) -> bool:
        """Whether only the words of a part changed, of which a person may say that they promise the same."""
        return self.kind == "wording"


def gravest(changes: Iterable[NoticeChange], *, wording_minor: bool = False) -> ChangeGravity | None:
    """The gravest of several; None where there is none. ``wording_minor``: somebody said that other words promise the same."""
    gravities = [ChangeGravity.MINOR if wording_minor and change.is_wording else change.gravity for change in changes]
    return (ChangeGravity.REISSUE if ChangeGravity.REISSUE in gravities else ChangeGravity.MINOR) if gravities else None


def differences(old: EditionContent, new: EditionContent, details: Mapping[str, str]) -> tuple[NoticeChange, ...]:
    """Each promise that changed from one edition to the other. ``details`` names what fills the words, by name: «Head of the unit»."""
    changes = [
        *_items(old.items, new.items),
        *_recipients(old, new),
        *_details(old, new, details),
        *_wording(old.front, new.front, _("The top of the notice")),
        *_wording(old.more, new.more, _("Read more")),
    ]
    if _out_of_order(old, new):
        changes.append(NoticeChange("order", (), _("The same is said in another order.")))
    return tuple(changes)


# -- what is held


def _items(old: Mapping[str, EditionItem], new: Mapping[str, EditionItem]) -> Iterator[NoticeChange]:
    yield from _together(
        "item-added", ((new[path].label, ("", _facts(new[path]))) for path in new if path not in old), _("We now also keep {what}: {new}.")
    )
    removed = [old[path].label for path in old if path not in new]
    if removed:
        yield NoticeChange("item-removed", tuple(removed), _("We no longer keep {what}.").format(what=_quoted_labels(removed)))
    pairs = [(old[path], new[path]) for path in old if path in new]
    for before, after in pairs:
        if before.label != after.label:
            words = _("What was called {old} is now called {new}.").format(
                old=_quoted_labels([before.label]), new=_quoted_labels([after.label])
            )
            yield NoticeChange("item-renamed", (before.label, after.label), words, before.label, after.label)
    for kind, attribute, words in _ITEM_FACTS:
        changed = (
            (after.label, (getattr(before, attribute), getattr(after, attribute)))
            for before, after in pairs
            if getattr(before, attribute) != getattr(after, attribute)
        )
        yield from _together(kind, changed, words)


_ITEM_FACTS = (
    ("item-moved", "category", _("{what}: it stands under “{new}”, and no longer under “{old}”.")),
    ("item-purpose", "purpose", _("{what}: we use it {new}, and no longer {old}.")),
    ("item-basis", "basis", _("{what}: the lawful basis is {new}, and no longer {old}.")),
    ("item-special", "special", _("{what}: the condition for keeping what the law protects specially is {new}, and no longer {old}.")),
    ("item-kept", "kept", _("{what}: we keep it {new}, and no longer {old}.")),
)


def _facts(item: EditionItem) -> str:
    return _("{purpose}; {basis}; kept {kept}").format(purpose=item.purpose, basis=item.basis, kept=item.kept)


def _together(kind: str, changed: Iterable[tuple[str, tuple[str, str]]], words: str) -> Iterator[NoticeChange]:
    """One sentence for all to which the same happened: ``words`` with {what}, {old} and {new}."""
    groups = grouped((pair, label) for label, pair in changed)
    for (was, now), labels in groups.items():
        sentence = words.format(what=_quoted_labels(labels), old=was or _("nothing"), new=now or _("nothing"))
        yield NoticeChange(kind, tuple(labels), sentence, was, now)


def _quoted_labels(labels: Sequence[str]) -> str:
    return join_words([f"“{label}”" for label in labels])


# -- who is told


def _recipients(old: EditionContent, new: EditionContent) -> Iterator[NoticeChange]:
    for name, recipient in new.recipients.items():
        if name not in old.recipients:
            labels = _labels(new, recipient.full)
            words = _("{who} may now be told of pupils: {what}. On what law: {law}").format(
                who=recipient.heading, what=_quoted_labels(labels), law=recipient.law
            )
            yield NoticeChange("recipient-added", (recipient.heading, *labels), words, "", recipient.law)
    for name, was in old.recipients.items():
        now = new.recipients.get(name)
        if now is None:
            yield NoticeChange("recipient-removed", (was.heading,), _("{who} is no longer told anything.").format(who=was.heading))
        else:
            yield from _recipient(old, new, was, now)


def _recipient(old: EditionContent, new: EditionContent, was: EditionRecipient, now: EditionRecipient) -> Iterator[NoticeChange]:
    if was.heading != now.heading:
        words = _("Whom we call {new} was called {old}.").format(old=_quoted_labels([was.heading]), new=_quoted_labels([now.heading]))
        yield NoticeChange("recipient-renamed", (was.heading, now.heading), words, was.heading, now.heading)
    if was.law != now.law:
        words = _("{who}: the law is now {new}; before, it was {old}.").format(who=now.heading, new=now.law, old=was.law)
        yield NoticeChange("recipient-law", (now.heading,), words, was.law, now.law)
    if was.names != now.names:
        words = _("{who}: with us these are now {new}; before, {old}.")
        new_names, old_names = join_words(list(now.names)) or _("nobody"), join_words(list(was.names)) or _("nobody")
        yield NoticeChange(
            "recipient-names", (now.heading,), words.format(who=now.heading, new=new_names, old=old_names), old_names, new_names
        )
    if was.covers != now.covers:
        words = _("{who}: of whom or what it is told is now: {new} Before, it was: {old}")
        yield NoticeChange(
            "recipient-covers",
            (now.heading,),
            words.format(who=now.heading, new=now.covers or _("nothing said."), old=was.covers or _("nothing said.")),
            was.covers,
            now.covers,
        )
    item_changes = (
        ("recipient-more", _labels(new, [path for path in now.full if path not in was.full]), _("{who} may now be told more: {what}.")),
        ("recipient-less", _labels(old, [path for path in was.full if path not in now.full]), _("{who} is no longer told {what}.")),
        (
            "recipient-must-more",
            _labels(new, [path for path in now.minimum if path not in was.minimum]),
            _("{who} is now told this even where a family limits sharing: {what}."),
        ),
        (
            "recipient-must-less",
            _labels(old, [path for path in was.minimum if path not in now.minimum]),
            _("{who} is no longer told this where a family limits sharing: {what}."),
        ),
    )
    for kind, labels, words in item_changes:
        if labels:
            yield NoticeChange(kind, (now.heading, *labels), words.format(who=now.heading, what=_quoted_labels(labels)))


def _labels(edition: EditionContent, paths: Iterable[str]) -> list[str]:
    return [edition.items[path].label if path in edition.items else path for path in paths]


# -- details of the unit

_CONTROLLER = frozenset({"controller", "controller_name", "unit"})
_RIGHTS = frozenset(
    {
        "choices_contact",
        "copy_contact",
        "dpo",
        "youth_service",
        "youth_minimum",
        "youth_minimum_own",
        "authority",
        "categories",
        "purposes",
        "kept_table",
        "kept_pupil",
        "kept_pupil_own",
        "kept_register",
        "tables_contact",
    }
)


def names_in(text: str) -> frozenset[str]:
    """The names in braces that a text leaves to be filled."""
    return frozenset(_NAME.findall(text))


def _details(old: EditionContent, new: EditionContent, details: Mapping[str, str]) -> Iterator[NoticeChange]:
    names = names_in(old.front + old.more) & names_in(new.front + new.more)
    for name in sorted(names, key=lambda name: list(new.filling).index(name) if name in new.filling else len(new.filling)):
        before, after = _value_words(old.filling.get(name, "")), _value_words(new.filling.get(name, ""))
        if before != after:
            kind = "detail-controller" if name in _CONTROLLER else "detail-right" if name in _RIGHTS else "detail"
            label = details.get(name, name)
            words = _("{what} is now “{new}”; before, it was “{old}”.").format(what=label, new=after, old=before)
            yield NoticeChange(kind, (label,), words, before, after)


def _value_words(value: Filled) -> str:
    if isinstance(value, str):
        return value
    return join_words([row if isinstance(row, str) else ": ".join(row) for row in value])


# -- the words


def parts_of(text: str, top: str) -> dict[str, str]:
    """A text by its headings, and by the bold words with which paragraphs begin; ``top`` names what stands before the first.

    What has the same name as an earlier part is told apart by a number.
    """
    sections: dict[str, list[str]] = {}
    key = top
    for block in filter(None, re.split(r"\n\s*\n", text.strip())):
        bold = re.match(r"\*\*([^*]+)\*\*", block)
        if block.startswith("#"):
            key = _free(block.lstrip("#").strip(), sections)
        place = key
        if bold:
            begins = bold[1].strip(" .:,")
            place = _free(begins if key == top else f"{key}: {begins}", sections)
        sections.setdefault(place, []).append(block)
    return {key: "\n\n".join(blocks) for key, blocks in sections.items()}


def _free(heading: str, used_headings: Mapping[str, object]) -> str:
    number, key = 2, heading
    while key in used_headings:
        key, number = f"{heading} ({number})", number + 1
    return key


def _wording(old: str, new: str, top: str) -> Iterator[NoticeChange]:
    before, after = parts_of(old, top), parts_of(new, top)
    for heading, text in after.items():
        if heading not in before:
            yield NoticeChange("section-added", (heading,), _("There is a new part, “{part}”.").format(part=heading), "", text)
    for heading, was in before.items():
        if heading not in after:
            yield NoticeChange("section-removed", (heading,), _("The part “{part}” is gone.").format(part=heading), was, "")
        elif was != (now := after[heading]):
            same_letters = _letters(was) == _letters(now)
            words = _("“{part}”: only spelling, spaces or punctuation has changed.") if same_letters else _("“{part}” reads differently.")
            yield NoticeChange("spelling" if same_letters else "wording", (heading,), words.format(part=heading), *_sentences(was, now))


_POINTS = r"[\s.,;:!?'\"“”()*–—-]+"
_TRIFLES = re.compile(rf"(?<!\d){_POINTS}|{_POINTS}(?!\d)")  # between two figures nothing is a trifle: 1.5 is not 15


def _letters(text: str) -> str:
    """What is left of a text without its case, accents, spaces and punctuation."""
    return _TRIFLES.sub("", fold(text))


def _sentences(was: str, now: str) -> tuple[str, str]:
    """The sentences that only one of two texts has."""
    before, after = _SENTENCE.split(was), _SENTENCE.split(now)
    return " ".join(part for part in before if part not in after), " ".join(part for part in after if part not in before)


# -- the order


def _out_of_order(old: EditionContent, new: EditionContent) -> bool:
    """Whether what both say stands in another order."""
    pairs: list[tuple[Iterable[str], Iterable[str]]] = [
        (old.items, new.items),
        (old.recipients, new.recipients),
        (parts_of(old.front, ""), parts_of(new.front, "")),
        (parts_of(old.more, ""), parts_of(new.more, "")),
        *((was.full, now.full) for name, was in old.recipients.items() if (now := new.recipients.get(name))),
        *((was.minimum, now.minimum) for name, was in old.recipients.items() if (now := new.recipients.get(name))),
    ]
    return any(_common(before, after) != _common(after, before) for before, after in pairs)


def _common(first: Iterable[str], second: Iterable[str]) -> list[str]:
    second_keys = set(second)
    return [key for key in first if key in second_keys]
