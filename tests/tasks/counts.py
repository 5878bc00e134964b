"""How many acts each task takes: measured on the real window, kept in two files, and told as a table."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.screen import ROOT
from tests.tasks import assistant_head, data_officer, office  # noqa: F401  # each enters its tasks
from tests.tasks.kinds import TASKS, Task
from tests.tasks.unit import at_work

_HERE = Path(__file__).parent
BEFORE, AFTER = _HERE / "before.toml", _HERE / "after.toml"
SHOTS = ROOT / "artefacts" / "tasks"


@dataclass(frozen=True, slots=True)
class Count:
    """What a task takes: all acts, and those of the wheel among them."""

    actions: int
    scrolls: int


def measure(task: Task, folder: Path) -> Count:
    """Do the task in a folder of its own, and count."""
    with at_work(folder, task.user, shots=SHOTS / str(task.number), number=task.pupils) as hands:
        task.do(hands)
        return Count(hands.actions, hands.scrolls)


def kept(path: Path) -> dict[int, Count]:
    """The counts in a file."""
    return {int(number): Count(**count) for number, count in tomllib.loads(path.read_text(encoding="utf-8"))["tasks"].items()}


def keep(path: Path, counts: Mapping[int, Count], commit: str) -> None:
    """Write a file of counts, the tasks' names beside them."""
    lines = [f'commit = "{commit}"  # of the program that was measured', "", "[tasks]"]
    for number, count in sorted(counts.items()):
        lines.append(f"{number} = {{ actions = {count.actions}, scrolls = {count.scrolls} }}  # {TASKS[number].name}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def table(before: Mapping[int, Count], after: Mapping[int, Count]) -> Iterator[str]:
    """Line by line: each task with both counts, and the sum of those that both have."""
    yield f"{'':>3} {'task':<76} {'before':>7} {'after':>6} {'scrolls':>12}"
    both = sorted(set(before) & set(after))
    for number in both:
        old, new = before[number], after[number]
        yield f"{number:>3} {TASKS[number].name:<76} {old.actions:>7} {new.actions:>6} {f'{old.scrolls} -> {new.scrolls}':>12}"
    old_sum, new_sum = (sum(counts[number].actions for number in both) for counts in (before, after))
    fewer = (old_sum - new_sum) / old_sum if old_sum else 0.0
    yield f"{'':>3} {'all':<76} {old_sum:>7} {new_sum:>6}   {fewer:.0%} fewer"
