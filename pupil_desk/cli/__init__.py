"""The commands: a thin face over the services, as the windows are. No Qt here, and no window."""

from pupil_desk.cli.run import main

__all__ = ["main"]
