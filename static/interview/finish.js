// Finishing on a prepared tablet: sealed for the server, so that nobody can read it here any more, and put into the
// outbox. The person gets a number and a code with which to withdraw; the code is kept until it was handed over.

import { Row } from "./answers.js";
import { contents } from "./contents.js";
import { drafts } from "./drafts.js";
import { putAway, sendAll } from "./outbox.js";
import { newCode, verifierOf } from "./sealing.js";
import { handedOver, sealedSlip } from "./slips.js";

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
    const slip = code && (await sealedSlip(id, { code, made: Date.now() }));
    interview.receipt = await putAway(interview.record.server, id, { ...contents(interview), ...withdrawal }, slip);
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
  showSlip(interview, code);
  say(interview, "sealed");
  const outcome = await sendAll();
  if (outcome === "sent") say(interview, "sent");
  else if (outcome !== "nothing") say(interview, "sealed", `sealed_${outcome}`);
}

/** Number and code for the person. */
export function showSlip({ receipt, served, texts }, code) {
  element("slip").hidden = !code;
  element("slip-number").textContent = receipt.id.slice(0, 8);
  element("slip-code").textContent = code ?? "";
  Object.assign(element("leave"), { href: served.leave, hidden: false });
  element("leave").classList.toggle("main", !code);
  if (code) element("leave").textContent = texts.string("slip_later");
}

/** The slip is in the person's hands, or not wanted: the code goes from the tablet and from this page. */
export async function slipDone({ receipt, served }) {
  await handedOver(receipt.id);
  element("slip-code").textContent = "";
  location.assign(served.leave);
}

function say(interview, title, text = `${title}_text`) {
  element("sending-title").textContent = interview.texts.string(title);
  element("sending-text").textContent = interview.texts.string(text);
  element("send-again").hidden = true;
}
