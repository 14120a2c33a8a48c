// The auditor's short code: it takes the tablet back from a worker and uncovers a hidden interview. After some wrong
// ones only the passphrase helps.

import { lock } from "./leave.js";
import { isCode } from "./vault.js";

const MOST = 5;
let wrong = 0;

/** Whether the code is right. A wrong one costs time, and too many lock the tablet. */
export async function isRight(code) {
  if (await isCode(code)) {
    wrong = 0;
    return true;
  }
  wrong += 1;
  if (wrong >= MOST) await lock();
  await new Promise((resolve) => setTimeout(resolve, 500 * wrong));
  return false;
}

/** Ask for the code in a panel, then do the work. */
export function withCode(interview, work) {
  const panel = document.getElementById("code");
  const field = panel.querySelector("input");
  const said = panel.querySelector(".problem");
  field.value = said.textContent = "";
  panel.querySelector("form").onsubmit = async (event) => {
    event.preventDefault();
    const given = field.value;
    field.value = "";
    if (await isRight(given)) {
      panel.close();
      work();
    } else said.textContent = interview.texts.string("wrong_code");
  };
  panel.showModal();
}
