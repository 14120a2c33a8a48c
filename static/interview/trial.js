// An interview for trying: the same engine and screens, a record that keeps nothing, and any question can be looked at,
// asked or not.

import { Row } from "./answers.js";
import { Interview } from "./interview.js";
import { Record } from "./record.js";
import { allProblems, everyStop } from "./review.js";
import { isSame } from "./stops.js";

/** Beside the answers of a preview: `tell` is called whenever something changed. */
export class Unkept extends Record {
  constructor(served, kept) {
    super(served, null, kept ?? null);
    this.tell = () => {};
  }

  /** Told once for everything that changes together. */
  keep() {
    this.telling ??= queueMicrotask(() => {
      delete this.telling;
      this.tell();
    }) ?? true;
  }
}

export class Trial extends Interview {
  show(stop, how) {
    super.show(stop, how);
    this.record.keep();
  }

  /** Every stop, and in its place the one that is only looked at. */
  neighbours() {
    const stops = super.neighbours();
    const { stop } = this;
    if (!stop.item || stops.some((each) => isSame(each, stop))) return stops;
    const after = stops.findIndex((each) => !each.item || each.item.order > stop.item.order);
    return after < 0 ? [...stops, stop] : stops.toSpliced(after, 0, stop);
  }

  finish() {
    if (allProblems(this.route).length) super.finish();
    else this.screen.querySelector(".problem").textContent = this.served.mark;
  }

  /** Show this question: where it stands, or, while it is not asked, out of turn. */
  jump(name) {
    const item = this.definition.byName.get(name);
    if (!item || item.kind === "section") return;
    const found = everyStop(this.route).find((stop) => stop.items.includes(item) || (stop.isList && stop.item === item));
    this.show(found ?? this.#outOfTurn(item));
    const box = this.screen.querySelector(`[data-question="${name}"]`);
    const screens = document.getElementById("interview");
    if (box && this.stop.items[0] !== item) screens.scrollTop += box.getBoundingClientRect().top - screens.getBoundingClientRect().top;
  }

  #outOfTurn(item) {
    const page = this.#pageOf(item);
    if (!page) return this.stop;
    const rows = page.kind === "repeat" && page.together ? [...page.repeats, page.name] : page.repeats;
    const inside = rows.length ? { screen: rows.at(-1), item: this.definition.byName.get(rows.at(-1)), row: this.top, inside: null, items: [], isList: true } : null;
    const row = rows.reduce((above, repeat) => above.rowsOf(repeat)[0] ?? new Row(repeat, above), this.top);
    const screen = page.kind === "repeat" && page.together ? `${page.name}.row` : page.name;
    return { screen, item: page, row, inside, items: page.kind === "question" ? [page] : questions(page), isOutOfTurn: true };
  }

  /** What stands on one screen with the item: itself, or the group around that is shown together. */
  #pageOf(item) {
    const chain = [item];
    while (chain[0].parent && chain[0].parent.kind !== "section") chain.unshift(chain[0].parent);
    return chain.find((each) => each.together) ?? (item.screen ? item : null);
  }
}

function questions(page) {
  return page.children.flatMap((item) => (item.kind === "question" ? [item] : item.kind === "group" ? questions(item) : []));
}
