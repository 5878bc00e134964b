"""Small numbers: what is hidden, and that nobody who knows the rest can work it out."""

from hypothesis import example, given
from hypothesis import strategies as st

from pupil_desk.domain.figures.small_numbers import HiddenNumbers, Numbers, hide, is_small


def test_none_is_no_small_number() -> None:
    assert [number for number in range(8) if is_small(number, 5)] == [1, 2, 3, 4]


def test_a_small_number_is_hidden_and_the_next_smallest_with_it() -> None:
    assert hide([Numbers([3, 20, 8, 11], 42)], 5) == HiddenNumbers(frozenset({0, 2}))


def test_none_is_shown_and_is_not_taken_to_hide_another() -> None:
    assert hide([Numbers([3, 0, 20, 8], 31)], 5) == HiddenNumbers(frozenset({0, 3}))


def test_two_small_ones_that_are_few_together_take_a_third() -> None:
    assert hide([Numbers([1, 2, 20, 8], 31)], 5).rows == {0, 1, 3}
    assert hide([Numbers([4, 4, 20, 8], 36)], 5).rows == {0, 1}


def test_without_a_whole_only_what_is_small_is_hidden() -> None:
    assert hide([Numbers([3, 20, 8])], 5) == HiddenNumbers(frozenset({0}))


def test_where_one_row_holds_everybody_the_whole_goes_too() -> None:
    assert hide([Numbers([7, 0], 7)], 5, too={0}) == HiddenNumbers(frozenset({0}), whole=True)
    assert hide([Numbers([3, 0], 3)], 5) == HiddenNumbers(frozenset({0}), whole=True)


def test_a_whole_that_is_small_is_hidden_however_its_rows_are() -> None:
    assert hide([Numbers([2, 1, 0], 3)], 5) == HiddenNumbers(frozenset({0, 1}), whole=True)


def test_few_who_are_left_are_a_small_number_too() -> None:
    """Of 9 pupils 7 are absent: the two who are not could be told."""
    found = hide([Numbers([7, 6, 12], 25, most=[9, 20, 30], most_whole=59)], 5)
    assert 0 in found.rows
    assert len(found.rows) == 2


def test_rows_that_do_not_add_up_hide_two_all_the_same() -> None:
    assert hide([Numbers([3, 20, 8], 22, adds_up=False)], 5).rows == {0, 2}


def test_what_is_hidden_together_is_chosen_for_all_columns() -> None:
    found = hide([Numbers([9, 12, 30], 51), Numbers([2, 9, 20], 31)], 5)
    assert found == HiddenNumbers(frozenset({0, 1}))


def test_none_in_all_is_shown_though_few_are_left() -> None:
    """Found by a drawn example: the whole of rows that all show none gives nothing away, and hiding it hid nothing."""
    assert hide([Numbers([0], 0, most=[1], most_whole=1)], 3) == HiddenNumbers()


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[int], list[int] | None, int]:
    rows = draw(st.lists(st.integers(0, 25), min_size=1, max_size=7))
    limit = draw(st.integers(3, 8))
    known = draw(st.booleans())
    most = [number + draw(st.integers(0, 12)) for number in rows] if known else None
    return rows, most, limit


@example(drawn=([0], [1], 3))
@given(tables())
def test_no_hidden_number_can_be_worked_out_from_what_is_printed(drawn: tuple[list[int], list[int] | None, int]) -> None:
    rows, most, limit = drawn
    found = hide([Numbers(rows, sum(rows), most, sum(most) if most else None)], limit)
    assert all(at in found.rows for at, number in enumerate(rows) if is_small(number, limit))
    if most:
        assert all(at in found.rows for at, number in enumerate(rows) if number and is_small(most[at] - number, limit))
    assert not any(rows[at] == 0 for at in found.rows)
    if found.whole:
        assert found.rows
        return
    assert all(len(could_be(at, rows, most, found.rows)) > 1 for at in found.rows)
    together = sum(rows[at] for at in found.rows)
    assert not is_small(together, limit), "the hidden rows together are the whole less what is shown"


def could_be(at: int, rows: list[int], most: list[int] | None, hidden: frozenset[int]) -> range:
    """Every number that a hidden row could hold, for one who knows the whole, the other rows, and that none is never hidden."""
    together = sum(rows) - sum(number for place, number in enumerate(rows) if place not in hidden)
    others = hidden - {at}
    least = 1 if most is None else max(1, together - sum(most[other] for other in others))
    greatest = together - len(others) if most is None else min(most[at], together - len(others))
    return range(least, greatest + 1)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6)), min_size=1, max_size=6), st.integers(3, 7))
def test_nor_from_two_columns_that_are_hidden_together(pairs: list[tuple[int, int]], limit: int) -> None:
    columns = [[pair[place] for pair in pairs] for place in (0, 1)]
    found = hide([Numbers(column, sum(column)) for column in columns], limit)
    for column in columns:
        assert all(at in found.rows for at, number in enumerate(column) if is_small(number, limit))
        together = sum(column[at] for at in found.rows)
        if not found.whole and together:
            assert len(found.rows) > 1
            assert together >= limit
