"""Signed ids: what a cookie or a script holds to stand for somebody without an account."""

from itsdangerous import BadSignature, Signer


class Seals:
    """Signs and reads ids of one kind. of: what they stand for; a seal of one kind is none of another."""

    def __init__(self, secret_key: str, of: str) -> None:
        self._signer = Signer(secret_key, salt=f"boathouse {of}")

    def seal(self, id: str) -> str:
        """The id with our signature."""
        return self._signer.sign(id).decode()

    def read(self, token: str) -> str | None:
        """The id, or None for anything we did not sign."""
        try:
            return self._signer.unsign(token).decode()
        except (BadSignature, UnicodeDecodeError):
            return None
