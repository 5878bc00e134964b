"""The tasks of the office, the assistant head and the data officer take no more acts than is written, and fewer than before.

A few quick ones run in the suite; all of them by ``dev.py torture`` and ``python -m tests.tasks``.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tasks.counts import AFTER, BEFORE, Count, kept, measure, table
from tests.tasks.kinds import TASKS
from tests.tasks.office import mark_a_class_by_mouse

_QUICK = (2, 13)
_CLASS, _MOST_OF_A_CLASS = 2, 6


def _is_done(number: int, folder: Path) -> None:
    count, most = measure(TASKS[number], folder), kept(AFTER)[number]
    assert count.actions <= most.actions, TASKS[number].name
    assert count.scrolls <= most.scrolls, TASKS[number].name


@pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")
@pytest.mark.parametrize("number", _QUICK)
def test_a_quick_task_takes_no_more_acts_than_written(number: int, tmp_path: Path) -> None:
    _is_done(number, tmp_path)


@pytest.mark.torture
@pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")
@pytest.mark.parametrize("number", sorted(set(TASKS) - set(_QUICK)))
def test_a_task_takes_no_more_acts_than_written(number: int, tmp_path: Path) -> None:
    _is_done(number, tmp_path)


@pytest.mark.torture
@pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")
def test_a_class_is_marked_by_the_mouse_alone_in_as_many_acts(tmp_path: Path) -> None:
    by_mouse = replace(TASKS[_CLASS], do=mark_a_class_by_mouse)
    assert measure(by_mouse, tmp_path) == Count(_MOST_OF_A_CLASS, 0)


def test_a_class_of_twelve_with_two_absent_takes_no_more_than_was_asked_for() -> None:
    assert kept(AFTER)[_CLASS].actions <= _MOST_OF_A_CLASS


def test_each_task_is_counted_before_and_after_and_none_takes_more_than_it_did() -> None:
    before, after = kept(BEFORE), kept(AFTER)
    assert sorted(before) == sorted(after) == sorted(TASKS) == list(range(1, 22))
    assert [TASKS[number].name for number in TASKS if after[number].actions > before[number].actions] == []
    assert [TASKS[number].name for number in TASKS if after[number].scrolls] == []
    assert sum(count.actions for count in after.values()) <= 0.7 * sum(count.actions for count in before.values())


def test_the_table_says_the_sum_and_how_many_fewer() -> None:
    lines = list(table({1: Count(20, 3), 2: Count(20, 0), 3: Count(9, 0)}, {1: Count(10, 0), 2: Count(20, 0)}))
    assert lines[1].split()[-5:] == ["20", "10", "3", "->", "0"]
    assert lines[-1].split() == ["all", "40", "30", "25%", "fewer"]
