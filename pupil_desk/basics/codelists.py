"""Code lists as data: ``resources/codes/*.toml``, every code with the days it is valid on.

A code is never deleted: one that is retired gets ``until``, so that what was recorded with it still reads.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.text import fold

_BOTH = re.compile(r"(\w{1,8})\s+[-–—:]\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a list. ``alike`` are other wordings that mean it; ``is_hidden`` keeps it out of pick lists, not out of files.

    ``is_on_site`` is of an attendance code: the pupil is on our site in that session. ``law`` names the provision it rests on, ``sure`` how sure we are of it where that is not what the list says, ``note`` is advice.
    """

    code: str
    label: str
    since: date | None = None
    until: date | None = None
    alike: tuple[str, ...] = ()
    is_hidden: bool = False
    category: str = ""
    is_on_site: bool = False
    law: str = ""
    sure: str = ""
    note: str = ""

    def valid_on(self, day: date) -> bool:
        """Whether it may be newly recorded on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class CodeList:
    """A list of codes, with where it comes from and how sure we are of it. ``words_for_none`` are words that other programs write for no code of it.

    ``for_unknown`` is the code that stands for any word which is not in it; «» where there is none. ``is_private``: its codes are the program's own
    names, which no office knows and nobody is shown.
    """

    name: str
    label: str
    source: str
    sure: str
    codes: Mapping[str, Code]
    words_for_none: tuple[str, ...] = ()
    for_unknown: str = ""
    is_private: bool = False

    def get(self, code: str) -> Code | None:
        """The code's entry, retired or not."""
        return self.codes.get(code)

    def label_of(self, code: str | None) -> str:
        """The words for a code; the code itself where the list no longer has it."""
        if code is None:
            return ""
        entry = self.codes.get(code)
        return entry.label if entry else code

    def short_label_of(self, code: str | None) -> str:
        """Its first other wording, which is shorter, or the words where there is none. The letters that stand for a code are none of its words."""
        entry = self.codes.get(code) if code is not None else None
        return next((words for words in entry.alike if len(words) > 1), entry.label) if entry else self.label_of(code)

    def shown(self, code: Code) -> str:
        """«White - British (WBRI)», as an office knows a code; the words alone where the code says no more than they do, or is the program's own."""
        says_no_more = self.is_private or code.code.islower() or code.code == code.label or code.code in code.label.split()
        return code.label if says_no_more else f"{code.label} ({code.code})"

    def match(self, text: str) -> Code | None:
        """The entry that a text means, by its code, by its label, or by both with a dash between, whatever the case and accents."""
        return self.codes.get(text.strip().upper()) or self._by_words.get(fold(text)) or self._by_both(text)

    def _by_both(self, text: str) -> Code | None:
        """«K - SEN support», as school systems print a code with its words; None where the words are those of another code."""
        parts = _BOTH.fullmatch(text.strip())
        entry = self.codes.get(parts[1].upper()) if parts else None
        return entry if parts and self._by_words.get(fold(parts[2]), entry) is entry else None

    def says_nothing(self, text: str) -> bool:
        """Whether a text stands where a code would and tells none."""
        return fold(text) in self._folded_for_none

    def choices(self, day: date) -> list[Code]:
        """What a pick list offers on a day."""
        return [code for code in self.codes.values() if code.valid_on(day) and not code.is_hidden]

    @cached_property
    def _folded_for_none(self) -> frozenset[str]:
        return frozenset(map(fold, self.words_for_none))

    @cached_property
    def _by_words(self) -> dict[str, Code]:
        words: dict[str, Code] = {}
        for code in self.codes.values():
            for text in (code.code, code.label, *code.alike):
                words.setdefault(fold(text), code)
        return words


@by_rules
def codelist(name: str) -> CodeList:
    """The list of that name. Raises FileNotFoundError for one that does not exist, which is a bug."""
    data = rule_data("codes", f"{name}.toml")
    codes = {
        code: Code(
            code=code,
            label=facts["label"],
            since=facts.get("since"),
            until=facts.get("until"),
            is_hidden=facts.get("hidden", False),
            alike=tuple(facts.get("alike", ())),
            category=facts.get("category", ""),
            law=facts.get("law", ""),
            sure=facts.get("sure", ""),
            note=facts.get("note", ""),
            is_on_site=facts.get("here", False),
        )
        for code, facts in data["codes"].items()
    }
    return CodeList(
        name=name,
        label=data["label"],
        source=data["source"],
        sure=data["sure"],
        codes=codes,
        words_for_none=tuple(data.get("nothing", ())),
        for_unknown=data.get("unknown", ""),
        is_private=data.get("private", False),
    )
