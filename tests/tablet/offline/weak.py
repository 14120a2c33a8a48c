"""A weak network: between browser and server, connections end after a random number of bytes in either direction.

`up` is what the browser sends, `down` what the server answers. After a cut in `down` the server has read, and mostly
stored, everything, and the browser does not know.
"""

import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PIECE = 64 * 1024
RESET = struct.pack("ii", 1, 0)  # closing sends a reset, as when the mast is out of reach
MOST = {"up": 12_000, "down": 1_000}  # bytes of a connection within which it is cut, small numbers as often as large


@dataclass
class Network:
    """`weak` is how many of a hundred connections get a limit, among those whose request begins with `where`. `cuts`
    counts those that ended by it, by request and direction: `("POST /api/responses", "down")`."""

    server: tuple[str, int]
    chance: random.Random
    weak: int = 0
    where: str = ""
    cuts: Counter[tuple[str, str]] = field(default_factory=Counter)
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    def cuts_of(self, request: str, direction: str) -> int:
        return self.cuts[request, direction]

    def serve(self) -> None:
        with suppress(OSError):  # the socket was closed: the end
            while True:
                browser, _ = self.listening.accept()
                threading.Thread(target=self._carry, args=(browser,), daemon=True).start()

    def _carry(self, browser: socket.socket) -> None:
        limited = self.chance.choice(("up", "down")) if self.chance.randrange(100) < self.weak else ""
        with suppress(OSError), browser, socket.create_connection(self.server) as server:
            limit = int(MOST.get(limited, 1) ** self.chance.random())
            line = Line(browser, server, self.cuts, self.where, limited, limit)
            answering = threading.Thread(target=line.carry, args=("down",), daemon=True)
            answering.start()
            line.carry("up")
            answering.join()


@dataclass
class Line:
    """One connection, cut when `left` bytes have gone in the direction `limited`."""

    browser: socket.socket
    server: socket.socket
    cuts: Counter[tuple[str, str]]
    where: str
    limited: str
    left: int
    request: str = ""

    def carry(self, direction: str) -> None:
        source, target = (self.browser, self.server) if direction == "up" else (self.server, self.browser)
        with suppress(OSError):
            while piece := source.recv(PIECE):
                if direction == "up" and not self.request:
                    self._begins(piece)
                if direction == self.limited and len(piece) > self.left:
                    return self._cut(target, piece[: self.left])
                self.left -= len(piece) if direction == self.limited else 0
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)

    def _begins(self, piece: bytes) -> None:
        self.request = " ".join(piece.decode("latin-1").split(" ", 2)[:2]).partition("?")[0]
        if not self.request.startswith(self.where):
            self.limited = ""

    def _cut(self, target: socket.socket, last: bytes) -> None:
        self.cuts[self.request, self.limited] += 1
        target.sendall(last)
        for end in (self.browser, self.server):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            with suppress(OSError):
                end.shutdown(socket.SHUT_RD)  # wakes whoever reads here
            end.close()


@contextmanager
def weak_network(address: str, seed: int) -> Iterator[Network]:
    """A network in front of the server at `address`, at first a good one."""
    behind = urlsplit(address)
    network = Network((str(behind.hostname), int(behind.port or 80)), random.Random(seed))
    serving = threading.Thread(target=network.serve, daemon=True)
    serving.start()
    yield network
    network.listening.shutdown(socket.SHUT_RDWR)
    network.listening.close()
    serving.join()
