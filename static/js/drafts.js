/* What is typed into a longer form stays in this browser, for this person, until the portal has it: leaving the page, an ended
   session or a dropped line lose nothing. Signing out forgets it. The portal's half: pip_network/web/drafts.py. */
(function () {
  "use strict";

  const LEFT_OUT = ["csrfmiddlewaretoken", "form_key", "_draft"];
  const settings = document.getElementById("drafts");
  const DAYS = Number(settings.dataset.days);
  const typed = new WeakMap(); // of each form the fields whose text came back: typed, even where the page shows it again
  const prefix = `pip-draft:${settings.dataset.person}:`;

  function names() {
    return Array.from({ length: localStorage.length }, (_none, i) => localStorage.key(i)).filter((name) => name.startsWith(prefix));
  }

  /* A browser that refuses storage keeps no drafts; the page works on. */
  function quietly(done) {
    try { return done(); } catch (refused) { return null; }
  }

  /* Longer forms: those with a text of several lines, and those that say so. */
  function isKept(form) {
    const method = (form.getAttribute("method") || "get").toLowerCase();
    return method === "post" && (form.dataset.draft !== undefined || form.querySelector("textarea") !== null);
  }

  /* One form, wherever it is shown: what it sends to, and what it is about. */
  function nameOf(form) {
    const about = ["cell", "theme"].map((name) => form.querySelector(`[type=hidden][name="${name}"]`)).filter(Boolean).map((field) => field.value);
    const first = form.querySelector("textarea");
    const address = new URL(form.getAttribute("action") || "", window.location.href);
    return [address.pathname, first ? first.name : "", ...about].join("|");
  }

  function fields(form) {
    const own = form.dataset.save !== undefined ? /^(value|missing|why)-/ : /^$/; // saved field by field
    const kept = (field) => field.name && !own.test(field.name) && !field.disabled && !LEFT_OUT.includes(field.name) && !["hidden", "password", "file", "submit", "button"].includes(field.type);
    return [...form.elements].filter(kept);
  }

  function valueOf(field) {
    return field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
  }

  /* What the page showed of a field before anybody touched it. */
  function shown(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.defaultChecked;
    if (field.tagName !== "SELECT") return field.defaultValue;
    const chosen = [...field.options].find((option) => option.defaultSelected) || field.options[0];
    return chosen ? chosen.value : "";
  }

  const isMany = (field) => field.type === "checkbox" || field.type === "radio";
  const spot = (field) => (isMany(field) ? `${field.name}=${field.value}` : field.name);

  /* The stamp that the page showed goes along: somebody else's change meanwhile stays a conflict. */
  function seen(form, field) {
    const name = form.elements.namedItem(`seen-${field.name}`) ? `seen-${field.name}` : field.name.replace(/^(value|missing|why)-/, "seen-");
    const stamp = form.elements.namedItem(name);
    return stamp && stamp !== field && stamp.type === "hidden" ? stamp : null;
  }

  function keep(form) {
    const values = {};
    const stamps = {};
    const back = typed.get(form) || new Set();
    for (const field of fields(form).filter((one) => valueOf(one) !== shown(one) || back.has(spot(one)))) {
      values[spot(field)] = valueOf(field);
      const stamp = seen(form, field);
      if (stamp) stamps[stamp.name] = stamp.value;
    }
    quietly(() => {
      if (Object.keys(values).length) localStorage.setItem(prefix + nameOf(form), JSON.stringify({ values, stamps, at: Date.now() }));
      else localStorage.removeItem(prefix + nameOf(form));
    });
  }

  function restore(form) {
    if (!isKept(form) || form.dataset.kept) return;
    form.dataset.kept = "1";
    const held = quietly(() => JSON.parse(localStorage.getItem(prefix + nameOf(form))));
    if (!held) return;
    typed.set(form, new Set(Object.keys(held.values)));
    const back = fields(form).filter((field) => spot(field) in held.values && valueOf(field) !== held.values[spot(field)]);
    for (const field of back) put(form, field, held);
    if (back.length) tell(form, back);
  }

  function put(form, field, { values, stamps }) {
    const stamp = seen(form, field);
    if (isMany(field)) field.checked = values[spot(field)];
    else field.value = values[spot(field)];
    if (stamp && stamp.name in stamps) stamp.value = stamps[stamp.name];
    const folded = field.closest("details");
    if (folded) folded.open = true;
  }

  function tell(form, back) {
    const said = settings.content.cloneNode(true).firstElementChild;
    said.querySelector("button").addEventListener("click", () => {
      forget(nameOf(form));
      typed.delete(form);
      form.reset();
      said.remove();
      back[0].focus();
    });
    form.prepend(said);
  }

  function forget(name) { quietly(() => localStorage.removeItem(prefix + name)); }

  function tidy() {
    const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
    for (const name of names()) if (JSON.parse(localStorage.getItem(name)).at < oldest) localStorage.removeItem(name);
    JSON.parse(settings.dataset.sent).forEach(forget);
  }

  function onSubmit(event) {
    const form = event.target;
    if ((form.getAttribute("action") || "") === settings.dataset.leave) quietly(() => names().forEach((name) => localStorage.removeItem(name)));
    else if (isKept(form) && !form.elements.namedItem("_draft")) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "_draft", value: nameOf(form) });
      form.append(field);
    }
  }

  const restoreIn = (box) => box.querySelectorAll("form").forEach(restore);
  const changed = (event) => { if (event.target.form && isKept(event.target.form)) keep(event.target.form); };

  quietly(tidy);
  restoreIn(document);
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("htmx:load", (event) => restoreIn(event.detail.elt));
  window.pipDrafts = { restoreIn, forget: (form) => forget(nameOf(form)) };
}());
