"""What typed signs mean: a code is taken at once when no longer one begins so; C, J and Y wait for their second sign."""

from collections.abc import Collection
from dataclasses import dataclass

from pupil_desk.domain.register.attendance import Session

PRESENT = {Session.AM: "/", Session.PM: "\\"}


@dataclass(frozen=True, slots=True)
class SignReading:
    """What came of one sign. ``code_here`` is taken in this cell; ``after`` is the sign to read anew in the next; ``waiting`` waits for a second sign.

    Nothing of all that means that no code begins so.
    """

    code_here: str = ""
    waiting: str = ""
    after: str = ""

    @property
    def finds_nothing(self) -> bool:
        """No code begins so."""
        return not (self.code_here or self.waiting or self.after)


def read_sign(waiting: str, sign: str, codes: Collection[str], session: Session) -> SignReading:
    """Read one more sign, after ``waiting`` typed in the same cell. Either slash is «present» of the session it is typed in."""
    sign = PRESENT[session] if sign in "/\\" else sign.upper()
    typed_code = waiting + sign
    if any(code.startswith(typed_code) and code != typed_code for code in codes):
        return SignReading(waiting=typed_code)
    if typed_code in codes:
        return SignReading(code_here=typed_code)
    if waiting in codes:
        return SignReading(code_here=waiting, after=sign)
    return SignReading()
