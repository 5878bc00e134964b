"""The library that opens PDFs bears one caller at a time; the window draws while the worker reads, so both ask here first."""

import threading

PDFIUM = threading.RLock()
"""Held for as long as a call to pypdfium2 takes."""
