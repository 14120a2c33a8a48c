// Which questions are asked, given the answers so far, and what is wrong with an answer. The same meaning as
// `mapper/interview/route.py`; an answer that is not asked for counts as blank.
//
// Only what depends on a change is worked out again: `watchers` of the definition says which items look at which.

import { isBlank, reading, Row } from "./answers.js";
import { toBoolean, toNumber, toText } from "./expression.js";
import { View } from "./view.js";

const MOST_ROWS = 1000; // in one interview, as on the server
const ENOUGH = 200_000; // steps; a circle of rules, which `survey check` refuses, ends here

export class Route {
  /** `labelOf(item, value, route)` says how a choice is called: rules may ask for it as soon as they are worked out. */
  constructor(definition, top, now = () => new Date(), labelOf = (_, value) => value) {
    this.definition = definition;
    this.top = top;
    this.now = now;
    this.labelOf = (item, value) => (value === "" ? "" : labelOf(item, value, this));
    this.view = new View(this);
    this.#settle(definition.items);
  }

  /** Record an answer; a reason for having none goes away. */
  give(item, row, raw) {
    row.missing.delete(item.name);
    row.given.set(item.name, raw);
    this.#settle([item]);
  }

  /** Record why there is no answer (null: take the reason back). */
  excuse(item, row, kind) {
    row.given.delete(item.name);
    if (kind) row.missing.set(item.name, kind);
    else row.missing.delete(item.name);
    this.#settle([item]);
  }

  addRow(repeat, above) {
    const row = new Row(repeat.name, above);
    above.rowsOf(repeat.name).push(row);
    this.#fillDefaults(repeat, row);
    this.#rowsChanged(repeat);
    return row;
  }

  /** Take a row out and return its place, so that it can be put back. */
  removeRow(repeat, row) {
    const rows = row.parent.rowsOf(repeat.name);
    const place = rows.indexOf(row);
    rows.splice(place, 1);
    this.#rowsChanged(repeat);
    return place;
  }

  insertRow(repeat, row, place) {
    row.parent.rowsOf(repeat.name).splice(place, 0, row);
    this.#rowsChanged(repeat);
  }

  isAsked(item, row) {
    return row.asked.get(item.name) === true;
  }

  /** Rows of a hidden repeat do not exist; of a counted repeat as many as the count says (the others are kept). */
  rowsSeen(row, repeat) {
    if (!row.asked.get(repeat)) return [];
    return row.counts.has(repeat) ? row.rowsOf(repeat).slice(0, row.counts.get(repeat)) : row.rowsOf(repeat);
  }

  /** Names of the choices that apply now. */
  offered(item, row) {
    const list = this.definition.listOf(item);
    const filter = this.definition.rule(item, "filter");
    if (!filter) return (item.offeredAlways ??= list.map((choice) => choice.name));
    return list.filter((choice) => this.#holds(filter, item, row, "", choice)).map((choice) => choice.name);
  }

  reading(item, row) {
    return reading(item, row.given.get(item.name), item.list ? this.offered(item, row) : []);
  }

  isAnswered(item, row) {
    return row.missing.has(item.name) || !isBlank(row.given.get(item.name));
  }

  /** What is wrong with a question as it stands: {kind, message} with a key of the strings or a text; null: nothing. */
  problem(item, row) {
    if (item.kind !== "question" || item.silent || !this.isAsked(item, row) || row.missing.has(item.name)) return null;
    const read = item.calculation ? { text: row.seen.get(item.name) } : this.reading(item, row);
    if (read.fault) return { kind: read.kind, fault: read.fault };
    if (read.text === "") return this.#rule(item, "required", row, "") ? this.#said(item, "required") : null;
    const fits = !item.constraint || this.#rule(item, "constraint", row, read.text);
    return fits ? null : this.#said(item, "constraint");
  }

  isUrgent(item, row) {
    const text = row.seen.get(item.name) ?? "";
    return Boolean(item.urgent) && text !== "" && this.#rule(item, "urgent", row, text);
  }

  /** Whether consent was asked and not given. */
  get isRefused() {
    const rule = this.definition.consentRule;
    return rule !== null && !toBoolean(rule(this.context(this.top))) && this.consentItems.some((item) => this.isAnswered(item, this.top));
  }

  get consentItems() {
    const watched = JSON.stringify(this.definition.consent ?? "");
    const named = (item) => item.kind === "question" && !item.silent && watched.includes(JSON.stringify(item.name));
    return (this.consented ??= this.definition.items.filter(named));
  }

  context(row) {
    return this.view.at(null, row, "", null);
  }

  // Working out -----------------------------------------------------------------------------------------------------

  #said(item, kind) {
    return { kind, message: item[`${kind}_message`], fault: kind };
  }

