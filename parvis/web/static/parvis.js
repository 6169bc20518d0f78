/* Every page works without this. It keeps what was typed when the language is switched, and in the
   other forms of a page when one of them draws the page anew. */
"use strict";
const place = () => "typed:" + location.pathname.replace(/^\/(en|fr)\//, "/");
const fields = () => [...document.querySelectorAll("main input, main select, main textarea")]
  .filter((field) => field.name && !["password", "file", "hidden"].includes(field.type));

const keep = (kept) => sessionStorage.setItem(place(), JSON.stringify(
  kept.map((field) => [field.name, field.type, field.checked, field.value])));

document.querySelector("[data-switch]")?.addEventListener("click", () => keep(fields()));
for (const button of document.querySelectorAll("[data-redraws]"))
  button.addEventListener("click", () => keep(fields().filter((one) => one.form !== button.form)));

const typed = JSON.parse(sessionStorage.getItem(place()) ?? "[]");
sessionStorage.removeItem(place());
for (const field of fields()) {
  const same = typed.find(([name, type, , value]) => name === field.name
    && (!["radio", "checkbox"].includes(type) || value === field.value));
  if (same) [, , field.checked, field.value] = same;
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
