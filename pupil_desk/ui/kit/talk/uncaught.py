"""The one place where what nobody caught ends up: the world's errors in the banner, bugs in one dialog."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from pupil_desk.basics.errors import Known
from pupil_desk.basics.logs import report_of
from pupil_desk.basics.words import _
from pupil_desk.ui.kit.talk.ask import Ask

_log = logging.getLogger(__name__)


class UncaughtErrors:
    """Stands in for ``sys.excepthook`` while a window is open."""

    def __init__(self, tell: Callable[[Known], object], ask: Ask) -> None:
        self._tell, self._ask = tell, ask
        self._telling = False

    def install(self) -> None:
        """Take over."""
        sys.excepthook = self.caught

    def remove(self) -> None:
        """Give back."""
        sys.excepthook = sys.__excepthook__

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Known errors to the banner; a bug to the log and to one dialog, without any word that it carries."""
        if isinstance(error, Known):
            self._tell(error)
            return
        report = report_of(kind, trace)
        _log.error("bug: %s", report.replace("\n", " | "))
        if self._telling:
            return
        self._telling = True
        try:
            self._ask.dismiss()
            self._ask.tell(
                _("Something went wrong in the program"),
                _(
                    "This is a fault of ours. What you saved before is safe. If it happens again, send these lines to whoever looks after the program; they hold nothing about a pupil."
                )
                + "\n\n"
                + report,
            )
        finally:
            self._telling = False
