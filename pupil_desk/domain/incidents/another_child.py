"""Whether a text speaks of another child without a name: by its words alone, which find too much rather than too little."""

import re

_ANOTHER = re.compile(
    r"\b(?:(?:an)?others?(?!\s+(?:ways?|means|than)\b)|both|they|them|their|theirs|themselves|pupils|children|students|boys|girls|peers?|friends?|classmates?"
    r"|(?:an?|one|two|three|some|each|every|younger|older|smaller|second|third)\s+(?:child|pupil|student|boy|girl|person)"
    r"|some(?:one|body)|any(?:one|body)|every(?:one|body))\b",
    re.IGNORECASE,
)
_MAY_BE_ANOTHER = re.compile(r"\b(?:the\s+(?:child|pupil|student|boy|girl)|s?he|him|his|hers?|himself|herself)\b", re.IGNORECASE)
_FORCE = re.compile(
    r"\b(?:held|hold(?:s|ing)?|restrain\w*|restrict\w*|force\w*|grip\w*|grab\w*|carr(?:y|ied|ying)|guided|escorted|pinned|pulled|pushed|blocked|arms?|wrists?"
    r"|physical\w*|team[- ]teach|seclu\w*|search\w*|kept\s+apart|locked|hands?)\b",
    re.IGNORECASE,
)


def speaks_of_another(text: str) -> bool:
    """Whether what is told of one pupil has words for another child, such as «the other pupil», «they»."""
    return _ANOTHER.search(text) is not None


def may_speak_of_another(text: str) -> bool:
    """Whether what is told of several pupils at once has those words, or such as may mean any of them: «the pupil», «he»."""
    return speaks_of_another(text) or _MAY_BE_ANOTHER.search(text) is not None


def tells_of_force(text: str) -> bool:
    """Whether a text may tell that somebody was held, kept apart or searched."""
    return _FORCE.search(text) is not None
