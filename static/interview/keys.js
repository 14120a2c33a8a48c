// With a keyboard: Enter goes on, digits choose, arrows leaf where nothing is being written.

import { isHidden } from "./hide.js";

export function watchKeys(interview) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || isHidden()) return;
    if (document.querySelector("dialog[open]")) return;
    const doing = KEYS[event.key] ?? (/^[1-9]$/.test(event.key) ? choose : null);
    if (doing?.(interview, event)) event.preventDefault();
  });
}

function isWriting(target) {
  return target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
}

const KEYS = {
  Enter(interview, { target }) {
    if (target.matches("button, a, summary, textarea") || interview.stop.screen === "~review") return false;
    interview.next();
    return true;
  },
  ArrowLeft: (interview, event) => leaf(interview, event, document.documentElement.dir === "rtl" ? 1 : -1),
  ArrowRight: (interview, event) => leaf(interview, event, document.documentElement.dir === "rtl" ? -1 : 1),
};

function leaf(interview, { target }, step) {
  if (target.matches("input, select, textarea") || interview.stop.screen.startsWith("~")) return false;
  if (step > 0) interview.next();
  else interview.go(-1);
  return true;
}

function choose(interview, { key, target }) {
  if (isWriting(target) || interview.stop.items.length !== 1) return false;
  const choices = interview.screen.querySelectorAll("[data-question]:not([hidden]) .choices > .choice:not([hidden]) input");
  const input = choices[Number(key) - 1];
  if (!input) return false;
  input.click();
  input.focus();
  return true;
}
