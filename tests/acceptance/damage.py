"""A damaged, older or foreign file is never worked on."""

from tests.acceptance.number import Number, Protection, nothing, put

NUMBERS = (
    Number(13, "A flipped bit anywhere in the file: found, and never opened for writing"),
    Number(14, "A file cut to nothing: refused as empty, and not a byte changed"),
    Number(15, "A file cut at any page: refused"),
    Number(16, "A file with something appended: named, opened to be looked at alone"),
    Number(17, "An old page put back where it was: found by the log, or the head noted on this PC"),
    Number(
        18,
        "The last changes taken away after a kill: said at the next opening",
        (Protection("the head noted on this PC", put("pupil_desk.store.file.anchor.missing", nothing)),),
    ),
    Number(19, "The whole file replaced by an older one: said, and going on needs a data officer and a reason"),
    Number(20, "A wrong password, damaged sign-in data, a damaged file, a foreign file, a newer version: five different sentences"),
    Number(21, "Ten wrong passwords on a file that was open in a crash: nothing is lost"),
    Number(22, "Sign-in data moved between people, made cheap to guess, or of another key: refused"),
)

NOT_YET = {13, 14, 15, 16, 17, 19, 20, 21, 22}
"""The numbers that have no test, or no protection, here yet."""
