"""Several names in one sentence."""

from collections.abc import Sequence


def listed(names: Sequence[str], shown: int = 4) -> str:
    """Names as one reads them aloud: the first few, then how many more."""
    if len(names) > shown:
        return f"{', '.join(names[: shown - 1])} and {len(names) - shown + 1} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
