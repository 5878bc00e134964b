"""The log tells what was done, and cannot be bent."""

from tests.acceptance.number import Number

NUMBERS = (
    Number(34, "A row of the log changed, taken out, moved or put in: the first wrong one is named"),
    Number(35, "The log’s last fifty rows taken away: a receipt, or the head noted on this PC, says so"),
    Number(36, "No statement of the program can change or take away what only grows"),
    Number(37, "Looking at a medical page writes one row, however often it is refreshed"),
    Number(38, "The log, and the report of an error, hold no name and no number of a pupil"),
    Number(39, "What cannot be logged does not happen"),
    Number(40, "A clock that is wrong is said; registers go on, and exports outside the years wait"),
)

NOT_YET = {34, 35, 36, 37, 38, 39, 40}
"""The numbers that have no test, or no protection, here yet."""
