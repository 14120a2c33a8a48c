// An interview as plain data and back: what a draft holds.

import { Row } from "./answers.js";

/** {given, missing, finished, rows}: everything that a person entered, rows within. What rules see is worked out anew. */
export function snapshot(row) {
  const rows = [...row.rows].map(([repeat, list]) => [repeat, list.map(snapshot)]);
  return {
    given: Object.fromEntries(row.given),
    missing: Object.fromEntries(row.missing),
    finished: row.finished,
    warned: Object.fromEntries(row.warned),
    rows: Object.fromEntries(rows.filter(([, list]) => list.length)),
  };
}

export function restored(plain, repeat = null, parent = null) {
  const row = new Row(repeat, parent);
  row.given = new Map(Object.entries(plain.given ?? {}));
  row.missing = new Map(Object.entries(plain.missing ?? {}));
  row.finished = plain.finished ?? false;
  row.warned = new Map(Object.entries(plain.warned ?? {}));
  for (const [name, list] of Object.entries(plain.rows ?? {})) {
    row.rows.set(name, list.map((each) => restored(each, name, row)));
  }
  return row;
}
