"""A stored document on its way out: what only the server knows is put in, without compiling or compressing anew.

The place for it lies near the end of the document. Everything before is compressed once; deflate lets the fresh part
and the short tail be appended as further blocks, so that a tablet on a slow network gets a fifth of the bytes and the
server spends no more than on sending a file.
"""

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Any

from mapper.document.compile import SERVED_HERE

GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


@dataclass(frozen=True, slots=True)
class Stored:
    """A compiled document, cut where the fresh part goes. `tag` names the document as it was compiled."""

    head: bytes
    tail: bytes
    packed_head: bytes
    head_sum: int
    tag: str

    @classmethod
    def of(cls, html: bytes) -> "Stored":
        head, _, tail = html.partition(SERVED_HERE.encode())
        packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packing.compress(head) + packing.flush(zlib.Z_FULL_FLUSH)
        return cls(head, tail, packed, zlib.crc32(head), sha256(html).hexdigest()[:16])

    def plain(self, fresh: bytes) -> bytes:
        return b"".join((self.head, fresh, self.tail))

    def gzipped(self, fresh: bytes) -> bytes:
        rest = fresh + self.tail
        size = len(self.head) + len(rest)
        trailer = struct.pack("<II", zlib.crc32(rest, self.head_sum), size & 0xFFFFFFFF)
        return b"".join((GZIP_HEADER, self.packed_head, _as_blocks(rest), trailer))


def _as_blocks(rest: bytes) -> bytes:
    """Not compressed: the length of compressed text that holds a secret could give it away (BREACH, 2013)."""
    packing = zlib.compressobj(0, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packing.compress(rest) + packing.flush(zlib.Z_FINISH)


def fresh(csrf: str, served: Mapping[str, Any]) -> bytes:
    """The token for the long form, and for the script whatever it is told of this interview."""
    told = json.dumps({**served, "csrf": csrf}, ensure_ascii=False, separators=(",", ":"))
    safe = told.replace("<", "\\u003c").replace("&", "\\u0026")
    field = f'<input type="hidden" name="csrf_token" value="{escape(csrf)}">'
    return f'{field}<script type="application/json" id="served">{safe}</script>'.encode()
