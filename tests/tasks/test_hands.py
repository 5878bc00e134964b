"""What counts as an act: keys, clicks and what is typed to find something, and never what is typed as data."""

from pathlib import Path

import pytest

from tests.journeys.screen import Screen
from tests.tasks.hands import Hands


@pytest.fixture
def hands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hands:
    """Hands with no screen, to which everything is in sight."""
    made = Hands(tmp_path, shots=tmp_path / "shots")
    monkeypatch.setattr(Screen, "key", lambda *_args: None)
    monkeypatch.setattr(Screen, "type", lambda self, _text, *then: self.key(*then) if then else None)
    monkeypatch.setattr(Screen, "click", lambda *_args, **_named: None)
    monkeypatch.setattr(made, "ask", lambda what, _name="": [[1, 1, 0, 1, 1]] if what == "reach" else [True])
    monkeypatch.setattr("subprocess.run", lambda *_args, **_named: None)
    made.env = {}
    return made


def test_keys_clicks_and_what_finds_count_and_data_does_not(hands: Hands) -> None:
    hands.key("ctrl+s", "Tab")
    assert hands.actions == 2
    hands.type("Quillfeather", "Tab")
    assert hands.actions == 3
    hands.find("qui", "Return")
    assert hands.actions == 7
    hands.anew("Postcode", "AL28 3QP")  # a click, and all of it marked
    assert (hands.actions, hands.scrolls) == (9, 0)


def test_each_step_of_the_wheel_counts(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = iter((5, 5, 0))  # down, down, and it is in sight
    monkeypatch.setattr(hands, "ask", lambda what, _name="": [[1, 1, next(wheel), 1, 1]] if what == "reach" else [])
    monkeypatch.setattr(hands, "until", lambda *_args: None)
    monkeypatch.setattr("subprocess.run", lambda *_args, **_named: None)
    hands.click("far down")
    assert (hands.actions, hands.scrolls) == (3, 2)
