"""Checks of rules and texts: the names in them, and when those questions are asked."""

from mapper.definition.draft import RuleUse, Subject, TextUse
from mapper.definition.model import Place, Question, Repeat
from mapper.definition.raw import Scalar
from mapper.definition.report import did_you_mean, nearest
from mapper.definition.scope import IN_TEXT, Scope, is_lookup, type_of
from mapper.definition.types import WORDS
from mapper.expression.nodes import Call, Here, Parent, Reference, Text
from mapper.notice import Notice

OWN_ANSWER = frozenset({"constraint", "constraint_message", "required", "required_message", "urgent", "calculation"})
HAS_DOT = frozenset({"constraint", "required", "urgent", "calculation"})
ALWAYS_THERE = frozenset({"today", "start", "end", "hidden"})
LONGEST_WAY = 8  # calculations of a circle that are named


def names_in_rules(scope: Scope) -> None:
    for use in scope.notes.rules:
        is_filter = use.key == "choice_filter"
        for node in use.nodes:
            if isinstance(node, Reference) and not (is_filter and node.bare):
                _known_name(node, use, scope)


def _known_name(node: Reference, use: RuleUse, scope: Scope) -> None:
    known, at = scope.find(node.name) is not None, node.at - 1
    if known and node.bare:
        message = Notice("The question %(name)s stands without ${ }.", name=node.name)
        remedy = Notice("Write ${%(name)s}.", name=node.name)
        scope.report.add("bare_reference", use.written, message, remedy, offset=at)
    elif not known and node.bare:
        meant = nearest(node.name, scope.written)
        remedy = Notice("Write '%(name)s' if it is text.", name=node.name)
        if meant:
            remedy = Notice(
                "Write '%(name)s' if it is text, or ${%(meant)s} for that question.", name=node.name, meant=meant
            )
        message = Notice("The word %(name)s is neither a question nor in quotes.", name=node.name)
        scope.report.add("unquoted_text", use.written, message, remedy, offset=at)
    elif not known:
        _unknown_question(node.name, use.written, at, scope)


def names_in_texts(scope: Scope) -> None:
    for use, name, at in scope.shown:
        if scope.find(name) is None:
            _unknown_question(name, use.written, at, scope)


def names_in_choices(scope: Scope) -> None:
    for name in scope.used_lists:
        for choice in scope.survey.choices.get(name, ()):
            for match in IN_TEXT.finditer(choice.label):
                if scope.find(match[1]) is None and choice.place:
                    message = Notice(
                        "A choice of '%(name)s' shows ${%(shown)s}, which is not a question.", name=name, shown=match[1]
                    )
                    remedy = did_you_mean(match[1], scope.written, Notice("Name a question of this questionnaire."))
                    scope.report.add("unknown_question", choice.place, message, remedy)


def _unknown_question(name: str, written: Scalar, at: int, scope: Scope) -> None:
    remedy = did_you_mean(name, scope.written, Notice("Name a question of this questionnaire."))
    message = Notice("There is no question '%(name)s'.", name=name)
    scope.report.add("unknown_question", written, message, remedy, offset=at)


def asked_in_time(scope: Scope) -> None:
    """A rule or text looks only at what has been asked before; some may look at the question's own answer too."""
    circular = scope.circular
    for use in scope.notes.rules:
        for node in use.nodes:
            if not isinstance(node, Reference) or (node.bare and use.key == "choice_filter"):
                continue
            if not (use.key == "calculation" and node.name in circular and use.subject.name in circular):
                _in_time(node.name, node.at - 1, use, scope)
    for text, name, at in scope.shown:
        _in_time(name, at, text, scope)


def _in_time(name: str, at: int, use: RuleUse | TextUse, scope: Scope) -> None:
    written = scope.find(name)
    if written is None or use.subject.kind not in ("item", "section"):
        return
    asked, here = written.subject.order, use.subject.order
    if asked < here or (asked == here and use.key in OWN_ANSWER) or _type_name(written.item) in ALWAYS_THERE:
        return
    code = "calculated_too_early" if use.key == "calculation" else "used_before_asked"
    message = Notice("'%(key)s' needs the answer to '%(name)s', which is itself asked here.", key=use.key, name=name)
    if asked != here:
        message = _asked_later(name, written.subject.place, use)
    remedy = Notice("Move one of the two, or ask for something known before.")
    scope.report.add(code, use.written, message, remedy, offset=at)


def _asked_later(name: str, there: Place, use: RuleUse | TextUse) -> Notice:
    said: dict[str, object] = {"key": use.key, "name": name, "line": there.line}
    if there.file == use.written.place.file:
        return Notice("'%(key)s' needs the answer to '%(name)s', which is asked later, on line %(line)s.", **said)
    return Notice(
        "'%(key)s' needs the answer to '%(name)s', which is asked later, on line %(line)s of %(file)s.",
        file=there.file,
        **said,
    )


def _type_name(item: object) -> str:
    return item.type if isinstance(item, Question) else ""


