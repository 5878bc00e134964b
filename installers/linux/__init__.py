"""The Linux build: the same frozen program as a folder, in an archive."""
