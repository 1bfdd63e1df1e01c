/* What is said when a part of the page asks the portal (through htmx, or the panel of the sheet) and the answer is a refusal,
   or none at all. One place, to which screen readers listen; what stands on the page and what was typed stays. */
(function () {
  "use strict";

  const FOR_GOOD = [403, 404, 410]; // asking again by itself would not change it
  const box = document.getElementById("refusal");

  /* The same words are not put twice: who listens hears them once. */
  function put(node) {
    if (node.textContent.trim() !== box.textContent.trim()) box.replaceChildren(node);
  }

  function words(name) {
    return document.getElementById(`refusal-${name}`).content.firstElementChild.cloneNode(true);
  }

  /* The sentence of our own server; anything else (a proxy's page, nothing) gets a general one. */
  function show(html) {
    const said = new DOMParser().parseFromString(html, "text/html").querySelector(".say");
    if (said) said.removeAttribute("role"); // the place around it has one
    put(said ? document.importNode(said, true) : words("failed"));
  }

  function ended(signIn) {
    const said = words("ended");
    said.querySelector("a").href = signIn;
    put(said);
  }

  const silent = () => put(words("silent"));
  const clear = () => box.replaceChildren();

  window.pipRefusals = { show, ended, silent, clear };
  if (!window.htmx) return;

  Object.assign(window.htmx.config, { includeIndicatorStyles: false, allowEval: false }); // as our policy has it
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, elt } = event.detail;
    if (FOR_GOOD.includes(xhr.status)) elt.dataset.refused = xhr.status;
    if (xhr.status === 401 && elt.tagName === "FORM") window.pipDrafts.later(elt); // goes after the sign-in
    show(xhr.responseText);
  });
  document.addEventListener("htmx:sendError", silent);
  document.addEventListener("htmx:timeout", silent);
  document.addEventListener("htmx:afterOnLoad", (event) => { if (event.detail.xhr.status < 400) clear(); });
  document.addEventListener("htmx:beforeRequest", (event) => {
    // A part that asks by the clock and was refused for good stops; a button may be pressed again.
    const { elt } = event.detail;
    if (elt.dataset.refused && (elt.getAttribute("hx-trigger") || "").startsWith("every")) event.preventDefault();
  });
}());
