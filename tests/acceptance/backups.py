"""A backup is whole, and opens when it is needed."""

from tests.acceptance.number import Number

NUMBERS = (
    Number(59, "A backup while colleagues work: whole, with all that was saved before it"),
    Number(60, "A backup to a place that is full, gone or read only: not counted, and nothing left behind"),
    Number(61, "A flipped byte in a backup: the part is named, and it is not restored"),
    Number(62, "Restored on a new PC with the backup and a password, or the recovery code, alone"),
    Number(63, "The last proved backup stays, even if thirty newer ones fail"),
    Number(64, "A file of a newer version is refused unchanged; one of an older is brought up after a proved backup"),
    Number(65, "A backup opens with the free program sqlcipher, given its key"),
)

NOT_YET = {59, 60, 61, 62, 63, 64, 65}
"""The numbers that have no test, or no protection, here yet."""
