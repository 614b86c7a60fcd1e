"""Random identifiers and secrets: never reused, never guessable from one another."""

import hashlib
import secrets

# Crockford's alphabet of 32 without i, l, o, u: safe in addresses, element ids and root names.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PATTERN = f"^[{ALPHABET}]{{12}}$"  # of an id that a browser made
# Letters that cannot be misheard or misread on a video call.
SPOKEN = "ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> str:
    """Twelve letters, 60 random bits."""
    return "".join(ALPHABET[byte % 32] for byte in secrets.token_bytes(12))


def new_code() -> str:
    """Eight letters to say aloud; with the miss cap of the join page that is safe for a day."""
    return "".join(secrets.choice(SPOKEN) for _ in range(8))


def new_secret() -> str:
    """A bearer secret of 192 bits, for cookies, links and tokens."""
    return secrets.token_urlsafe(24)


def fingerprint(secret: str) -> str:
    """What is stored instead of a secret; a hash is enough, since the secret itself is random."""
    return hashlib.sha256(secret.encode()).hexdigest()
