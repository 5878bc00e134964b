"""Things put together by what they share."""

from collections import defaultdict
from collections.abc import Iterable


def grouped[K, V](pairs: Iterable[tuple[K, V]]) -> defaultdict[K, list[V]]:
    """The values of each key, in the order of the pairs; of a key that none has, an empty list."""
    values_by_key: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        values_by_key[key].append(value)
    return values_by_key
