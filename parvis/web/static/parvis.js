/* Every page works without this. It keeps what was typed when the language is switched, and in the
   other forms of a page when one of them draws the page anew. */
"use strict";
const here = document.querySelector("[data-typed-at]")?.dataset.typedAt
  ?? location.pathname.replace(/^\/(en|fr)\//, "/");
const fields = () => [...document.querySelectorAll("main input, main select, main textarea")]
  .filter((field) => field.name && !["password", "file", "hidden"].includes(field.type));
const isTicked = (type) => ["radio", "checkbox"].includes(type);

const keep = (kept, place = here) => sessionStorage.setItem("typed:" + place, JSON.stringify(
  kept.map((field) => [field.id, field.name, field.type, field.checked, field.value])));

// What nobody touched is drawn anew as it is then, like a draft for another topic.
const drawn = ({ options, defaultValue }) => options
  ? ([...options].find((one) => one.defaultSelected) ?? options[0])?.value : defaultValue;
const isTouched = (field) => "typed" in field.dataset || (isTicked(field.type)
  ? field.checked !== field.defaultChecked : field.value !== drawn(field));

document.querySelector("[data-switch]")?.addEventListener("click", () => keep(fields()));
for (const button of document.querySelectorAll("[data-redraws]"))
  button.addEventListener("click", () => {
    const kept = fields().filter((one) => one.form !== button.form && isTouched(one));
    keep(kept);
    // It may lead to another page like this one.
    if (button.dataset.redraws) keep(kept, button.dataset.redraws);
  });

const typed = JSON.parse(sessionStorage.getItem("typed:" + here) ?? "[]");
sessionStorage.removeItem("typed:" + here);
for (const field of fields()) {
  const same = typed.find(([id, name, type, , value]) => id === field.id && name === field.name
    && (!isTicked(type) || value === field.value));
  if (!same) continue;
  [, , , field.checked, field.value] = same;
  // What somebody typed who may send it no more stands where it can be copied.
  if (field.value) field.closest("[hidden]")?.removeAttribute("hidden");
}

// A summary of errors is where whoever cannot see the page begins to read.
document.querySelector("[data-errors]")?.focus();

// A page that looks again by itself does so only for whoever wants it to, and as long.
const again = document.querySelector("[data-again]");
if (again) {
  const box = again.querySelector("input");
  let waiting;
  const wait = () => {
    clearTimeout(waiting);
    sessionStorage.setItem("again", box.checked ? "yes" : "");
    if (box.checked) waiting = setTimeout(() => location.reload(), again.dataset.again * 1000);
  };
  again.hidden = false;
  box.checked = sessionStorage.getItem("again") === "yes";
  box.addEventListener("change", wait);
  wait();
}
