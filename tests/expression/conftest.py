"""Rules computed by `static/interview/expression.js` in a real browser."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mapper import paths

Run = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]

# A context over data; what it answers beside fields is invented, the same way as by `Interview` in test_script.py.
_SHIM = """
const plain = (number) => (Number.isFinite(number) ? number : String(number));
const context = (interview) => ({
  field: (name) => interview.fields[name] ?? null,
  indexed: (name, pairs) => interview.indexed[JSON.stringify([name, pairs])],
  here: () => interview.text,
  ownValue: () => interview.text,
  position: () => interview.row,
  choiceLabel: (question, value) => `${question}/${value}`,
  lookup: (...cell) => cell.join("/"),
  now: () => new Date(interview.now),
});
window.results = (text) => JSON.stringify(JSON.parse(text).map(({ script, interview }) => {
  const value = compile(script)(context(interview));
  return { string: toText(value), number: plain(toNumber(value)), boolean: toBoolean(value) };
}));
"""


@pytest.fixture(scope="module")
def in_browser(browser: Any) -> Iterator[Callable[[str], Run]]:
    """`in_browser("Asia/Kathmandu")` gives a function that computes rules in a browser whose clock is set there.

    Each item is {"script": …, "interview": …}; each result has `string`, `number` and `boolean`. Texts travel as JSON,
    which keeps halves of emoji that a cut left alone.
    """
    pages: dict[str, Any] = {}

    def page_in(zone: str) -> Run:
        if zone not in pages:
            pages[zone] = browser.new_context(timezone_id=zone).new_page()
            source = (paths.STATIC / "interview" / "expression.js").read_text("utf-8")
            pages[zone].add_script_tag(content=source + _SHIM, type="module")
            pages[zone].wait_for_function("window.results !== undefined")
        return lambda rules: json.loads(pages[zone].evaluate("text => window.results(text)", json.dumps(rules)))

    yield page_in
    for page in pages.values():
        page.context.close()
