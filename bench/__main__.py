"""python -m bench [WHAT]: measures promises that no test can time."""

import argparse

from bench import board, checks, commenting, documents, programs, triage

BENCHES = {
    "documents": documents,
    "board": board,
    "programs": programs,
    "checks": checks,
    "triage": triage,
    "commenting": commenting,
}


def main() -> None:
    """Run the benches asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    commands = parser.add_subparsers(dest="what")
    for name, bench in BENCHES.items():
        bench.add_options(commands.add_parser(name, help=bench.__doc__))
    options = parser.parse_args()
    for name in [options.what] if options.what else BENCHES:
        BENCHES[name].main(options if options.what else commands.choices[name].parse_args([]))


main()
