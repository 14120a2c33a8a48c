// Walks the interview of this page to its end with answers drawn at random, as a finger would, and looks at each screen
// as a person sees it: text cut off or written over other text, anything beyond the edge, targets too small to tap.
async ({ seed, sample, digits, isAlone }) => {
  const MOST_STEPS = 1500;
  const TARGET = 48; // pixels of CSS
  const SLACK = 1.5; // pixels: rounding, and the side bearing of italic and combining glyphs
  const TAPPED = "button, a[href], select, textarea, input:not([type=radio], [type=checkbox], [type=hidden]), .choice, .excuse";
  const DATA = "#contacts, [dir=ltr]"; // what stands there is nobody's wording
  const seen = { screens: 0, asked: {}, texts: {}, troubles: [], isStuck: false };
  const root = document.documentElement;
  const pen = document.createElement("canvas").getContext("2d");
  let state = seed;

  // Chance ----------------------------------------------------------------------------------------------------------

  const chance = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const one = (list) => list[Math.floor(chance() * list.length)];
  const written = (number) => (chance() < 0.5 ? String(number) : String(number).replace(/\d/g, (digit) => [...digits][digit]));

  // Looking ---------------------------------------------------------------------------------------------------------

  const shown = () => document.querySelector(".screen.shown");
  const isVisible = (element) => element.checkVisibility({ visibilityProperty: true });

  function parts() {
    const dialog = document.querySelector("dialog[open]");
    const all = dialog ? [dialog] : [document.querySelector("header.bar"), shown(), document.getElementById("steps")];
    return all.filter((part) => part && isVisible(part));
  }

  function trouble(what, element, text = "") {
    const name = element.id ? `#${element.id}` : `${element.localName}.${[...element.classList].join(".")}`;
    const told = { what, screen: document.querySelector("dialog[open]")?.id ?? shown().dataset.screen, element: name, text: text.trim().slice(0, 80) };
    if (seen.troubles.length < 30 && !seen.troubles.some((each) => JSON.stringify(each) === JSON.stringify(told))) seen.troubles.push(told);
  }

  /** Every text in sight below `part`, with the boxes of its lines. Texts for screen readers alone are clipped on purpose. */
  function texts(part) {
    const found = [];
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!node.data.trim() || element.localName === "option" || !isVisible(element)) continue;
      if (getComputedStyle(element).clipPath !== "none") continue;
      range.selectNodeContents(node);
      found.push({ element, text: node.data, lines: [...range.getClientRects()].filter((line) => line.width > 0.5) });
    }
    return found;
  }

  const within = (line, box, slack = SLACK) =>
    line.left >= box.left - slack && line.right <= box.right + slack && line.top >= box.top - slack && line.bottom <= box.bottom + slack;

  function clipped({ element, text, lines }) {
    for (let around = element; around && around !== document.body; around = around.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(around);
      const box = around.getBoundingClientRect();
      const cutsAcross = overflowX !== "visible" && lines.some((line) => line.left < box.left - SLACK || line.right > box.right + SLACK);
      const cutsDown = ["hidden", "clip"].includes(overflowY) && lines.some((line) => line.top < box.top - 4 || line.bottom > box.bottom + 4);
      if (cutsAcross || cutsDown) return trouble("clipped", around, text);
    }
  }

  function outside({ element, text, lines }) {
    if (lines.some((line) => line.left < -SLACK || line.right > innerWidth + SLACK)) trouble("beyond the edge", element, text);
    const holder = element.closest("button, .button, .choice, .excuse");
    const box = holder?.getBoundingClientRect();
    if (holder && !lines.every((line) => within(line, box, 3))) trouble("out of its button", holder, text);
  }

  /** Lines of two texts that cover each other. Fonts reserve room above and below what is drawn: that much may overlap. */
  function overlapping(found) {
    const lines = found.flatMap(({ element, text, lines }) => lines.map((line) => ({ element, text, line }))).sort((a, b) => a.line.top - b.line.top);
    for (let first = 0; first < lines.length; first++) {
      const { line, element, text } = lines[first];
      const room = 0.25 * line.height;
      for (let second = first + 1; second < lines.length && lines[second].line.top < line.bottom - room; second++) {
        const other = lines[second];
        if (other.element === element || other.element.contains(element) || element.contains(other.element)) continue;
        const across = Math.min(line.right, other.line.right) - Math.max(line.left, other.line.left);
        if (across > SLACK) trouble("written over", element, `${text.trim()} | ${other.text.trim()}`);
      }
    }
  }

  function tappable(part) {
    for (const each of part.querySelectorAll(TAPPED)) {
      if (!isVisible(each)) continue;
      const { width, height, left, right } = each.getBoundingClientRect();
      if (width < TARGET - 0.5 || height < TARGET - 0.5) trouble(`a target of ${Math.round(width)} × ${Math.round(height)}`, each, each.textContent);
      if (left < -SLACK || right > innerWidth + SLACK) trouble("beyond the edge", each, each.textContent);
    }
  }

  /** What a field says by itself: the placeholder of an empty one, the chosen line of a list. */
  function fields(part) {
    for (const each of part.querySelectorAll("select, input[placeholder]")) {
      if (!isVisible(each)) continue;
      const text = each.localName === "select" ? (each.selectedOptions[0]?.textContent ?? "") : each.placeholder;
      const style = getComputedStyle(each);
      pen.font = style.font;
      const room = each.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      if (pen.measureText(text.trim()).width > room + SLACK) trouble("clipped", each, text);
      seen.texts[text.trim()] ??= shown().dataset.screen;
    }
  }

  function look() {
    seen.screens++;
    for (const part of parts()) {
      const found = texts(part);
      for (const each of found) {
        if (!each.element.closest(DATA)) seen.texts[each.text.trim()] ??= shown().dataset.screen;
        clipped(each);
        outside(each);
      }
      overlapping(found);
      tappable(part);
      fields(part);
    }
    const main = document.getElementById("interview");
    if (root.scrollWidth > innerWidth || main.scrollWidth > main.clientWidth) trouble("wider than the screen", main);
    if (main.clientHeight < innerHeight / 2) trouble(`${main.clientHeight} pixels left to read`, main);
  }

  // Answering -------------------------------------------------------------------------------------------------------

  function put(input, value) {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const pick = (select) => put(select, one([...select.options].filter((option) => option.value)).value);
  const part = (box, name) => box.querySelector(`[data-part=${name}]`);
  const field = (box) => box.querySelector("input:not([type=checkbox], [type=radio], [type=hidden], [type=search]), textarea");
  const choices = (box) => [...box.querySelectorAll(".choices > :not([hidden]) input")];
  const amounts = [0, 1, 2, 3, 5, 7, 12, 24, 31, 60, 400, 1500, 26000, 150000];

  const ANSWERS = {
    select_one(box) {
      const isConsent = box.dataset.question === "consent" && chance() < 0.95;
      (isConsent ? choices(box)[0] : one(choices(box)))?.click();
    },
    select_multiple(box) {
      const wanted = box.classList.contains("wrong") ? [one(choices(box))] : choices(box).filter(() => chance() < 0.35);
      for (const each of choices(box)) if (each.checked !== wanted.includes(each)) each.click();
    },
    acknowledge: (box) => choices(box)[0].checked || choices(box)[0].click(),
    rank: (box) => [...box.querySelectorAll("select")].forEach((each, place) => put(each, String(place + 1))),
    integer: (box) => put(field(box), written(one(amounts))),
    decimal: (box) => put(field(box), written(one(amounts))),
    range: (box) => put(field(box), one([field(box).min, field(box).max])),
    date: (box) => put(field(box), `20${one([18, 21, 24])}-0${one([2, 5, 9])}-1${one([1, 4, 7])}`),
    time: (box) => put(field(box), "07:30"),
    datetime: (box) => put(field(box), "2024-05-03T07:30"),
    year: (box) => put(field(box), written(one([2012, 2019, 2022, 2024]))),
    "month-year"(box) {
      pick(part(box, "month"));
      put(part(box, "year"), written(one([2012, 2019, 2022, 2024])));
    },
    money(box) {
      put(part(box, "amount"), written(one(amounts)));
      for (const list of box.querySelectorAll("select")) pick(list);
    },
    geopoint: (box) => put(field(box), "27.7 85.3"),
    text: (box) => put(field(box), chance() < 0.1 ? sample.replaceAll(" ", "").repeat(4) : sample),
    note: () => {},
    unsupported: () => {},
  };

  const kindOf = (box) => [...box.classList].find((name) => name.startsWith("is-")).slice(3);

  function answer(box, mayExcuse = 0.08) {
    const excuses = [...box.querySelectorAll(".excuse input")].filter((each) => !each.checked);
    if (excuses.length && chance() < mayExcuse) one(excuses).click();
    else if (!box.querySelector(".given")) ANSWERS[kindOf(box)](box);
  }

  const boxes = () => [...shown().querySelectorAll("[data-question]:not([hidden])")];

  /** Answer whatever the screen asks, also what comes up only while answering. */
  function fill() {
    const done = new Set();
    for (let box; (box = boxes().find((each) => !done.has(each))); done.add(box)) answer(box);
  }

  function press(name) {
    const button = document.querySelector(`dialog[open] [data-do=${name}]`) ?? document.querySelector(`[data-do=${name}]`);
    button.click();
  }

  function panel(name) {
    const opener = document.querySelector(`[data-do=${name}]`);
    if (!opener) return;
    opener.click();
    look();
    document.querySelector("dialog[open]")?.close();
  }

  /** Press Next, past the safety steps when an answer opens them; whether another screen came. */
  function next() {
    const here = shown();
    const names = boxes().filter((box) => kindOf(box) !== "note").map((box) => box.dataset.question);
    press("next");
    const dialog = document.querySelector("dialog[open]");
    if (dialog) {
      look();
      dialog.close();
      dialog.onclose?.(); // its event would come after Next
      press("next");
    }
    if (shown() === here) return false;
    for (const name of names) seen.asked[name] = (seen.asked[name] ?? 0) + 1;
    return true;
  }

  /** Go on; mend what the screen complains of, in the end by giving no answer. False: there is no way on. */
  function goOn() {
    for (let tries = 0; tries < 12; tries++) {
      if (next()) return true;
      if (tries === 0) look();
      const wrong = boxes().filter((box) => box.classList.contains("wrong"));
      for (const box of wrong.length ? wrong : boxes()) answer(box, tries > 6 ? 1 : 0);
    }
    return false;
  }

  const PANELS = ["overview", "languages", "stop", "note", "alone", "safety"];
  const rows = new Map();

  function list() {
    const { screen } = shown().dataset;
    if (!rows.has(screen)) rows.set(screen, Math.floor(chance() * 3));
    const add = shown().querySelector("[data-do=add]");
    if (!add || rows.get(screen) === 0) return false;
    rows.set(screen, rows.get(screen) - 1);
    add.click();
    return true;
  }

  document.getElementById("unsent").textContent = JSON.parse(document.getElementById("strings").textContent).unsent.replace(/%\(count\)s/, digits[2] + digits[5]);
  document.getElementById("unsent").hidden = chance() < 0.5; // as on a prepared tablet with interviews to send
  if (isAlone) root.classList.add("alone");
  const waiting = [...PANELS];
  for (let steps = 0; shown().dataset.screen !== "~review" && !seen.isStuck; steps++) {
    if (!boxes().length) look();
    if (waiting.length && chance() < 0.15) panel(waiting.pop());
    if (shown().querySelector("[data-rows]") && list()) continue;
    if (boxes().length && chance() < 0.1) {
      if (next()) continue; // too early, and allowed
      look();
    }
    fill();
    if (boxes().length) look();
    seen.isStuck = !goOn() || steps > MOST_STEPS;
  }
  if (seen.isStuck) trouble("no way on", shown(), [...shown().querySelectorAll(".problem")].map((each) => each.textContent).join(" "));
  look();
  waiting.forEach(panel);
  press("next");
  for (let waits = 0; document.getElementById("leave").hidden && waits < 100; waits++) await new Promise((done) => setTimeout(done, 50));
  if (document.getElementById("leave").hidden) trouble("not sent", shown(), shown().textContent);
  look();
  return seen;
}
