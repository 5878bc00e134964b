"""A reader of files from outside: a pure function from bytes to plain data, which is called as any other and runs in a child process.

``apart`` makes one of it. What it is given and what it gives goes through plain data and back, wherever it runs; what it raises for a
file that is not as it should be is raised where it was called, with the same sentence.
"""

import contextlib
import functools
import inspect
import json
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.apart import process
from pupil_desk.basics.apart.failure import Failure, ReaderFailed
from pupil_desk.basics.apart.messages import Message
from pupil_desk.basics.apart.plain import NotPlain, Shape, shape_of


@dataclass(frozen=True)
class Reader:
    """A function that reads, under its name; ``raises`` are the errors that it answers with, ``refuse`` makes one for a file that no child could read."""

    name: str
    function: Callable[..., Any]
    raises: tuple[type[Exception], ...]
    refuse: Callable[[ReaderFailed], Exception]

    @functools.cached_property
    def _hints(self) -> dict[str, Any]:
        return typing.get_type_hints(self.function)

    @functools.cached_property
    def _arguments(self) -> tuple[tuple[str, Shape], ...]:
        return tuple((name, shape_of(self._hints[name])) for name in inspect.signature(self.function).parameters)

    @functools.cached_property
    def _result(self) -> Shape:
        hint = self._hints["return"]
        return shape_of(typing.get_args(hint)[0] if self.gives_many else hint)

    @functools.cached_property
    def gives_many(self) -> bool:
        """Whether it is a generator."""
        return inspect.isgeneratorfunction(self.function)

    def request(self, *args: Any, **named: Any) -> Message:
        """What is asked of it."""
        bound = inspect.signature(self.function).bind(*args, **named)
        bound.apply_defaults()
        blobs: list[bytes] = []
        return Message([self.name, [shape.pack(bound.arguments[name], blobs) for name, shape in self._arguments]], blobs)

    def answers(self, request: Message) -> Iterator[Message]:
        """What it answers, value by value. Raises whatever is none of its answers: a bug, or no memory."""
        values = [shape.unpack(plain, list(request.blobs)) for (_name, shape), plain in zip(self._arguments, request.data[1], strict=True)]
        try:
            for value in self.function(*values) if self.gives_many else [self.function(*values)]:
                blobs: list[bytes] = []
                yield Message({"value": self._result.pack(value, blobs)}, blobs)
            if self.gives_many:
                yield Message({"end": True})
        except self.raises as error:
            yield Message({"raised": type(error).__name__, "args": list(error.args), "attributes": vars(error)})

    def values(self, answers: Iterator[Message]) -> Iterator[Any]:
        """The values in answers. Raises what the reader raised, and for a file that could not be read what ``refuse`` makes of it."""
        try:
            for answer in answers:
                if "end" in answer.data:
                    return
                if "raised" in answer.data:
                    raise self._raised(answer)
                yield self._result.unpack(answer.data["value"], list(answer.blobs))
        except ReaderFailed as failed:
            raise self.refuse(failed) from failed
        except (NotPlain, KeyError, TypeError) as error:
            raise self.refuse(ReaderFailed(Failure.BROKEN)) from error

    def _raised(self, answer: Message) -> Exception:
        kind = next((kind for kind in self.raises if kind.__name__ == answer.data["raised"]), None)
        if kind is None:
            raise NotPlain
        error = kind.__new__(kind)
        error.args = tuple(answer.data["args"])
        vars(error).update(answer.data["attributes"])
        return error


type Runner = Callable[[Reader, Message], Iterator[Message]]
"""Has a request to a reader answered: by one message for a function, by one for each value of a generator."""


def in_a_child(reader: Reader, request: Message) -> Iterator[Message]:
    """As the program reads."""
    return process.answers_of(request, many=reader.gives_many)


def in_place(reader: Reader, request: Message) -> Iterator[Message]:
    """In this process, through the same plain data: for the child itself, and for tests."""
    for answer in reader.answers(Message(json.loads(json.dumps(request.data)), request.blobs)):
        yield Message(json.loads(json.dumps(answer.data)), answer.blobs)


_runners: list[Runner] = [in_a_child]  # the last one counts


@contextlib.contextmanager
def run_by(runner: Runner) -> Iterator[None]:
    """Within it, readers run otherwise."""
    _runners.append(runner)
    try:
        yield
    finally:
        _runners.pop()


def apart[**P, R](
    name: str, *, refuse: Callable[[ReaderFailed], Exception], raises: tuple[type[Exception], ...] = ()
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Have a function of this module run apart, under a name of its own; ``vars(function)["reader"]`` tells the child of it."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        reader = Reader(name, function, raises, refuse)

        @functools.wraps(function)
        def each(*args: P.args, **named: P.kwargs) -> Iterator[Any]:
            return reader.values(_runners[-1](reader, reader.request(*args, **named)))

        @functools.wraps(function)
        def one(*args: P.args, **named: P.kwargs) -> Any:
            (value,) = each(*args, **named)
            return value

        wrapper = each if reader.gives_many else one
        vars(wrapper)["reader"] = reader
        return typing.cast("Callable[P, R]", wrapper)

    return decorate
