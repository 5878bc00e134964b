"""The front door: reads the command line, opens the window or runs one command."""

import sys


def main() -> int:
    """Start the program; returns the exit status."""
    from pupil_desk import app

    return app.start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