  #rule(item, name, row, own) {
    const rule = this.definition.rule(item, name);
    return rule !== null && this.#holds(rule, item, row, own, null);
  }

  #holds(rule, item, row, own, choice) {
    return toBoolean(rule(this.view.at(item, row, own, choice)));
  }

  #rowsChanged(repeat) {
    this.#settle(this.#touched(repeat));
  }

  /** What has to be worked out when rows come or go: everything in them, and whatever looks at that. */
  #touched(repeat) {
    const inside = [repeat, ...below(repeat)];
    return [...inside, ...inside.flatMap((item) => this.definition.watchersOf(item.name))];
  }

  #settle(items) {
    this.changes = (this.changes ?? 0) + 1;
    const waiting = new Uint8Array(this.definition.items.length);
    const mark = (item) => {
      if (item.order < at) at = item.order;
      waiting[item.order] = 1;
    };
    let at = waiting.length;
    items.forEach(mark);
    for (let steps = 0; at < waiting.length && steps < ENOUGH; steps++) {
      const order = at++;
      if (!waiting[order]) continue;
      waiting[order] = 0;
      this.#work(this.definition.items[order], mark);
    }
  }

  #work(item, mark) {
    let moved = false;
    for (const row of this.#instances(item.repeats)) {
      const before = row.asked.get(item.name);
      const asked = this.#parentAsked(item, row) && this.#isRelevant(item, row);
      row.asked.set(item.name, asked);
      const counted = item.count && asked && this.#count(item, row);
      if (item.kind === "repeat" && (before !== asked || counted)) this.#touched(item).slice(1).forEach(mark);
      else if (before !== asked) item.children.forEach(mark);
      if (before !== asked) moved = true;
      if (item.kind === "question" && this.#see(item, row, asked)) moved = true;
    }
    if (moved) this.definition.watchersOf(item.name).forEach(mark);
  }

  #isRelevant(item, row) {
    return !item.relevant || this.#rule(item, "relevant", row, row.seen.get(item.name) ?? "");
  }

  #parentAsked(item, row) {
    if (!item.parent) return true;
    return (item.parent.kind === "repeat" ? row.parent : row).asked.get(item.parent.name) === true;
  }

  /** Bring what rules see of a question up to date; whether that changed. */
  #see(item, row, asked) {
    const read = asked && !row.missing.has(item.name) ? this.#answer(item, row) : { text: "" };
    const parts = Object.entries(read.parts ?? (item.type === "money" ? { _currency: "", _period: "" } : {}));
    let changed = swap(row.seen, item.name, read.text);
    for (const [part, text] of parts) {
      if (!this.definition.byName.has(item.name + part)) changed = swap(row.seen, item.name + part, text) || changed;
    }
    return changed;
  }

  #answer(item, row) {
    if (!item.calculation) return this.reading(item, row);
    const rule = this.definition.rule(item, "calculation");
    const text = toText(rule(this.view.at(item, row, row.seen.get(item.name) ?? "", null)));
    if (["calculate", "hidden", "text", "note"].includes(item.type)) return { text };
    return reading(item, Number.isNaN(Number(text)) ? text : Number(text), item.list ? this.offered(item, row) : []);
  }

  /** Bring a counted repeat to its number of rows; whether that changed. */
  #count(item, row) {
    const wanted = toNumber(this.definition.rule(item, "count")(this.view.at(item, row, "", null)));
    const count = Math.min(Math.max(0, Math.floor(wanted) || 0), MOST_ROWS);
    const rows = row.rowsOf(item.name);
    for (let added; rows.length < count; this.#fillDefaults(item, added)) rows.push((added = new Row(item.name, row)));
    const before = row.counts.get(item.name);
    row.counts.set(item.name, count);
    return before !== count;
  }

  #fillDefaults(repeat, row) {
    const depth = repeat.kind === "repeat" ? repeat.repeats.length + 1 : 0;
    for (const item of below(repeat)) {
      if (item.default !== undefined && item.repeats.length === depth) row.given.set(item.name, defaultOf(item));
    }
  }

  /** What stands in the questionnaire at the start, before anybody answers. */
  begin() {
    this.definition.sections.forEach((section) => this.#fillDefaults(section, this.top));
    for (const item of this.definition.items) {
      const value = START[item.type]?.(this.now());
      if (value && item.repeats.length === 0) this.top.given.set(item.name, value);
    }
    this.#settle(this.definition.items);
  }

  /** Work out everything from answers that were kept. */
  resume() {
    this.#settle(this.definition.items);
  }

  #instances(repeats) {
    let rows = [this.top];
    for (const repeat of repeats) rows = rows.flatMap((row) => this.rowsSeen(row, repeat));
    return rows;
  }
}

function below(item) {
  return item.children.flatMap((child) => [child, ...below(child)]);
}

function swap(map, key, text) {
  const before = map.get(key) ?? "";
  map.set(key, text);
  return before !== text;
}

function defaultOf(item) {
  if (["select_multiple", "rank"].includes(item.type)) return item.default.split(" ").filter(Boolean);
  return ["integer", "decimal", "range"].includes(item.type) ? Number(item.default) : item.default;
}

/** Local time with its offset, as ISO text. */
export function localTime(moment) {
  const offset = -moment.getTimezoneOffset();
  const local = new Date(moment.getTime() + offset * 60_000).toISOString().slice(0, -1);
  const two = (value) => String(Math.floor(value)).padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
}

const START = { today: (now) => localTime(now).slice(0, 10), start: localTime };
