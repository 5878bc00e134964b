"""News put together."""

from pupil_desk.domain.changes import Changed


def test_two_changes_together_concern_whom_each_does_and_anybody_where_one_may() -> None:
    note, mark = Changed.of("note", ids=("ann",)), Changed.of("mark", ids=("ben",))
    assert note | mark == Changed.of("note", "mark", ids=("ann", "ben"))
    assert note | Changed.of() == Changed.of() | note == note
    assert note | Changed.of("route") == Changed.of("note", "route")
