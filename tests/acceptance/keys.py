"""Who can open the file, and who can no more."""

from tests.acceptance.number import Number

NUMBERS = (
    Number(23, "A program whose encryption is missing does not start, and makes no file"),
    Number(24, "Nothing of the file, or beside it, can be read without the key"),
    Number(25, "The recovery code opens; a wrong letter is noticed; the old code is dead after use"),
    Number(26, "A changed password: the old one no longer opens the file"),
    Number(27, "A leaver with the old sign-in data and the old password does not open the file of today"),
    Number(28, "The last data officer, and the last holder of the second key, cannot be removed"),
    Number(29, "Wrong passwords: a wait that grows, survives a restart, and is in the log without what was typed"),
    Number(30, "A password is never made cheap to guess"),
    Number(31, "Each act of each role is allowed or refused just as the table says, without the window too"),
    Number(32, "A person without the second key sees no word of a restricted note, in a dump, a search or a count"),
    Number(33, "A restricted note copied to another row is refused"),
)

NOT_YET = {23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33}
"""The numbers that have no test, or no protection, here yet."""
