// Finishing on a prepared tablet: sealed for the server, so that nobody can read it here any more, and put into the
// outbox. The person gets a number and a code with which to withdraw; the code is shown once and kept nowhere.

import { Row } from "./answers.js";
import { contents } from "./contents.js";
import { drafts } from "./drafts.js";
import { putAway, sendAll } from "./outbox.js";
import { newCode, verifierOf } from "./sealing.js";

const element = (id) => document.getElementById(id);

export async function finish(interview) {
  if (interview.isSending || interview.receipt) return;
  interview.isSending = true;
  say(interview, "sealing");
  const { id } = interview.served;
  try {
    const code = interview.route.isRefused ? null : newCode();
    await drafts.close(id);
    const withdrawal = code && { withdrawal: await verifierOf(code, id) };
    interview.receipt = await putAway(interview.record.server, id, { ...contents(interview), ...withdrawal });
    interview.isSending = false;
    sealed(interview, code);
  } catch (error) {
    interview.isSending = false;
    drafts.reopen(id);
    await interview.record.keep(interview);
    say(interview, "not_sealed", error.name === "QuotaExceededError" ? "no_space" : "not_sealed_text");
    element("send-again").hidden = false;
  }
}

async function sealed(interview, code) {
  interview.top = new Row(); // nothing of the answers stays in this page
  element("review").replaceChildren();
  document.querySelectorAll(".module").forEach((module) => module.remove());
  showSlip(interview.receipt.id, code);
  element("leave").href = interview.served.leave;
  element("leave").hidden = false;
  say(interview, "sealed");
  const outcome = await sendAll();
  if (outcome === "sent") say(interview, "sent");
  else if (outcome !== "nothing") say(interview, "sealed", `sealed_${outcome}`);
}

/** Number and code for the person. */
export function showSlip(id, code) {
  element("slip").hidden = !code;
  element("slip-number").textContent = id.slice(0, 8);
  element("slip-code").textContent = code ?? "";
}

function say(interview, title, text = `${title}_text`) {
  element("sending-title").textContent = interview.texts.string(title);
  element("sending-text").textContent = interview.texts.string(text);
  element("send-again").hidden = true;
}
