"""What a task is: its number, what a person would say is done, who does it, and the function that does it on the real window."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.tasks.hands import Hands
from tests.tasks.unit import WHOLE

Doing = Callable[[Hands], None]


@dataclass(frozen=True, slots=True)
class Task:
    """One task. ``user`` is who does it, empty on a PC with no unit yet; ``pupils`` how many are made for the unit."""

    number: int
    name: str
    user: str
    do: Doing
    pupils: int


TASKS: dict[int, Task] = {}


def task(number: int, name: str, user: str, *, pupils: int = WHOLE) -> Callable[[Doing], Doing]:
    """Enter a function among the tasks."""

    def enter(do: Doing) -> Doing:
        assert number not in TASKS, number
        TASKS[number] = Task(number, name, user, do, pupils)
        return do

    return enter
