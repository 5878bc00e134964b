"""What a library has to say of a file from outside reaches nobody: neither by Python's warnings nor by the stream itself."""

import os
import warnings

import pytest

from pupil_desk.basics.quiet import quiet


def test_neither_a_warning_nor_a_word_in_c_is_seen_and_after_it_both_are(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet():
        warnings.warn("of a library", UserWarning, stacklevel=1)
        os.write(2, b"JPEGLib: Bogus marker length.\n")
    assert capfd.readouterr().err == ""
    os.write(2, b"ours\n")
    assert capfd.readouterr().err == "ours\n"
    with pytest.warns(UserWarning, match="ours"):
        warnings.warn("ours", UserWarning, stacklevel=1)


def test_what_is_raised_within_is_raised_and_the_stream_is_back(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), quiet():
        _nothing = 1 // 0
    os.write(2, b"ours\n")
    assert capfd.readouterr().err == "ours\n"


def test_a_program_without_such_a_stream_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_stream(_number: int) -> int:
        raise OSError

    monkeypatch.setattr(os, "dup", no_stream)
    with quiet():
        assert True
