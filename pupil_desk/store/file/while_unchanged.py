"""What was worked out of the open file, kept for as long as nothing in it is changed."""

from collections.abc import Callable, Hashable
from typing import cast


class WhileUnchanged:
    """``changes`` counts the commits since the file was opened, but for those that only log that something was looked at.

    ``in_transaction`` says whether a transaction is open: what is worked out within one is never kept.
    """

    def __init__(self, in_transaction: Callable[[], bool]) -> None:
        self.changes = 0
        self._in_transaction = in_transaction
        self._answers: dict[Hashable, object] = {}

    def forget(self) -> None:
        """Something was changed."""
        self.changes += 1
        self._answers = {}

    def remember[T](self, question: Hashable, work: Callable[[], T]) -> T:
        """The answer to that question, worked out once. ``question`` names everything that it hangs on besides the file."""
        if self._in_transaction():
            return work()
        answers = self._answers
        if question not in answers:
            answers[question] = work()  # into what was known when it was begun: a change meanwhile has put another in its place
        return cast(T, answers[question])
