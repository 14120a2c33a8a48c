"""Static texts are compressed for those who take them so, and otherwise sent as they are."""

import gzip

from mapper import paths

PATH = "/static/css/interview.css"
PLAIN = (paths.STATIC / "css/interview.css").read_bytes()


def test_a_style_sheet_goes_out_compressed_and_is_the_same(client):
    answer = client.get(PATH, headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == PLAIN
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(PLAIN) / 3


def test_without_gzip_it_is_sent_as_it_is(client):
    answer = client.get(PATH, buffered=True)
    assert "Content-Encoding" not in answer.headers
    assert answer.data == PLAIN
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_browser_that_has_it_already_gets_nothing_again(client):
    tag = client.get(PATH, headers={"Accept-Encoding": "gzip"}, buffered=True).headers["ETag"]
    answer = client.get(PATH, headers={"Accept-Encoding": "gzip", "If-None-Match": tag}, buffered=True)
    assert answer.status_code == 304
    assert answer.data == b""
