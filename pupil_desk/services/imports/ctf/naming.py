"""The name that a transfer file must have: sender, CTF, destination and a number of three digits (domain reference, 2.3)."""

import re

_NAME = r"\d{3}(?:\d{4}|LLLL)_CTF_(?:\d{7}|\d{3}LLLL|X{7}|M{7})_\d{3}"
_WHOLE = re.compile(_NAME + r"\.xml", re.IGNORECASE | re.ASCII)
_WITHIN = re.compile(_NAME, re.IGNORECASE | re.ASCII)
EXAMPLE = "9194003_CTF_9191100_001.xml"


def right_name(name: str) -> bool:
    """Whether a file is named as a transfer file is; capitals make no difference."""
    return _WHOLE.fullmatch(name) is not None


def meant_name(name: str) -> str | None:
    """The name that a browser or a person changed, such as by «(1)»; None where none can be told from it."""
    found = _WITHIN.search(name)
    return f"{found[0].upper()}.xml" if found else None


def named_as_ctf(name: str) -> bool:
    """Whether a name says that a file is a transfer file, whatever is in it."""
    return name.lower().endswith(".xml") or "_CTF_" in name.upper()
