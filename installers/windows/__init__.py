"""The Windows program: frozen, signed, packed into one installer, and tried."""
