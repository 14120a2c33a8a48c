"""One entry of a definition, checked against the table of its keys and read value by value.

What is wrong is noted; what is right is read all the same, so that one run finds every problem.
"""

from collections.abc import Callable, Iterator, Mapping

from mapper.definition.keys import Key, Keys, Shape
from mapper.definition.model import Place, Rule
from mapper.definition.raw import Keyed, Listed, Scalar, Value
from mapper.definition.report import Report, nearest
from mapper.expression.parse import ExpressionError, parse
from mapper.notice import Capital, Notice, Small

TRUE = frozenset({"yes", "true"})
FALSE = frozenset({"no", "false"})
_CODES = {"name": "missing_name", "source": "missing_source"}
_WORD_CODES = {"stage": "unknown_stage", "actor": "unknown_actor"}
_EXPECTED: Mapping[Shape, Notice] = {
    "names": Notice("a word, or words in [ ]"),
    "texts": Notice("a word, or words in [ ]"),
    "entries": Notice("keys with values, each on a line of its own"),
    "settings": Notice("keys with values, or text such as start=1 end=10"),
    "list": Notice("a list, each part beginning with a dash"),
}


class Fields:
    """The values of one entry by key. `what` names the kind of entry in messages; `others` allows further keys.

    `present` are the keys that were written with something, whether right or wrong, and those meant by misspelt ones.
    """

    def __init__(self, written: Keyed, keys: Keys, what: str, report: Report, *, others: bool = False) -> None:
        self.place = written.place
        self._keys = keys
        self._report = report
        self._what = what
        self.values: dict[str, Value] = {}
        self.others: dict[str, Value] = {}
        self.present = {key.text for key, value in written.entries if not (value.__class__ is Scalar and value.is_null)}
        for key, value in written.entries:
            known = keys.get(key.text)
            is_text = known and known.words is None and value.__class__ is Scalar and known.shape not in _SHAPES
            if is_text and key.text in self.present:
                self.values[key.text] = value  # nothing can be wrong with it, as with nearly all
            else:
                self._sort(key, value, others)
        self._miss(written)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def text(self, key: str, otherwise: str = "") -> str:
        value = self.values.get(key)
        return value.text.strip() if isinstance(value, Scalar) else otherwise

    def scalar(self, key: str) -> Scalar | None:
        value = self.values.get(key)
        return value if isinstance(value, Scalar) else None

    def place_of(self, key: str) -> Place:
        return self.values[key].place if key in self.values else self.place

    def words(self, key: str) -> tuple[str, ...]:
        """One word or several."""
        return tuple(scalar.text.strip() for scalar in self.word_scalars(key)) if key in self.values else ()

    def word_scalars(self, key: str) -> tuple[Scalar, ...]:
        value = self.values.get(key)
        return () if value is None else tuple(_single_scalars(value))

    def items(self, key: str) -> tuple[Value, ...]:
        value = self.values.get(key)
        return value.items if isinstance(value, Listed) else ()

    def entries(self, key: str) -> tuple[tuple[Scalar, Value], ...]:
        value = self.values.get(key)
        return value.entries if isinstance(value, Keyed) else ()

    def mapping(self, key: str) -> dict[str, str]:
        """Texts by name."""
        return {name.text: value.text.strip() for name, value in self.entries(key) if isinstance(value, Scalar)}

    def settings(self, key: str) -> dict[str, str]:
        """Texts by name, written as entries or, as in XLSForm, like `start=1 end=10`."""
        value = self.scalar(key)
        pairs = (pair.partition("=") for pair in value.text.split()) if value else ()
        return self.mapping(key) or {name: setting for name, _, setting in pairs}

    def flag(self, key: str) -> bool:
        value = self.scalar(key)
        if value is None:
            return False
        word = value.text.strip().lower()
        if word not in TRUE | FALSE:
            message = Notice("'%(key)s' cannot be '%(value)s'.", key=key, value=value.text)
            remedy = Notice("Write yes or no.")
            self._report.add("unknown_value", value, message, remedy)
        return word in TRUE

    def rule(self, key: str) -> Rule | None:
        value = self.scalar(key)
        return None if value is None else rule_of(value, self._report)

    def flag_or_rule(self, key: str) -> Rule | None:
        """`yes` is the rule `true()`; `no` is no rule."""
        value = self.scalar(key)
        word = value.text.strip().lower() if value else "no"
        if word in FALSE:
            return None
        return Rule("true()", parse("true()"), self.place_of(key)) if word in TRUE else self.rule(key)

    def _sort(self, key: Scalar, value: Value, others: bool) -> None:
        known = self._keys.get(key.text)
        if known is None:
            if key.text not in self.present and " " in key.text.strip():
                self._say_cut(key)
                return
            self.others[key.text] = value
            self._sort_unknown(key, others)
        elif key.text not in self.present:
            if not known.needed:
                message = Notice("'%(key)s' has nothing after its colon.", key=key.text)
                self._report.add("empty_value", key, message, Notice("Fill it in or remove it."))
        elif self._fits(key, known, value):
            self.values[key.text] = value
            if known.words is not None:
                self._check_words(key, known.words, value)

    def _fits(self, key: Scalar, known: Key, value: Value) -> bool:
        fits = _SHAPES.get(known.shape)
        if isinstance(value, Scalar) if fits is None else fits(value):
            return True
        expected = _EXPECTED.get(known.shape, Notice("a text"))
        message = Notice("'%(key)s' holds %(kind)s.", key=key.text, kind=value.kind)
        remedy = Notice("Write %(expected)s.", expected=expected)
        self._report.add("wrong_shape", value.place, message, remedy)
        return False

    def _check_words(self, key: Scalar, words: Mapping[str, str], value: Value) -> None:
        for scalar in _single_scalars(value):
            self._report.check_word(_WORD_CODES.get(key.text, "unknown_value"), scalar, key.text, words)

    def _say_cut(self, key: Scalar) -> None:
        """Between { and } a comma ends a value, and the rest of the text becomes a key with nothing behind it."""
        message = Notice("The text before stops at its comma, without '%(key)s'.", key=key.text)
        self._report.add("cut_text", key, message, Notice('Put the whole text into quotes: "first, second".'))

    def _sort_unknown(self, key: Scalar, others: bool) -> None:
        """Where further keys are allowed, only one that seems to stand for a key that is needed is a mistake."""
        absent = [
            name for name, about in self._keys.items() if name not in self.present and (about.needed or not others)
        ]
        meant = nearest(key.text, absent)
        if others and meant is None:
            return
        self.present.add(meant or "")
        remedy = Notice("Keys of %(what)s are %(listed)s.", what=self._what, listed=", ".join(self._keys))
        if meant:
            remedy = Notice("Did you mean '%(meant)s'?", meant=meant)
        if "::" in key.text:
            remedy = Notice("Texts here are English; translations are kept in translations/.")
        message = Notice("%(what)s has no key '%(key)s'.", what=Capital(self._what), key=key.text)
        self._report.add("unknown_key", key, message, remedy)

    def _miss(self, written: Keyed) -> None:
        for name, key in self._keys.items():
            if key.needed and name not in self.present:
                message = Notice("%(what)s needs the key '%(name)s'.", what=Capital(self._what), name=name)
                remedy = Notice("Add %(name)s: %(about)s", name=name, about=Small(key.about))
                self._report.add(_CODES.get(name, "missing_key"), written.place, message, remedy)


def rule_of(value: Scalar, report: Report) -> Rule | None:
    """The rule, or None (and a problem) where it cannot be understood."""
    try:
        return Rule(value.text.strip(), parse(value.text), value.place)
    except ExpressionError as error:
        message = Notice("Column %(column)s of the rule: %(message)s", column=error.column, message=error.message)
        report.add("invalid_rule", value, message, error.remedy, offset=min(error.column - 1, len(value.text)))
        return None


def _single_scalars(value: Value) -> Iterator[Scalar]:
    match value:
        case Scalar():
            yield value
        case Listed(items):
            yield from (item for item in items if isinstance(item, Scalar))


def _is_scalar(value: Value) -> bool:
    return isinstance(value, Scalar)


def _is_words(value: Value) -> bool:
    return isinstance(value, Scalar) or (isinstance(value, Listed) and all(map(_is_scalar, value.items)))


_SHAPES: Mapping[Shape, Callable[[Value], bool]] = {
    "names": _is_words,
    "texts": _is_words,
    "entries": lambda value: isinstance(value, Keyed),
    "settings": lambda value: isinstance(value, Scalar | Keyed),
    "list": lambda value: isinstance(value, Listed),
}
