"""Forms that go out on paper with a code and come back: printed, scanned, read, and kept once a person has confirmed."""
