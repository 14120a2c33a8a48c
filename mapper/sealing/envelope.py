"""Opens what a tablet sealed. ECDH on P-256 with a key pair of the envelope's own, HKDF-SHA-256, AES-256-GCM.

The ids of key and interview are part of the derivation and of the tag: an envelope passed off as another interview's
does not open. **Source:** SEC 1 (ECIES), RFC 5869, NIST SP 800-38D.
"""

import binascii
from base64 import urlsafe_b64decode
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mapper.sealing import keys

VERSION = 1


class CannotOpen(ValueError):
    """`kind` is unknown_key (it may open when the key is back) or damaged (it never will)."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def is_envelope(body: Any) -> bool:
    return isinstance(body, dict) and "sealed" in body


def opened(envelope: dict[str, Any], response_id: UUID) -> bytes:
    """What was sealed, without its padding. Raises CannotOpen."""
    if envelope.get("sealed") != VERSION or str(envelope.get("id")).lower() != str(response_id):
        raise CannotOpen("damaged", "This is no envelope of version 1 for this id.")
    key_id = str(envelope.get("key"))
    key = keys.find(key_id)
    if key is None:
        raise CannotOpen("unknown_key", f"The key {key_id[:16]} is not on this server.")
    bound = f"mapper sealed {VERSION}|{key_id}|{response_id}".encode()
    try:
        point, iv, ciphertext = (_bytes(envelope[part]) for part in ("epk", "iv", "ciphertext"))
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(keys.CURVE, point)
        secret = key.private.exchange(ec.ECDH(), theirs)
        derived = HKDF(SHA256(), 32, salt=None, info=bound).derive(secret)
        return AESGCM(derived).decrypt(iv, ciphertext, bound).rstrip(b" ")
    except (KeyError, TypeError, ValueError, InvalidTag):  # ValueError: not base64, no point of the curve, a short iv
        raise CannotOpen("damaged", "The envelope was changed or cut short on its way.") from None


def _bytes(text: Any) -> bytes:
    if not isinstance(text, str) or not text.isascii():
        raise TypeError
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise ValueError from None
