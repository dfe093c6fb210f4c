"""Passwords are kept as argon2id hashes only."""

from __future__ import annotations

import argon2

# The second recommendation of OWASP's cheat sheet (19 MiB, 2 passes, 1 lane): about 15-25 ms on one core, so that
# a burst of sign-ins neither exhausts the memory of a small machine nor keeps a customer waiting.
_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _HASHER.hash("the password of nobody")


def hash_password(password: str) -> str:
    """Return what is kept of a password."""
    return _HASHER.hash(_encoded(password))


def is_password(kept: str | None, password: str) -> bool:
    """Tell whether ``password`` fits; it takes the same time where nothing is kept."""
    try:
        _HASHER.verify(kept or _NOBODY, _encoded(password))
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
    return kept is not None


def _encoded(password: str) -> bytes:
    return password.encode(errors="surrogatepass")  # JSON can say half a character, and that is no reason to fail
