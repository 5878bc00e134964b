"""Put on the path of the programs that tests start, and on no other: see ``written``."""

import atexit
from functools import partial

import written

atexit.register(partial(written.Written().keep, at_end=True))
