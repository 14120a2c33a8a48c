// What a rule sees from where it stands: the answers that count now, as text, row by row.

/** The context of rules in one row; `choice` is the choice that a filter looks at. One object, moved from row to row. */
export class View {
  constructor(route) {
    this.route = route;
    this.now = () => route.now();
  }

  at(item, row, own, choice) {
    this.item = item;
    this.row = row;
    this.own = own;
    this.choice = choice;
    return this;
  }

  field(name) {
    if (this.choice && name.startsWith("\0")) return [column(this.choice, name.slice(1))];
    const field = this.route.definition.field(name);
    if (!field) return null;
    return this.#values(name, field, this.#rows(field.home, new Map()));
  }

  indexed(name, places) {
    const field = this.route.definition.field(name);
    return field && this.#values(name, field, this.#rows(field.home, new Map(places)));
  }

  here() {
    return this.own;
  }

  ownValue() {
    return this.own;
  }

  position() {
    return this.item?.parent?.kind === "repeat" ? this.row.index + 1 : 1;
  }

  choiceLabel(question, value) {
    const item = this.route.definition.byName.get(question);
    return item ? this.route.labelOf(item, value) : "";
  }

  lookup(list, name, keyName, key) {
    const found = (this.route.definition.lists[list] ?? []).find((choice) => column(choice, keyName) === key);
    return found ? column(found, name) : "";
  }

  #values(name, field, rows) {
    if (field.isRepeat) return rows.flatMap((row) => this.route.rowsSeen(row, name).map(() => ""));
    return rows.map((row) => row.seen.get(name) ?? "");
  }

  /** One's own row as far as the repeats are shared, then every row; a place stands for the row of that number. */
  #rows(home, places) {
    if (home.length === 0) return [this.route.top];
    const chain = [];
    for (let row = this.row; row; row = row.parent) chain.unshift(row);
    let rows = [chain[0]];
    let shared = true;
    home.forEach((repeat, depth) => {
      shared &&= chain[depth + 1]?.repeat === repeat;
      const below = () => rows.flatMap((row) => this.route.rowsSeen(row, repeat));
      if (places.has(repeat)) {
        shared = false;
        rows = below().filter((row) => row.index + 1 === places.get(repeat));
      } else rows = shared ? [chain[depth + 1]] : below();
    });
    return rows;
  }
}

function column(choice, name) {
  return String((name === "name" || name === "label" ? choice[name] : choice.columns?.[name]) ?? "");
}
