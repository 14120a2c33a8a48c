// The auditor's own note on the question in sight. It is kept apart from the answers and never leaves the audit team.

import { pathOf } from "./definition.js";

const field = () => document.getElementById("note-text");

/** What the note is about: the first question on the screen, the list, or the section. */
function subject({ stop }) {
  const item = stop.items[0] ?? stop.item;
  if (!item) return "interview";
  return item.kind === "section" ? item.title : pathOf(item, stop.row);
}

export function openNote(interview) {
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  field().value = interview.record.notes[subject(interview)] ?? "";
  document.getElementById("note").showModal();
}

export function keepNote(interview) {
  const text = field().value.trim();
  if (text) interview.record.notes[subject(interview)] = text;
  else delete interview.record.notes[subject(interview)];
  document.getElementById("note").close();
  interview.record.keep(interview);
}
