// Beside the answers: the auditor's notes, how long each section took, what the worker answered alone, safety. On a
// prepared tablet all of it and the answers are a record that is kept after every answer and resumed where it was.

import { pathOf } from "./definition.js";
import { drafts } from "./drafts.js";
import { LEAVING, leave } from "./leave.js";
import { get, isPrepared } from "./storage.js";
import { everyStop } from "./review.js";
import { snapshot } from "./snapshot.js";
import { vault } from "./vault.js";

const LONGEST = 10 * 60_000; // milliseconds on one screen that count; more was a break
const SLOT = 5; // minutes
const UNREADABLE = Symbol("kept by another auditor, or damaged: never begun anew over it");

/** What the tablet has of this interview; null where it was not prepared. Asked while the page is still being read. */
export async function openTablet(id) {
  if (!(await isPrepared())) return null;
  const asked = [get("facts", "prepared"), vault.takeOver(), isMineAlone(id), get("outbox", id)];
  const [prepared, isOpen, isMine, sealed] = await Promise.all(asked);
  const draft = isOpen ? await drafts.find(id).catch(() => UNREADABLE) : null;
  return prepared ? { prepared, isOpen, isMine, sealed, draft } : null;
}

/** The record of this page's interview. A tablet that is locked, or has this interview open elsewhere, leads away. */
export async function recordOf(served, tablet) {
  if (!tablet) return new Record(served, null, null);
  const { prepared, isOpen, isMine, sealed, draft } = tablet;
  if (!isOpen) return leave("open", location.pathname + location.search);
  if (!isMine) return leave("busy", served.id);
  if (sealed) return leave("finished", served.id);
  if (draft === UNREADABLE) return leave("other", served.id);
  return new Record(served, prepared, draft);
}

/** One page at a time works on an interview; the page before this one may need a moment to go. */
function isMineAlone(id) {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    const asked = navigator.locks.request(`mapper-interview-${id}`, { signal: AbortSignal.timeout(2000) }, () => {
      resolve(true);
      return LEAVING; // held until the page is gone
    });
    asked.catch(() => resolve(false));
  });
}

export class Record {
  constructor(served, prepared, draft) {
    const { notes = {}, seconds = {}, self = [], safety = { opened: 0, wishes: null }, contacts } = draft ?? {};
    Object.assign(this, { served, draft, notes, seconds, safety, self: new Set(self), isKept: prepared !== null });
    this.server = prepared?.key;
    this.generation = draft?.generation ?? prepared?.generation;
    this.site = prepared?.sites.find((site) => site.id === served.site);
    this.contacts = contacts ?? this.site?.contacts;
    this.isAlone = false;
  }

  keep(interview) {
    return drafts.keep(this.served.id, () => this.taken(interview));
  }

  /** Everything as plain data. */
  taken(interview) {
    const { definition, texts, place, top } = interview;
    const { round, site } = this.served;
    return {
      generation: this.generation, round, site, contacts: this.contacts,
      survey: definition.survey, version: definition.version, language: definition.language,
      about: { title: texts.page.querySelector("h1.title").textContent, place: this.site && `${this.site.supplier} · ${this.site.name}`, ...this.#answered(interview) },
      top: snapshot(top), at: { screen: place.screen, rows: rowPath(place.row) },
      notes: this.notes, seconds: this.seconds, self: [...this.self], safety: this.safety, changed: Date.now(),
    };
  }

  #answered({ route, definition, top }) {
    const asked = definition.items.filter((item) => item.kind === "question" && !item.silent && item.type !== "note" && !item.repeats.length && route.isAsked(item, top));
    return { asked: asked.length, answered: asked.filter((item) => route.isAnswered(item, top)).length };
  }

  /** A screen of this section is shown from now on. */
  enter(section) {
    const now = performance.now();
    if (this.section) this.seconds[this.section] = (this.seconds[this.section] ?? 0) + Math.min(now - this.since, LONGEST) / 1000;
    this.section = section?.title;
    this.since = now;
    if (this.isAlone && section) this.self.add(section.title);
  }

  /** The keys that go with the answers, those with nothing to say left out. */
  extras(interview) {
    this.enter(null);
    const { route } = interview;
    const urgent = everyStop(route).flatMap((stop) => stop.items.filter((item) => route.isUrgent(item, stop.row)).map((item) => pathOf(item, stop.row)));
    const minutes = Object.entries(this.seconds).map(([section, seconds]) => [section, Math.round(seconds / 60 / SLOT) * SLOT]);
    const { opened, wishes } = this.safety;
    const safety = urgent.length || opened || wishes ? { urgent, opened, wishes: wishes ?? "unsaid" } : undefined;
    const found = { auditor_notes: this.notes, minutes: Object.fromEntries(minutes.filter(([, each]) => each)), self_mode: [...this.self], safety };
    return Object.fromEntries(Object.entries(found).filter(([, each]) => each && Object.keys(each).length));
  }
}

/** The number of each row around, the outermost first. */
export function rowPath(row) {
  return row?.parent ? [...rowPath(row.parent), row.index] : [];
}

/** The stop at which a draft was left; undefined when it is no longer on the route. */
export function stopAt(route, stops, at) {
  if (at.screen === "~sending") return stops.at(-1); // it was never sealed
  const isThere = (stop) => stop.screen === at.screen && String(rowPath(stop.row)) === String(at.rows);
  return stops.find(isThere) ?? everyStop(route).find(isThere);
}
