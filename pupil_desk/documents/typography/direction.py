"""Which way text runs: the levels of its characters and their order on a line, by the Unicode Bidirectional Algorithm (UAX #9).

Level 0 runs from the left, 1 from the right, 2 from the left within what runs from the right, and so on. The resolving is
python-bidi's, in the part of it that tells the levels; embeddings in the text itself are not read, since ``fonts.visible`` leaves
their marks out: a name must not turn its neighbours round. A run that is apart stands in the sentence as one neutral thing, as an
isolate of UAX #9 does, and is resolved by itself.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# Hebrew, Arabic and their neighbours, and the blocks that Unicode keeps for more scripts of their kind.
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")

APART = "\ufffc"
"""What stands in a sentence for a run that is apart."""


def runs_left(text: str) -> bool:
    """Whether the text has a character of a script that is written from right to left."""
    return not text.isascii() and _RTL.search(text) is not None


def first_strong(text: str) -> int:
    """1 if the first character that has a direction runs from the right, else 0 (rules P2 and P3)."""
    from bidi.algorithm import get_base_level

    return int(get_base_level(text))


@lru_cache(maxsize=5_000)
def levels(text: str, base: int) -> tuple[int, ...]:
    """The level of each character in a paragraph whose own level is ``base``, 0 or 1 (rules X1 to I2)."""
    from bidi import algorithm

    # What joins or parts letters has no direction and is dropped by rule X9; it goes with what it follows.
    directed = [index for index, character in enumerate(text) if unicodedata.bidirectional(character) not in ("BN", "")]
    storage = algorithm.get_empty_storage()
    storage.update(base_level=base, base_dir="R" if base else "L")
    algorithm.get_embedding_levels("".join(text[index] for index in directed), storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    level_of_index = dict(zip(directed, (character["level"] for character in storage["chars"]), strict=True))
    resolved: list[int] = []
    for position in range(len(text)):
        resolved.append(level_of_index.get(position, resolved[-1] if resolved else base))
    return tuple(resolved)


def visual_order(part_levels: Sequence[int]) -> list[int]:
    """The places of a line's parts as they stand from left to right, given the level of each (rule L2)."""
    order = list(range(len(part_levels)))
    odd = [level for level in part_levels if level % 2]
    for level in range(max(part_levels, default=0), min(odd, default=1) - 1, -1):
        start = 0
        while start < len(order):
            if part_levels[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and part_levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return order


def mirrored(character: str) -> str:
    """The character as it is drawn where text runs from the right: «(» as «)» (rule L4)."""
    from bidi.mirror import MIRRORED

    return str(MIRRORED.get(character, character))
