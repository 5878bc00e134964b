"""Papers that go with an export: the preview, the receipt, the courier's sheet."""
