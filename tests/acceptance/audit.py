"""The log tells what was done, and cannot be bent."""

import traceback
from datetime import timedelta
from types import TracebackType

import pytest

from tests.acceptance.number import Number, Protection, nothing, put


def _no_head_noted(*_given: object) -> list[object]:
    return []


def _a_row_not_looked_for(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import audit
    from pupil_desk.store.file.errors import StoreFault

    real = audit.append

    def append(*given: object, **named: object) -> int:
        try:
            return real(*given, **named)  # type: ignore[arg-type]
        except StoreFault:
            return 0

    patch.setattr(audit, "append", append)


def _with_the_values(_kind: type[BaseException], trace: TracebackType | None) -> str:
    frames = [frame for frame, _line in traceback.walk_tb(trace)]
    return " ".join(value for frame in frames for value in frame.f_locals.values() if isinstance(value, str))


NUMBERS = (
    Number(
        34,
        "A row of the log changed, taken out, moved or put in: the first wrong one is named",
        (
            Protection(
                "the seal of each row, which follows on that of the row before", put("pupil_desk.store.file.audit._first_break", nothing)
            ),
        ),
    ),
    Number(
        35,
        "The log’s last fifty rows taken away: a receipt, or the head noted on this PC, says so",
        (Protection("the head noted on this PC", put("pupil_desk.store.file.anchor.compare", _no_head_noted)),),
    ),
    Number(
        36,
        "No statement of the program can change or take away what only grows",
        (Protection("the guard of each statement", put("pupil_desk.store.file.engine.Guard.__call__", lambda *_asked: 0)),),
    ),
    Number(
        37,
        "Looking at a medical page writes one row, however often it is refreshed",
        (Protection("one row in ten minutes", put("pupil_desk.services.desk._VIEW_AGAIN_AFTER", timedelta(0))),),
    ),
    Number(
        38,
        "The log, and the report of an error, hold no name and no number of a pupil",
        (Protection("a report without values", put("pupil_desk.basics.logs.report_of", _with_the_values)),),
    ),
    Number(39, "What cannot be logged does not happen", (Protection("the look whether the row is there", _a_row_not_looked_for),)),
    Number(
        40,
        "A clock that is wrong is said; registers go on, and exports outside the years wait",
        (
            Protection("the look at the last row of the log", put("pupil_desk.services.unit.clock_doubt.doubt", nothing)),
            Protection("the years in which an export is made", put("pupil_desk.services.unit.clock_doubt.require_possible_year", nothing)),
            Protection("the doubt of the clock before an export", put("pupil_desk.services.unit.clock_doubt.require_no_doubt", nothing)),
        ),
    ),
)
