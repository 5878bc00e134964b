"""Papers kept on a pupil."""
