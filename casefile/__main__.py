"""Start: no words open the window, words are a command, and ``--child`` is the limited reader process."""

import sys


def main() -> int:
    """Start the program as the words on the command line ask; returns the exit status."""
    if len(sys.argv) > 3 and sys.argv[1] == "--child":
        from casefile.child import serve

        return serve(sys.argv[2], int(sys.argv[3]))
    from casefile import cli

    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
