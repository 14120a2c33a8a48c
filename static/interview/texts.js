// What stands on the page in words: sentences of the program, texts that show an earlier answer or depend on gender,
// and answers as people of the language write them.

import { Format } from "./format.js";
import { unpacked } from "./sections.js";

export class Texts {
  constructor(page, definition) {
    this.page = page;
    this.definition = definition;
    this.strings = JSON.parse(page.getElementById("strings").textContent);
    this.format = new Format(definition.locale);
    this.choices = new Map();
  }

  string(name, values = {}) {
    return (this.strings[name] ?? name).replace(/%\((\w+)\)s/g, (_, key) => values[key]);
  }

  number(value) {
    return this.format.number(value);
  }

  /** A text of the questionnaire: itself, or the number of one with several forms. */
  said(text, route, row) {
    return typeof text === "number" ? this.#filled(this.#form(text, route), route, row) : text;
  }

  /** Finish every text below an element. */
  finish(element, route, row) {
    for (const each of element.querySelectorAll("[data-text]")) {
      const text = this.said(Number(each.dataset.text), route, row);
      if (each.textContent !== text) each.textContent = text;
    }
  }

  /** The text of one element, finished, without touching the page. */
  of(element, route, row) {
    const unfinished = element?.querySelector("[data-text]");
    return unfinished ? this.said(Number(unfinished.dataset.text), route, row) : element?.textContent.trim() ?? "";
  }

  label(item, route, row) {
    return this.of(unpacked(this.page, item).querySelector(`[data-question="${item.name}"] .label`), route, row);
  }

  listLabel(repeat, route, row) {
    return this.of(unpacked(this.page, repeat).querySelector(`[data-screen="${repeat.name}"] .label`), route, row);
  }

  sectionLabel(section) {
    return this.page.getElementById(`~${section.title}`).dataset.label;
  }

  choiceLabel(item, value, route, row) {
    const listed = this.definition.listOf(item).find((choice) => choice.name === value);
    if (listed?.label !== undefined) return this.said(listed.label, route, row);
    if (!this.choices.has(item.name)) {
      const inputs = unpacked(this.page, item).querySelectorAll(`[data-question="${item.name}"] .choice :is(input, select)`);
      this.choices.set(item.name, new Map([...inputs].map((each) => [each.dataset.choice ?? each.value, each.parentElement])));
    }
    return this.of(this.choices.get(item.name).get(value), route, row) || value;
  }

  /** An answer as it is shown back; "" when there is none. */
  answer(item, route, row) {
    const missing = row.missing.get(item.name);
    if (missing) return this.string(missing);
    if (item.calculation) return this.format.digits(row.seen.get(item.name) ?? "");
    const raw = row.given.get(item.name);
    const read = route.reading(item, row);
    if (read.value === undefined) return typeof raw === "string" ? raw : "";
    return (SHOWN[item.type] ?? String)(read.value, this, item, route, row);
  }

  money(value) {
    const period = value.period && value.period !== "once" ? ` ${this.string(value.period)}` : "";
    return `\u2068${value.currency}\u00a0${this.number(value.amount)}\u2069${period}`;
  }

  date(value, item) {
    const precision = (item.appearance ?? [])[0];
    return this.format.date(value, { year: "year", "month-year": "month" }[precision] ?? "day");
  }

  #form(key, route) {
    const [neutral, variants = {}] = this.definition.texts[key];
    const known = this.known(route);
    const fitting = Object.keys(variants).filter((context) => context.split(";").every((part) => known.includes(part)));
    fitting.sort((one, other) => other.length - one.length); // the most particular first
    return fitting.length ? variants[fitting[0]] : neutral;
  }

  /** What is known that may change a wording. */
  known(route) {
    const gender = this.gender ?? (this.definition.gender && route.top.seen.get(this.definition.gender));
    return [`respondent_gender=${gender}`, `speaker=${this.speaker ?? ""}`];
  }

  #filled(text, route, row) {
    return text.replace(/\$\{\s*([\w.-]+)\s*\}/g, (_, name) => {
      const item = this.definition.byName.get(name);
      if (!item) return (route.context(row).field(name) ?? []).filter(Boolean).join(", ");
      let home = row;
      while (home.parent && !item.repeats.includes(home.repeat)) home = home.parent;
      const isMine = item.repeats.length === 0 || item.repeats.at(-1) === home.repeat;
      if (isMine) return (route.isAsked(item, home) && this.answer(item, route, home)) || "…";
      return (route.context(row).field(name) ?? []).filter(Boolean).join(", ") || "…";
    });
  }
}

const SHOWN = {
  integer: (value, texts) => texts.number(value),
  decimal: (value, texts) => texts.number(value),
  range: (value, texts) => texts.number(value),
  date: (value, texts, item) => texts.date(value, item),
  money: (value, texts) => texts.money(value),
  acknowledge: (_, texts) => texts.string("recorded"),
  select_one: (value, texts, item, route, row) => texts.choiceLabel(item, value, route, row),
  select_multiple: (value, texts, item, route, row) => texts.format.list(value.map((name) => texts.choiceLabel(item, name, route, row))),
  rank: (value, texts, item, route, row) => value.map((name, place) => `${texts.number(place + 1)}. ${texts.choiceLabel(item, name, route, row)}`).join(" "),
};
