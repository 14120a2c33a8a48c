// The worker answers alone: nothing for the auditor is read out or shown, and the way to anything but these questions
// asks for the auditor's code. A browser cannot keep anybody from other programs; docs/tablet.md says what does.

import { withCode } from "./code.js";
import { playFirst } from "./recordings.js";
import { mainStops } from "./stops.js";
import { vault } from "./vault.js";

export const HAND_BACK = { screen: "~hand-back", item: null, row: null, inside: null, items: [] };

export async function handOver(interview) {
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  interview.record.isAlone = true;
  document.documentElement.classList.add("alone");
  await vault.keepToThisPage("alone", true);
  interview.record.enter(interview.stop.item?.section);
  interview.focusHeading();
  playFirst(interview.screen);
}

/** Whether a stop is for the auditor and not for the person who holds the tablet. */
export function isForAuditor(stop) {
  return stop.screen === "~review" || stop.item?.section.record === "conditions";
}

/** The auditor has the tablet again: on with the next screen after what was answered alone. */
export function takeBack(interview) {
  withCode(interview, async () => {
    interview.record.isAlone = false;
    document.documentElement.classList.remove("alone");
    await vault.keepToThisPage("alone", false);
    const { waiting, stop } = interview;
    if (stop.screen === HAND_BACK.screen) interview.show(waiting ?? mainStops(interview.route).at(-1));
    else {
      interview.draw();
      interview.warn(); // of what was said alone, now that the auditor is there
    }
    interview.record.keep(interview);
  });
}
