"""The structures of national files as data: the transfer file, the census, the learner numbers."""
