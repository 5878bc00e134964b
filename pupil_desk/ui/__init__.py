"""The windows: the only package that imports PySide6. A window and its pages stand on the kit."""
