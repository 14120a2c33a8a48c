"""The weak network of these tests does what it says; see weak.py."""

import http.client
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.tablet.offline.weak import weak_network


@pytest.fixture
def counting():
    """Address of a server that answers a post with 3,000 bytes, and the bodies that it read whole."""
    whole = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            size = int(self.headers["Content-Length"])
            body = self.rfile.read(size)
            if len(body) == size:
                whole.append(body)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"r" * 3000)

        def log_message(self, *_):
            pass

        def handle(self):
            with suppress(ConnectionError):
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", whole
    server.shutdown()
    server.server_close()


def post(address: str) -> int:
    """Bytes of the answer that arrived; -1 where the connection ended before."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=5)
    try:
        connection.request("POST", "/sent", body=b"s" * 100_000)
        return len(connection.getresponse().read())
    except (OSError, http.client.HTTPException):
        return -1
    finally:
        connection.close()


def test_connections_are_cut_in_both_directions_and_a_strong_network_carries_everything(counting):
    address, whole = counting
    with weak_network(address, seed=3) as network:
        assert post(network.address) == 3000
        network.weak = 100
        got = [post(network.address) for _ in range(60)]
        up, down = network.cuts_of("POST /sent", "up"), network.cuts_of("POST /sent", "down")
        network.weak = 0
        assert post(network.address) == 3000
    assert min(up, down) > 5
    assert sum(each == 3000 for each in got) == 60 - up - down
    assert len(whole) == 62 - up, "what was cut on the way back had arrived"
