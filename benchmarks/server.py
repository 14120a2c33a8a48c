"""A server of our own on loopback, and many senders at once."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

PATIENCE = 30  # seconds until a server must answer


@dataclass(frozen=True)
class Server:
    port: int
    token: str
    process: "subprocess.Popen[bytes]"

    def processor_seconds(self) -> float:
        """What the server has computed so far: its process and the worker that it started (Linux)."""
        ours = [stat for stat in map(_stat, Path("/proc").glob("[0-9]*")) if stat and self.process.pid in stat[:2]]
        return sum(stat[2] for stat in ours) / os.sysconf("SC_CLK_TCK")

    def connect(self) -> "closing[http.client.HTTPConnection]":
        return closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60))

    def ask(self, connection: http.client.HTTPConnection, method: str, path: str, content: Any) -> tuple[int, Any]:
        """Status and content of the answer."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        connection.request(method, path, json.dumps(content).encode(), headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


def _stat(process: Path) -> tuple[int, int, int] | None:
    """Number, number of the parent, and ticks of the processor; None of a process that has ended."""
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(process.name), int(fields[1]), int(fields[11]) + int(fields[12])


@contextmanager
def serving(application: str, token: str) -> Iterator[Server]:
    """The application as `mapper serve` runs it, in a process of its own that ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = f"from mapper.cli import serve; serve.run('127.0.0.1', {port}, {application!r})"
    with subprocess.Popen([sys.executable, "-c", start], stdout=subprocess.DEVNULL) as process:
        try:
            server = Server(port, token, process)
            _await(server)
            yield server
        finally:
            process.terminate()


def _await(server: Server) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with server.connect() as connection:
                if server.ask(connection, "GET", "/healthz", None)[0] == 200:
                    return
        except OSError:
            if time.monotonic() > until:
                raise
        time.sleep(0.1)


@dataclass(frozen=True)
class Sent:
    """Seconds from sending to receipt of each response, of all together, and what the server computed meanwhile."""

    each: Sequence[float]
    seconds: float
    processor: float

    @property
    def rate(self) -> float:
        return len(self.each) / self.seconds

    @property
    def work(self) -> float:
        """Milliseconds of processor for one response."""
        return 1000 * self.processor / len(self.each)

    @property
    def p99(self) -> float:
        return sorted(self.each)[int(0.99 * len(self.each))]


def put_all(server: Server, bodies: Sequence[Any], clients: int, every: float = 0.0) -> Sent:
    """Each client puts its share one after the other, over one connection; with `every`, one in so many seconds."""

    def client(number: int) -> list[float]:
        with server.connect() as connection:
            time.sleep(every * number / clients)
            return [_paced(partial(_put, server, connection, body), every) for body in bodies[number::clients]]

    computed, begun = server.processor_seconds(), time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        each = [took for share in pool.map(client, range(clients)) for took in share]
    return Sent(each, time.perf_counter() - begun, server.processor_seconds() - computed)


def _paced(work: Callable[[], object], every: float) -> float:
    begun = time.perf_counter()
    work()
    took = time.perf_counter() - begun
    time.sleep(max(0.0, every - took))
    return took


def _put(server: Server, connection: http.client.HTTPConnection, body: Any) -> None:
    status, answer = server.ask(connection, "PUT", f"/api/responses/{uuid4()}", body)
    assert status == 201, answer


def post_together(server: Server, bodies: Sequence[Any]) -> Sent:
    """All of them in one request, which is one transaction."""
    with server.connect() as connection:
        computed, begun = server.processor_seconds(), time.perf_counter()
        items = [{"id": str(uuid4()), "body": body} for body in bodies]
        _, answer = server.ask(connection, "POST", "/api/responses", items)
        took = time.perf_counter() - begun
    assert {receipt["http"] for receipt in answer["receipts"]} == {201}, answer
    return Sent([took] * len(bodies), took, server.processor_seconds() - computed)
