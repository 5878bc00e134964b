"""No act on a backup holds a whole file in memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the peak is read from /proc")
@pytest.mark.parametrize("megabytes", [24, pytest.param(512, marks=pytest.mark.torture)])
def test_a_larger_file_takes_no_more_memory(tmp_path: Path, megabytes: int) -> None:
    command = [sys.executable, "-m", "tests.store.file.portable.measured", str(tmp_path), str(megabytes)]
    flat = {**os.environ, "MALLOC_MMAP_THRESHOLD_": "65536"}  # what is given back goes back, so that the peak is that of the act
    ran = subprocess.run(command, env=flat, cwd=Path(__file__).parents[4], capture_output=True, text=True, check=True)
    peaks = json.loads(ran.stdout)
    assert peaks.pop("highest") < 150
    assert set(peaks) == {"make", "verify", "restore", "new key"}
    assert all(above < 9 for above in peaks.values()), peaks  # a whole file held once would be 16 and more
