// The auditor's own note on the question in sight. It is kept apart from the answers and never leaves the audit team.

import { pathOf } from "./definition.js";

const field = () => document.getElementById("note-text");

/** What the note is about: the first question on the screen, the list, or the section. */
function subject({ stop }) {
  const item = stop.items[0] ?? stop.item;
  if (!item) return "interview";
  return item.kind === "section" ? item.title : pathOf(item, stop.row);
}

/** What is written is kept with every letter; Back takes it back to what it was. */
export function openNote(interview) {
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  const panel = document.getElementById("note");
  const before = interview.record.notes[subject(interview)] ?? "";
  field().value = before;
  field().oninput = () => noted(interview, field().value);
  panel.querySelector("form").onsubmit = () => noted(interview, before);
  panel.showModal();
}

export function keepNote(interview) {
  noted(interview, field().value);
  document.getElementById("note").close();
}

function noted(interview, text) {
  if (text.trim()) interview.record.notes[subject(interview)] = text.trim();
  else delete interview.record.notes[subject(interview)];
  interview.record.keep(interview);
}
