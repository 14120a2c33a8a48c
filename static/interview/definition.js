// The questionnaire as the script knows it: items in document order, each with its place and its rules.

import { compile } from "./expression.js";

const PARTS = ["_currency", "_period"];

export class Definition {
  constructor(data) {
    Object.assign(this, data);
    this.items = [];
    this.byName = new Map();
    this.fields = new Map(); // every name that a rule may use → where its answers lie
    data.sections.forEach((section, index) => {
      const item = this.#add({ ...section, name: `section:${section.name}`, title: section.name, kind: "section" }, null);
      data.items.filter((each) => each.section === index).forEach((each) => this.#add(each, item));
    });
    this.sections = this.items.filter((item) => item.kind === "section");
  }

  #add(data, section) {
    const item = { ...data, order: this.items.length, children: [], compiled: {} };
    item.parent = data.within ? this.byName.get(data.within) : section;
    item.section = section ?? item;
    item.repeats = item.parent ? around(item.parent) : [];
    item.parent?.children.push(item);
    this.items.push(item);
    this.byName.set(item.name, item);
    if (section) this.fields.set(item.name, { home: item.repeats, isRepeat: item.kind === "repeat" });
    return item;
  }

  /** A rule of an item as a function of its context, compiled when it is first used; null where there is none. */
  rule(item, name) {
    if (!(name in item.compiled)) item.compiled[name] = item[name] ? compile(item[name]) : null;
    return item.compiled[name];
  }

  /** `${fee_currency}` of a money question `fee`, unless a question has that name itself. */
  field(name) {
    if (!this.fields.has(name)) this.fields.set(name, this.#part(name));
    return this.fields.get(name);
  }

  #part(name) {
    const part = PARTS.find((each) => name.endsWith(each));
    const item = part && this.byName.get(name.slice(0, -part.length));
    return item?.type === "money" ? { home: item.repeats, isRepeat: false } : null;
  }

  watchersOf(name) {
    return (this.watchers[name] ?? []).map((each) => this.byName.get(each));
  }

  listOf(item) {
    return this.lists[item.list] ?? [];
  }

  get consentRule() {
    this.compiledConsent ??= this.consent ? compile(this.consent) : null;
    return this.compiledConsent;
  }
}

function around(item) {
  return item.kind === "repeat" ? [...item.repeats, item.name] : item.repeats;
}

/** The path of a question in the answers: `group/question`, `repeat[2]/question`. */
export function pathOf(item, row) {
  const parts = [item.name];
  let at = row;
  for (let above = item.parent; above && above.kind !== "section"; above = above.parent) {
    if (above.kind === "repeat") {
      parts.unshift(`${above.name}[${at.index + 1}]`);
      at = at.parent;
    } else parts.unshift(above.name);
  }
  return parts.join("/");
}
