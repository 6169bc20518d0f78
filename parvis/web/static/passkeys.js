/* Passkeys, the one thing that no browser does without a script. Their forms stay hidden without. */
"use strict";
const told = document.getElementById("passkey-options");
const options = async (form) => {
  if (told) return JSON.parse(told.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
};

const asked = async (form) => {
  const { creation_options: create, request_options: get } = await options(form);
  if (get) return webauthnJSON.get(get);
  // It must open the account by itself, so the device keeps it and asks who is there.
  const wanted = create.publicKey.authenticatorSelection;
  Object.assign(wanted, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
  return webauthnJSON.create(create);
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!webauthnJSON.supported()) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await asked(form));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
