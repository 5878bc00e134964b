"""The Python that a program is frozen with: the one parameter of a build."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


class BuildFailed(Exception):
    """A step of a build did not end well; the text says which, and where its own words are."""


class CannotBuild(BuildFailed):
    """A build needs something that is not to be had on this machine, such as a package or a text: no fault of what is built."""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python with the locked packages in it.

    ``command`` starts it; ``packages`` is the folder of its packages; ``drive`` stands before a path of this machine in
    the names that it knows (``Z:`` under Wine, else nothing).
    """

    command: Sequence[str]
    packages: Path
    env: Mapping[str, str] = field(default_factory=dict)
    drive: str = ""

    def names(self, path: Path) -> str:
        """What this Python calls a file of this machine."""
        return self.drive + str(path).replace("/", "\\") if self.drive else str(path)

    def run(self, *words: str, log: Path | None = None, **env: str) -> str:
        """Run it and return what it printed. Raises BuildFailed; ``log`` takes what it says either way."""
        done = subprocess.run([*self.command, *words], capture_output=True, env={**os.environ, **self.env, **env}, check=False)
        if log is not None:
            log.write_bytes(done.stdout + done.stderr)
        if done.returncode != 0:
            last = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()[-3:]
            raise BuildFailed(f"{' '.join(words[:2])} ended with {done.returncode}: " + " / ".join(last))
        return done.stdout.decode("utf-8", "replace")
