"""Seals as a tablet does (WebCrypto's steps, written down once more), and makes withdrawal codes' verifiers."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mapper.sealing import keys


def text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def seal(body: Any, response_id: UUID, key: dict[str, str] | None = None) -> dict[str, Any]:
    """An envelope for this server, or for the key as `GET /api/tablet/key` gives it."""
    used = key or {"key": keys.current().id, "public": keys.current().public_text}
    server = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), urlsafe_b64decode(used["public"] + "="))
    own = ec.generate_private_key(ec.SECP256R1())
    bound = f"mapper sealed 1|{used['key']}|{response_id}".encode()
    derived = HKDF(SHA256(), 32, None, bound).derive(own.exchange(ec.ECDH(), server))
    plain = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    plain += b" " * (-len(plain) % 4096)
    iv = hashlib.sha256(bound + plain).digest()[:12]
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    sealed = text(AESGCM(derived).encrypt(iv, plain, bound))
    return {
        "sealed": 1,
        "id": str(response_id),
        "key": used["key"],
        "epk": text(point),
        "iv": text(iv),
        "ciphertext": sealed,
    }


def verifier(code: str, response_id: UUID) -> str:
    return hashlib.pbkdf2_hmac("sha256", code.encode(), str(response_id).encode(), 100_000).hex()
