// For each question of a preview whether it is asked now, and if not, which conditions of its rules do not hold.
// The server says each condition in words (`served.rules`); whether it holds is worked out by the interview's own engine.

import { toBoolean, compile } from "./expression.js";

/** In document order: name, wording, section, `state` (asked, answered, not_asked, computed), the answer as it is shown,
 * and of a question not asked the conditions that fail (`whole`: of its whole section); `rows` is the name of a list
 * without any row. */
export function explained(interview) {
  const { definition } = interview;
  const found = definition.items.filter((item) => item.kind === "question" && item.type !== "note");
  return found.map((item) => ({ name: item.name, section: interview.texts.sectionLabel(item.section), ...described(item, interview) }));
}

function described(item, interview) {
  const { route, texts, top } = interview;
  const rows = rowsOf(item, route, top);
  const row = rows.find((each) => route.isAsked(item, each)) ?? rows[0] ?? top;
  const label = item.silent ? "" : texts.label(item, route, row);
  const isAsked = rows.some((each) => route.isAsked(item, each));
  const answer = isAsked && (item.silent || route.isAnswered(item, row)) ? texts.answer(item, route, row) ?? "" : "";
  const state = !isAsked ? "not_asked" : item.silent ? "computed" : answer ? "answered" : "asked";
  const around = chain(item).filter((each) => rows.length || !each.repeats.length);
  const { why = [], whole = false } = isAsked ? {} : failing(around, row, interview);
  return { label, state, answer, why, whole, rows: isAsked || why.length ? "" : emptyList(item, interview) };
}

function rowsOf(item, route, top) {
  return item.repeats.reduce((rows, repeat) => rows.flatMap((row) => route.rowsSeen(row, repeat)), [top]);
}

/** The conditions that fail, those of the outermost section or group first; what is inside cannot be asked before. */
function failing(around, row, interview) {
  for (const each of around) {
    const parts = (interview.served.rules[each.name] ?? []).filter(([, tree]) => !holds(tree, each, row, interview));
    if (parts.length) return { why: parts.map(([words]) => words), whole: each.kind === "section" };
  }
  return {};
}

function holds(tree, item, row, { route }) {
  let home = row;
  while (home.parent && home.repeat !== item.repeats.at(-1)) home = home.parent;
  const own = home.seen.get(item.name) ?? "";
  return toBoolean(compile(tree)(route.view.at(item, home, own, null)));
}

function chain(item) {
  return item ? [...chain(item.parent), item] : [];
}

function emptyList(item, { route, texts, definition, top }) {
  const list = definition.byName.get(item.repeats[0]);
  return list ? texts.listLabel(list, route, top) : "";
}
