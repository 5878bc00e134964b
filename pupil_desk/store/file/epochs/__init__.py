"""The epochs of a file's data key: a new key for the file and for its backups, and how what was sealed before is proved."""
