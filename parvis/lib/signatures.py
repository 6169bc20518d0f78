"""Signatures that anybody can check and only the house can make: Ed25519 (RFC 8032).

The key is drawn from a secret of the house (HKDF-SHA256, RFC 5869) for one purpose: whoever sees
the signatures, or the public key, learns nothing of the secret nor of what else it seals.
"""

from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)


class NoKey(ValueError):
    """What was given is no public key that signatures of ours are checked with."""


class Signer:
    """Signs for one purpose."""

    def __init__(self, secret: bytes, *, purpose: str) -> None:
        drawn = HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(secret)
        self._key = Ed25519PrivateKey.from_private_bytes(drawn)

    def sign(self, what: bytes) -> bytes:
        """Return the signature of something, 64 bytes."""
        return self._key.sign(what)

    @property
    def public_key(self) -> bytes:
        """The key to check signatures with, in PEM form."""
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    @property
    def fingerprint(self) -> str:
        """The short name of the public key."""
        return fingerprint(self.public_key)


def is_signed(what: bytes, signature: bytes, public_key: bytes) -> bool:
    """Tell whether a signature was made of this by whoever has the key; raise `NoKey` for none."""
    try:
        _key(public_key).verify(signature, what)
    except InvalidSignature:
        return False
    return True


def fingerprint(public_key: bytes) -> str:
    """Return a short name of a key, to compare by eye: the half of its digest, in fours."""
    raw = _key(public_key).public_bytes(Encoding.Raw, PublicFormat.Raw)
    half = sha256(raw).hexdigest()[:32]
    return " ".join(half[at : at + 4] for at in range(0, 32, 4))


def _key(public_key: bytes) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(public_key)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise NoKey("this is no public key in PEM form") from None
    if not isinstance(key, Ed25519PublicKey):
        raise NoKey("this is a public key of another kind; Ed25519 is wanted")
    return key
