"""`python -m boathouse` is the command."""

from boathouse.cli import main

main()
