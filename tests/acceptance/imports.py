"""What comes from outside harms nothing."""

from tests.acceptance.number import Number

NUMBERS = (
    Number(52, "A transfer file that points outside itself is refused, and nothing is imported"),
    Number(53, "A file that swells as it is read is refused soon, in little memory"),
    Number(54, "A wrong transfer file: its problems are listed, and nothing changes until it is confirmed"),
    Number(55, "An archive that is a trap is refused"),
    Number(56, "A program renamed as a list or a paper is refused"),
    Number(57, "A crash in the middle of an import: all of it or nothing"),
    Number(58, "Twenty thousand spoiled files: a sentence for each, no crash, none over five seconds"),
)

NOT_YET = {52, 53, 54, 55, 56, 57, 58}
"""The numbers that have no test, or no protection, here yet."""