def calculations_end(scope: Scope) -> None:
    """No calculation needs its own result."""
    for circle in scope.circles:
        use = scope.calculations[circle[0]]
        way = circle if len(circle) <= LONGEST_WAY else (*circle[: LONGEST_WAY - 1], "…")
        message = Notice("This calculation needs its own result: %(chain)s.", chain=" → ".join((*way, circle[0])))
        remedy = Notice("Break the circle at one of these questions.")
        scope.report.add("circular_calculation", use.written, message, remedy)


def dots_have_an_answer(scope: Scope) -> None:
    for use in scope.notes.rules:
        dots = [node for node in use.nodes if isinstance(node, Here)]
        if dots and use.key not in HAS_DOT:
            message = Notice("The dot means the question's own answer, which '%(key)s' does not have.", key=use.key)
            remedy = Notice("Name a question: ${name}.")
            scope.report.add("no_own_answer", use.written, message, remedy, offset=dots[0].at - 1)


def references_have_answers(scope: Scope) -> None:
    for use, node in scope.single_references:
        written = None if node.bare else scope.written.get(node.name)
        if written and type_of(written.item).answer == "nothing":
            kind = _type_name(written.item) or type(written.item).__name__.lower()
            message = Notice(
                "'%(name)s' is a %(kind)s and has no answer of its own.", name=node.name, kind=WORDS.get(kind, kind)
            )
            remedy = Notice("Name a question that is answered.")
            if kind == "repeat":
                remedy = Notice("Write count(${%(name)s}) for the number of its rows.", name=node.name)
            scope.report.add("no_answer", use.written, message, remedy, offset=node.at - 1)


def rows_are_counted(scope: Scope) -> None:
    """A question inside a repeat has an answer for each row; from outside one has to say what to do with them."""
    for use, node in scope.single_references:
        if not (node.bare and use.key == "choice_filter"):
            _same_row(node.name, node.at - 1, use.written, use.subject, scope)
    for text, name, at in scope.shown:
        _same_row(name, at, text.written, text.subject, scope)


def _same_row(name: str, at: int, scalar: Scalar, subject: Subject, scope: Scope) -> None:
    written, owner = scope.find(name), scope.owner(subject)
    around = owner.repeats if owner else ()
    if written is None or set(written.repeats) <= set(around):
        return
    if owner and isinstance(owner.item, Repeat) and set(written.repeats) <= {*around, owner.item.name}:
        return  # the label of a repeat is shown in each of its rows
    message = Notice(
        "'%(name)s' is asked in each row of '%(repeat)s'; outside it, only the first row is seen.",
        name=name,
        repeat=written.repeats[-1],
    )
    remedy = Notice("Use sum(${%(name)s}), count, join or the like, or indexed-repeat for one row.", name=name)
    scope.report.add("outside_repeat", scalar, message, remedy, offset=at)


def positions_are_in_repeats(scope: Scope) -> None:
    for use in scope.notes.rules:
        owner = scope.owner(use.subject)
        for node in use.nodes:
            if isinstance(node, Parent) and not (owner and owner.repeats):
                message = Notice("position(..) has a value only inside a repeat.")
                remedy = Notice("Remove it, or move the question.")
                scope.report.add("position_outside_repeat", use.written, message, remedy, offset=node.at - 1)


def columns_exist(scope: Scope) -> None:
    for use in scope.notes.rules:
        if use.key == "choice_filter":
            _filter_columns(use, scope)
        for node in use.nodes:
            if isinstance(node, Call) and is_lookup(node):
                _lookup_columns(node, use, scope)


def _filter_columns(use: RuleUse, scope: Scope) -> None:
    owner = scope.owner(use.subject)
    list_name = owner.item.list_name if owner and isinstance(owner.item, Question) else None
    if (columns := scope.columns.get(list_name or "")) is None:
        return
    for node in use.nodes:
        if isinstance(node, Reference) and node.bare and node.name not in columns:
            message = Notice("The list '%(name)s' has no column '%(column)s'.", name=list_name, column=node.name)
            known = Notice("Its columns are %(listed)s.", listed=", ".join(sorted(columns)))
            remedy = (
                Notice("Write ${%(name)s}.", name=node.name)
                if node.name in scope.written
                else did_you_mean(node.name, columns, known)
            )
            scope.report.add("unknown_column", use.written, message, remedy, offset=node.at - 1)


def _lookup_columns(call: Call, use: RuleUse, scope: Scope) -> None:
    listed, *columns = call.arguments[:3]
    if not isinstance(listed, Text):
        return
    if listed.value not in scope.columns:
        remedy = did_you_mean(listed.value, scope.columns, Notice("Define it under choices:."))
        message = Notice("There is no choice list '%(name)s' to look into.", name=listed.value)
        scope.report.add("missing_choice_list", use.written, message, remedy, offset=listed.at - 1)
        return
    known = scope.columns[listed.value]
    for column in columns:
        if isinstance(column, Text) and column.value not in known:
            message = Notice("The list '%(name)s' has no column '%(column)s'.", name=listed.value, column=column.value)
            remedy = did_you_mean(
                column.value, known, Notice("Its columns are %(listed)s.", listed=", ".join(sorted(known)))
            )
            scope.report.add("unknown_column", use.written, message, remedy, offset=column.at - 1)
