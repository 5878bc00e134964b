"""Every question to a person goes through ``Ask``: one at a time, with verbs on the buttons and the safe answer preset."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from pupil_desk.basics.words import _

Tone = Literal["plain", "primary", "danger"]
type Kinds = Sequence[tuple[str, str]]
"""Kinds of file offered: words and pattern, such as («Spreadsheets», «*.xlsx *.csv»)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its key in code, the verb on its button, and how grave it is."""

    key: str
    words: str
    tone: Tone = "plain"


class Ask(Protocol):
    """What a page may ask. Esc, closing and locking all give the safe answer, which is None or the key named ``safe``."""

    def choose(self, title: str, text: str, choices: Sequence[Choice], *, safe: str) -> str:
        """The key of the button pressed."""
        ...

    def confirm(self, title: str, text: str, verb: str, *, danger: bool = False, stay: str = "") -> bool:
        """Whether the person pressed the button with that verb. The other one is Cancel, or where the act itself takes something back, ends it or
        gives it up, what ``stay`` says becomes of that: “Keep it”."""
        ...

    def confirm_typed(self, title: str, text: str, word: str, verb: str) -> bool:
        """Whether the person typed that word and pressed the verb: for what cannot be undone."""
        ...

    def text(
        self,
        title: str,
        text: str,
        field: str,
        *,
        value: str = "",
        verb: str = "",
        stay: str = "",
        check: Callable[[str], str] | None = None,
    ) -> str | None:
        """One line of text. ``check`` says what is wrong with it, or an empty text. ``stay`` is on the other button, as of ``confirm``."""
        ...

    def secret(self, title: str, text: str, field: str, *, verb: str = "", check: Callable[[str], str] | None = None) -> str | None:
        """One line that is not shown while it is typed."""
        ...

    def tell(self, title: str, text: str) -> None:
        """Words that must be seen before going on."""
        ...

    def folder(self, title: str, start: Path | None = None) -> Path | None:
        """A folder that is there."""
        ...

    def open_file(self, title: str, kinds: Kinds, start: Path | None = None) -> Path | None:
        """A file that is there."""
        ...

    def save_file(self, title: str, name: str, kinds: Kinds, start: Path | None = None) -> Path | None:
        """Where to write a file; the person has agreed to replace one that is there."""
        ...

    def dismiss(self) -> None:
        """Close the open question, if any, with its safe answer: before a lock."""
        ...

    def end_answer(self, *, refused: bool) -> None:
        """What was typed last has come to something; or it was ``refused``, and stands there again when the same is asked anew."""
        ...


def twice_words() -> str:
    """What is said where a slip of Esc would lose what is typed."""
    return _("Press Esc once more to leave. What you typed is not kept.")


def leave_choices() -> tuple[Choice, ...]:
    """The answers on leaving a page with changes."""
    return (Choice("save", _("Save"), "primary"), Choice("discard", _("Discard changes"), "danger"), Choice("stay", _("Stay here")))


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that was put, as a test sees it."""

    kind: str
    title: str
    text: str
    offers: tuple[str, ...] = ()


class Answers:
    """Hands out prepared answers and keeps the questions: for tests. A question without an answer fails."""

    def __init__(self, *answers: str | bool | Path | None) -> None:
        self.answers = list(answers)
        self.questions: list[AskedQuestion] = []

    def _next(self, question: AskedQuestion) -> str | bool | Path | None:
        self.questions.append(question)
        assert self.answers, f"no answer prepared for «{question.title}»"
        return self.answers.pop(0)

    def choose(self, title: str, text: str, choices: Sequence[Choice], *, safe: str) -> str:
        keys = tuple(choice.key for choice in choices)
        assert safe in keys
        answer = self._next(AskedQuestion("choose", title, text, keys))
        assert answer in keys, f"«{answer}» is not offered by «{title}»: {keys}"
        return str(answer)

    def confirm(self, title: str, text: str, verb: str, *, danger: bool = False, stay: str = "") -> bool:
        return bool(self._next(AskedQuestion("confirm", title, text, (verb,))))

    def confirm_typed(self, title: str, text: str, word: str, verb: str) -> bool:
        answer = self._next(AskedQuestion("confirm_typed", title, text, (verb,)))
        return answer is True or answer == word

    def text(
        self,
        title: str,
        text: str,
        field: str,
        *,
        value: str = "",
        verb: str = "",
        stay: str = "",
        check: Callable[[str], str] | None = None,
    ) -> str | None:
        assert stay or "cancel" not in title.casefold(), f"«{title}» has a button Cancel that cancels nothing"
        return self._typed_answer(AskedQuestion("text", title, text, (field,)), check)

    def secret(self, title: str, text: str, field: str, *, verb: str = "", check: Callable[[str], str] | None = None) -> str | None:
        return self._typed_answer(AskedQuestion("secret", title, text, (field,)), check)

    def _typed_answer(self, question: AskedQuestion, check: Callable[[str], str] | None) -> str | None:
        answer = self._next(question)
        if answer is None:
            return None
        assert check is None or not check(str(answer)), f"«{question.title}» refuses the prepared answer"
        return str(answer)

    def tell(self, title: str, text: str) -> None:
        self.questions.append(AskedQuestion("tell", title, text))

    def folder(self, title: str, start: Path | None = None) -> Path | None:
        return self._path(AskedQuestion("folder", title, ""))

    def open_file(self, title: str, kinds: Kinds, start: Path | None = None) -> Path | None:
        return self._path(AskedQuestion("open_file", title, ""))

    def save_file(self, title: str, name: str, kinds: Kinds, start: Path | None = None) -> Path | None:
        return self._path(AskedQuestion("save_file", title, name))

    def _path(self, question: AskedQuestion) -> Path | None:
        answer = self._next(question)
        assert answer is None or isinstance(answer, Path)
        return answer

    def dismiss(self) -> None:
        """Nothing is ever open."""

    def end_answer(self, *, refused: bool) -> None:
        """Prepared answers are never lost."""
