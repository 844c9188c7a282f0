// The little the pages do by themselves; every page works without it.
"use strict";

// A form that was sent is not sent twice while the answer is on its way.
document.addEventListener("submit", (event) => {
  for (const button of event.target.querySelectorAll("button[type=submit], button:not([type])")) {
    setTimeout(() => { button.disabled = true; }, 0);
    setTimeout(() => { button.disabled = false; }, 8000);
  }
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest ? event.target.closest("form") : null;
  if (form) for (const button of form.querySelectorAll("button")) button.disabled = false;
});

// A refusal is read out and seen: focus moves to it, and what it says also stands beside the field that it names.
document.addEventListener("htmx:afterSwap", (event) => {
  const notice = event.target.id === "notice" ? event.target.querySelector(".notice") : null;
  if (!notice) return;
  notice.focus();
  for (const old of document.querySelectorAll(".wrong")) old.remove();
  for (const old of document.querySelectorAll("[aria-invalid]")) old.removeAttribute("aria-invalid");
  const named = notice.dataset.field ? document.querySelector(`main [name="${CSS.escape(notice.dataset.field)}"]`) : null;
  if (!named) return;
  const fold = named.closest("details");
  if (fold) fold.open = true;
  const words = document.createElement("small");
  words.className = "wrong";
  words.id = "wrong";
  words.textContent = notice.textContent.trim();
  named.setAttribute("aria-invalid", "true");
  named.setAttribute("aria-errormessage", "wrong");
  (named.closest(".field, fieldset") || named.parentElement).append(words);
  named.focus();
});

// Keys: / searches, g then a letter goes to a part of the workspace, ? lists them.
let before = "";
document.addEventListener("keydown", (event) => {
  const at = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || at.matches("input, textarea, select, [contenteditable]")) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); }
  } else if (before === "g") {
    const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (link) link.click();
  } else if (event.key === "?") {
    const keys = document.querySelector("#keys");
    if (keys) { keys.open = true; keys.scrollIntoView(); keys.querySelector("summary").focus(); }
  }
  before = event.key;
});

// Select all of a secret on a click, and copy what a button names.
document.addEventListener("click", (event) => {
  const copier = event.target.closest("[data-copy]");
  if (!copier) return;
  const source = document.getElementById(copier.dataset.copy);
  navigator.clipboard.writeText(source.value || source.textContent.trim()).then(() => { copier.textContent = "Copied"; });
});
