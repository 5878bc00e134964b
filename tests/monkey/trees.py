"""Where a module is in the tree that is looked at: an earlier one keeps some elsewhere."""

import importlib
from typing import Any


def either(*names: str) -> Any:
    """The first of these modules that there is."""
    for name in names[:-1]:
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError:
            continue
    return importlib.import_module(names[-1])
