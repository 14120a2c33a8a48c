// Where it begins: the interview of this page, and everything that it listens to.

import { actions } from "./actions.js";
import { watchHidden } from "./hide.js";
import { Interview } from "./interview.js";
import { watchKeys } from "./keys.js";
import { fetchContacts } from "./safety.js";

function listen(interview) {
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
  addEventListener("online", () => interview.again && actions.send(interview));
  addEventListener("beforeunload", (event) => {
    if (interview.isStarted && !interview.receipt) event.preventDefault();
  });
  watchTakingBack(interview);
  watchKeys(interview);
  watchHidden(interview);
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

const interview = new Interview();
listen(interview);
fetchContacts(interview);
document.documentElement.classList.add("ready");
