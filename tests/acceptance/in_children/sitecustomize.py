"""Found by each Python that a test starts while a protection is out: it is taken out there too, before anything else is read."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[3]))

from tests.acceptance.plugin import take_out_here

take_out_here()
