"""A display and a bus of accessibility of their own, and what a screen reader hears there of the program: the tree of AT-SPI.

It is read over D-Bus, from outside the program's process, so it holds what really reaches a screen reader on Linux.
"""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from jeepney import DBusAddress, HeaderFields, Message, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_PROPERTIES = "org.freedesktop.DBus.Properties"
type Place = tuple[str, str]  # the program's name on the bus, and the path of one thing in it


class Bus:
    """An Xvfb display with a bus of messages. ``env`` is for programs that are to be seen there. Use as a context manager."""

    def __init__(self, folder: Path, size: str = "1400x900x24") -> None:
        self._folder, self._size = folder, size
        self._running: list[subprocess.Popen[bytes]] = []
        self._runtime = TemporaryDirectory(
            prefix="at-", dir="/tmp", ignore_cleanup_errors=True
        )  # the path of a socket has at most 107 characters

    def __enter__(self) -> Self:
        display = self._start(["Xvfb", "-displayfd", "{}", "-screen", "0", self._size, "-nolisten", "tcp", "-r"])
        self.env = os.environ | {
            "DISPLAY": f":{display}",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "XDG_RUNTIME_DIR": self._runtime.name,
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self._folder / 'no-bus'}",
            "LANG": "en_GB.UTF-8",
        }
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self._start(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address={}"])
        self.connection = open_dbus_connection(self._address_of_tree())
        return self

    def _start(self, command: Sequence[str]) -> str:
        """Start a program that says one line on a pipe; ``{}`` is the pipe's number. Returns the line."""
        read, write = os.pipe()
        words = [word.replace("{}", str(write)) for word in command]
        env = getattr(self, "env", os.environ)
        self._running.append(
            subprocess.Popen(
                words, pass_fds=(write,), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
        )
        os.close(write)
        with open(read, encoding="ascii") as told:
            return told.readline().strip()

    def _address_of_tree(self) -> str:
        """The bus of accessibility, which the session's starts when it is asked."""
        with open_dbus_connection(self.env["DBUS_SESSION_BUS_ADDRESS"]) as session:
            place = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            (address,) = session.send_and_get_reply(new_method_call(place, "GetAddress"), timeout=30).body
        return str(address)

    def __exit__(self, *_raised: object) -> None:
        self.connection.close()
        for running in reversed(self._running):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGTERM)
            running.wait(10)
        self._runtime.cleanup()


STATES = {"editable": 7, "enabled": 8, "focusable": 11, "focused": 12, "sensitive": 24, "showing": 25, "defunct": 6}
_STATE = (_ACCESSIBLE, "GetState", "", ())
_OF_NODE = (
    (_PROPERTIES, "Get", "ss", (_ACCESSIBLE, "Name")),
    (_PROPERTIES, "Get", "ss", (_ACCESSIBLE, "Description")),
    (_ACCESSIBLE, "GetRoleName", "", ()),
    (_ACCESSIBLE, "GetInterfaces", "", ()),
    (_ACCESSIBLE, "GetRelationSet", "", ()),
    (_ACCESSIBLE, "GetAttributes", "", ()),
    (_ACCESSIBLE, "GetChildren", "", ()),
)


@dataclass(eq=False)
class Node:
    """One thing as a screen reader has it."""

    place: Place
    name: str
    description: str
    role: str
    states: frozenset[str]
    interfaces: frozenset[str]
    relations: dict[int, list[Place]]
    attributes: dict[str, str]
    above: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


class Reader:
    """Reads the tree of the one program on the bus, and of a table or a list so many cells: the rows are alike."""

    def __init__(self, connection: DBusConnection, *, most_cells: int = 40) -> None:
        self._bus, self._most_cells = connection, most_cells

    def ask(self, calls: Sequence[tuple[Place, str, str, str, tuple[Any, ...]]]) -> list[Any]:
        """The answers to several questions, all sent before the first answer is waited for. None where the thing has gone."""
        waiting: dict[int, int] = {}
        answers: list[Any] = [None] * len(calls)
        for number, ((name, path), interface, member, signature, body) in enumerate(calls):
            serial = next(self._bus.outgoing_serial)
            self._bus.send(new_method_call(DBusAddress(path, name, interface), member, signature or None, body), serial=serial)
            waiting[serial] = number
        while waiting:
            reply: Message = self._bus.receive(timeout=60)
            number = waiting.pop(reply.header.fields.get(HeaderFields.reply_serial, -1), None)
            if number is not None and HeaderFields.error_name not in reply.header.fields:
                answers[number] = reply.body
        return answers

    def programs(self) -> list[Place]:
        """Every program that is read; none yet where the bus of accessibility is still coming up."""
        (told,) = self.ask([(("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"), _ACCESSIBLE, "GetChildren", "", ())])
        return [(str(name), str(path)) for name, path in told[0]] if told is not None else []

    def tree(self, place: Place) -> Node:
        """One thing with all that is in it and shows."""
        (root,) = level = self._nodes([(place, None)])
        while level:
            level = self._nodes([(child, node) for node, children in level for child in children])
        return root[0]

    def _nodes(self, places: Sequence[tuple[Place, Node | None]]) -> list[tuple[Node, list[Place]]]:
        """These, each put into what it is in, and the places of what is in them."""
        told = self.ask([(place, *_STATE) for place, _above in places])
        stand = [(place, above, _states(*state)) for (place, above), state in zip(places, told, strict=True) if state is not None]
        seen = [
            one for one in stand if one[1] is None or one[1].above is None or "showing" in one[2]
        ]  # of what does not show no more is asked
        told = self.ask([(place, *call) for place, _above, _states in seen for call in _OF_NODE])
        found = []
        for number, (place, above, states) in enumerate(seen):
            answers = told[len(_OF_NODE) * number : len(_OF_NODE) * (number + 1)]
            if None in answers:
                continue
            node, children = self._read(place, above, states, answers)
            if above is not None:
                above.children.append(node)
            found.append((node, children))
        return found

    def _read(self, place: Place, above: Node | None, states: frozenset[str], answers: Sequence[Any]) -> tuple[Node, list[Place]]:
        (((_s, name),), ((_t, description),), (role,), (interfaces,), (relations,), (attributes,), (children,)) = answers
        related = {kind: [(str(bus), str(path)) for bus, path in others] for kind, others in relations}
        node = Node(
            place, name, description, role, states, frozenset(each.split(".")[-1] for each in interfaces), related, attributes, above
        )
        most = self._most_cells if role in ("table", "tree", "list") else None
        return node, [(str(bus), str(path)) for bus, path in children[:most]]


def _states(words: Sequence[int]) -> frozenset[str]:
    bits = words[0] | words[1] << 32
    return frozenset(state for state, bit in STATES.items() if bits >> bit & 1)
