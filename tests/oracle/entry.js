// Enketo's engine and transformer, and how to ask them: one bundle for a page that the oracle drives.
import { Form } from "enketo-core";
import { transform } from "enketo-transformer/web";

const leaf = (path) => path.split("/").pop();

/** Put answers into the primary instance; names are unique, so that groups need not be followed. */
function fill(node, answers) {
  for (const [name, answer] of Object.entries(answers)) {
    const found = [...node.getElementsByTagName(name)];
    if (!found.length) continue;
    if (Array.isArray(answer)) {
      const [first, ...others] = found.filter((each) => !each.hasAttribute("jr:template"));
      others.forEach((each) => each.remove());
      const rows = answer.map(() => first.cloneNode(true));
      rows.forEach((row) => first.before(row));
      first.remove();
      rows.forEach((row, place) => fill(row, answer[place]));
    } else if (answer && typeof answer === "object") fill(found[0], answer);
    else found[0].textContent = answer ?? "";
  }
}

/** `1.2:name`: the numbers of the rows around, then the name. */
function keyOf(node, repeats) {
  const rows = [];
  for (let at = node; at.parentElement; at = at.parentElement) {
    if (!repeats.includes(at.nodeName)) continue;
    rows.unshift([...at.parentElement.children].filter((each) => each.nodeName === at.nodeName).indexOf(at) + 1);
  }
  return `${rows.join(".")}:${node.nodeName}`;
}

function keyInPage(element) {
  const rows = [];
  for (let at = element.closest(".or-repeat"); at; at = at.parentElement.closest(".or-repeat")) {
    const name = at.getAttribute("name");
    const all = [...at.parentElement.children].filter((each) => each.matches(".or-repeat") && each.getAttribute("name") === name);
    rows.unshift(all.indexOf(at) + 1);
  }
  return `${rows.join(".")}:${leaf(element.dataset.name || element.name)}`;
}

async function load(xform, answers) {
  const { form, model } = await transform({ xform });
  document.body.innerHTML = form;
  const parsed = new DOMParser().parseFromString(model, "text/xml");
  const root = parsed.querySelector("instance > *");
  fill(root, answers);
  const data = { modelStr: model, instanceStr: new XMLSerializer().serializeToString(root), submitted: false };
  const loaded = new Form(document.querySelector("form.or"), data, {});
  const errors = loaded.init();
  if (errors.length) throw new Error(errors.join(" "));
  return loaded;
}

window.walk = async (xform, answers, repeats) => {
  const form = await load(xform, answers);
  await form.validate();
  const shown = (element) => !element.closest(".disabled");
  const [asked, choices, constraint, required] = [{}, {}, [], []];
  for (const question of document.querySelectorAll("form.or .question:not(.readonly)")) {
    const control = question.querySelector("input[name], input[data-name], select, textarea");
    if (!control || !shown(question) || control.readOnly) continue;
    const key = keyInPage(control);
    asked[key] = true;
    if (question.classList.contains("invalid-constraint")) constraint.push(key);
    if (question.classList.contains("invalid-required")) required.push(key);
    const options = question.querySelectorAll(".option-wrapper label:not(.itemset-template) input, select option:not(.itemset-template)");
    const values = [...options].map((each) => each.value).filter(Boolean);
    if (values.length) choices[key] = [...new Set(values)];
  }
  const values = {};
  for (const node of form.model.xml.querySelectorAll("instance > * *")) {
    if (node.closest("instance").id || node.children.length || node.closest("meta")) continue;
    values[keyOf(node, repeats)] = node.textContent;
  }
  return { asked: Object.keys(asked), choices, constraint, required, values };
};

const plain = (number) => (Number.isFinite(number) ? number : String(number));

window.compute = async (xform, answers, rules) => {
  const form = await load(xform, answers);
  const ask = (rule, kind) => form.model.evaluate(rule, kind, "/data/one", 0);
  return rules.map((rule) => {
    try {
      return { string: ask(rule, "string"), number: plain(ask(rule, "number")), boolean: ask(rule, "boolean") };
    } catch (error) {
      return { error: String(error.message ?? error).slice(0, 200) };
    }
  });
};
