// What a page with an interview listens to, whoever it is for: entering, choosing, taking back, keys, hiding.

import { watchHidden } from "./hide.js";
import { watchKeys } from "./keys.js";
import { watchWishes } from "./safety.js";

/** `actions` says what each button does: `data-do` names it. */
export function listen(interview, actions) {
  const entered = (event) => {
    const box = event.target.closest("[data-question]");
    if (box && interview.screen.contains(box) && event.target.type !== "search") interview.entered(box, event.target);
  };
  document.addEventListener("input", entered);
  document.addEventListener("submit", (event) => event.target.id === "answers" && event.preventDefault());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) actions[button.dataset.do](interview, button);
  });
  watchTakingBack(interview);
  watchKeys(interview);
  watchHidden(interview);
  watchWishes(interview);
}

/** Tapping the chosen answer again takes it back. */
function watchTakingBack(interview) {
  let chosen = null;
  document.addEventListener("pointerdown", (event) => {
    const input = event.target.closest?.(".choice")?.querySelector("input[type=radio]");
    chosen = input?.checked ? input : null;
  });
  document.addEventListener("click", (event) => {
    if (!chosen || event.target !== chosen) return;
    chosen.checked = false;
    interview.entered(chosen.closest("[data-question]"), chosen);
    chosen = null;
  });
}
