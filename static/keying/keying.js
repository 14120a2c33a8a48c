/* Keying in from paper, by keyboard alone: Enter follows the jumps of the paper, the arrows go line by line. The rules are
   asked of the server after each answer; they mark lines and never hide or change one. */
(() => {
  "use strict";
  const form = document.getElementById("keying");
  const state = document.getElementById("state");
  const PAUSE = 350; // milliseconds after the last key before the rules are asked
  let timer = 0;
  let asking = 0;
  let unsaved = false;

  const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0x1040, 0x17e0]; // where other scripts begin their digits

  /** What was typed, in the digits that the page uses. */
  function plain(text) {
    const digit = (sign) => {
      const zero = ZEROS.find((each) => sign.codePointAt(0) >= each && sign.codePointAt(0) < each + 10);
      return zero === undefined ? sign : String(sign.codePointAt(0) - zero);
    };
    return [...text.trim()].map(digit).join("");
  }

  const fields = () => [...form.querySelectorAll("[data-path]")];

  function focus(field) {
    if (!field) return;
    field.focus();
    field.select?.();
    field.scrollIntoView({ block: "center" });
  }

  function at(number) {
    const place = [...form.querySelectorAll("[data-number]")].find((each) => each.dataset.number === number);
    return place?.querySelector("[data-path]"); // a number within a repeat leads to its first row
  }

  function neighbour(field, step) {
    const all = [...form.querySelectorAll(".cover input, [data-path]")];
    return all[all.indexOf(field) + step];
  }

  /** Where the paper sends one after this answer: a question, within rows the next row, or the end. */
  function jump(field) {
    const goes = new Map((field.dataset.goes || "").split(" ").filter(Boolean).map((pair) => pair.split("=")));
    const value = plain(field.value);
    if (!goes.has(value)) return undefined;
    const number = goes.get(value);
    const row = field.closest("tr");
    if (!row) return number ? at(number) : form.querySelector(".keybar button");
    if (!number) return row.nextElementSibling?.querySelector("[data-path]");
    return row.querySelector(`[data-number="${number}"] [data-path]`);
  }

  /** An empty first cell ends the rows, as an empty line ends the table on paper. */
  function afterRows(field) {
    const row = field.closest("tr");
    if (!row || field.value.trim() || row.querySelector("[data-path]") !== field) return undefined;
    const all = fields();
    const last = [...row.closest("fieldset").querySelectorAll("[data-path]")].at(-1);
    return all[all.indexOf(last) + 1];
  }

  function grow(field) {
    const row = field.closest("tr");
    if (!row || row.nextElementSibling || !field.value.trim()) return;
    const place = Number(row.dataset.place);
    const more = row.cloneNode(true);
    more.dataset.place = String(place + 1);
    more.querySelector("th").textContent = String(place + 1);
    const renamed = (text) => text.replace(`[${place}]/`, `[${place + 1}]/`);
    for (const each of more.querySelectorAll("[data-row], [data-problem], [data-against], [data-path]")) {
      for (const name of ["row", "problem", "against", "path"]) {
        if (each.dataset[name]) each.dataset[name] = renamed(each.dataset[name]);
      }
      if (each.name) {
        each.name = renamed(each.name);
        each.value = "";
        each.ariaLabel = each.ariaLabel.replace(/\d+$/, String(place + 1));
      } else if (each.tagName === "P") each.textContent = "";
    }
    row.after(more);
  }

  function show(found) {
    const asked = new Set(found.asked);
    let flagged = 0;
    for (const row of form.querySelectorAll("[data-row]")) {
      const path = row.dataset.row;
      const cells = row.closest("tr");
      const used = !cells || [...cells.querySelectorAll("[data-path]")].some((each) => each.value.trim());
      row.classList.toggle("skipped", used && !asked.has(path));
    }
    for (const [kind, told] of [["problem", found.problems], ["against", found.contradictions]]) {
      for (const line of form.querySelectorAll(`[data-${kind}]`)) {
        line.textContent = told[line.dataset[kind]] || "";
        flagged += line.textContent ? 1 : 0;
      }
    }
    const counted = state.dataset.empty.replace("{count}", found.empty);
    state.textContent = flagged ? `${state.dataset.flags.replace("{count}", flagged)} · ${counted}` : counted;
  }

  async function ask() {
    const mine = ++asking;
    try {
      const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (mine === asking) show(found);
    } catch {
      state.textContent = state.dataset.offline;
    }
  }

  form.addEventListener("input", (event) => {
    unsaved = true;
    grow(event.target);
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (field.id === "jump") {
      if (event.key !== "Enter") return;
      event.preventDefault();
      focus(at(plain(field.value)));
      field.value = "";
      return;
    }
    if (!field.matches("[data-path], .cover input")) return;
    const isText = field.tagName === "TEXTAREA";
    if (event.key === "Enter" && !(isText && event.shiftKey)) {
      event.preventDefault();
      focus(event.shiftKey ? neighbour(field, -1) : jump(field) || afterRows(field) || neighbour(field, 1) || form.querySelector(".keybar button"));
    } else if (!isText && field.type !== "date" && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      focus(neighbour(field, event.key === "ArrowDown" ? 1 : -1));
    }
  });

  form.addEventListener("submit", () => { unsaved = false; });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  const wrong = form.querySelector("[aria-invalid]");
  focus(wrong || (form.querySelector("[role=alert]") ? form.querySelector("[name=confirm]") : form.querySelector(".cover input")));
  if (fields().some((each) => each.value)) ask();
})();
