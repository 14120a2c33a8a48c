"""Static texts are compressed for those who take them so, and otherwise sent as they are."""

import gzip
import re

from mapper import paths
from mapper.document.bundle import stamped

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


def test_the_sheets_of_a_page_are_fetched_once_and_kept_while_they_stay_the_same(client):
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)">', client.get("/sign-in").text)
    assert len(sheets) > 1
    for address in sheets:
        answer = client.get(address, buffered=True)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"], address


def test_an_address_that_names_other_contents_is_asked_for_again(client):
    older = stamped("css/interview.css")[:-1] + "!"
    assert client.get(older, buffered=True).headers["Cache-Control"] == "no-cache"
    assert client.get("/static/css/none.css?v=1").status_code == 404
