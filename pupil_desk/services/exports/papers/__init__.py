"""Papers that go with an export: the preview, the receipt, the opening sheet."""
