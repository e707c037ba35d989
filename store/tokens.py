"""Random tokens: whoever shows one is let in, and the database keeps only its hash."""

import hashlib
import secrets


def new_token() -> str:
    """128 random bits, as letters that a URL or a cookie may carry."""
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> bytes:
    """What is stored of a token (SHA-256: nobody guesses 128 bits, so it needs no slow hash)."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
