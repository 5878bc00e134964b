"""Files from outside are read apart: in a child process of our own, bounded in time and memory, which has nothing but the file."""

READ_APART = "read-apart"
"""What starts such a child, in place of a command."""
