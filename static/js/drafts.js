/* What is typed into a form stays in this browser, for this person, until the portal has it: leaving the page, another language, an
   ended session or a dropped line lose nothing. Forms in which one types are kept from the first letter on, those in which one only
   chooses from when they are sent. Signing out forgets it. What a script sent when the session had ended is sent again after the sign-in. Where the browser keeps nothing,
   leaving asks. The portal's half: pip_network/web/drafts.py. */
(function () {
  "use strict";

  const KEY = "form_key";
  const LEFT_OUT = ["csrfmiddlewaretoken", KEY, "_draft"];
  const SECRET = "[type=password], [autocomplete=one-time-code], [autocomplete=current-password], [autocomplete=new-password]";
  const NOT_TYPED = ["hidden", "password", "file", "submit", "button", "reset", "image"];
  const FEW = 3; // fields: a form of more of them is a longer one
  const TYPED = ["text", "email", "url", "tel", "number", "date", "datetime-local", "month", "time"];
  const settings = document.getElementById("drafts");
  const DAYS = Number(settings.dataset.days);
  const typed = new WeakMap(); // of each form the fields whose text came back: typed, even where the page shows it again
  const prefix = `pip-draft:${settings.dataset.person}:`;
  const posts = `pip-post:${settings.dataset.person}:`;
  const unkept = new Set(); // forms with something that this browser refuses to keep
  let sending = null; // the form by which the page is left

  function names(start) {
    return Array.from({ length: localStorage.length }, (_none, i) => localStorage.key(i)).filter((name) => name.startsWith(start));
  }

  /* A browser that refuses storage keeps no drafts; the page works on. */
  function quietly(done) {
    try { return done(); } catch (refused) { return null; }
  }

  const isMany = (field) => field.type === "checkbox" || field.type === "radio";
  const spot = (field) => (isMany(field) ? `${field.name}=${field.value}` : field.name);

  /* What is sent to the portal and holds no secret. */
  function isOurs(form) {
    const method = (form.getAttribute("method") || "get").toLowerCase();
    return method === "post" && form.id !== "changelist-form" && form.querySelector(SECRET) === null;
  }

  /* Kept from the first letter on: where one types (what confirms by being typed is no text), where there is much to choose, and
     what says so. */
  function isLong(form) {
    if (!isOurs(form)) return false;
    if (form.dataset.draft !== undefined || form.querySelector("textarea") !== null) return true;
    const found = fields(form).filter((field) => !isMany(field));
    return found.length > FEW || found.some((field) => TYPED.includes(field.type) && field.autocomplete !== "off");
  }

  /* One form, wherever it is shown: what it sends to, and what it is about. */
  function nameOf(form) {
    const about = ["cell", "theme"].map((name) => form.querySelector(`[type=hidden][name="${name}"]`)).filter(Boolean).map((field) => field.value);
    const first = form.querySelector("textarea") || fields(form)[0];
    const address = new URL(form.getAttribute("action") || "", window.location.href);
    return [address.pathname, first ? first.name : "", ...about].join("|");
  }

  function fields(form) {
    const alone = (form.dataset.alone || "").split(" ").filter(Boolean); // saved field by field
    const kept = (field) => field.name && !alone.some((start) => field.name.startsWith(start)) && !field.disabled && !LEFT_OUT.includes(field.name) && !NOT_TYPED.includes(field.type);
    return [...form.elements].filter(kept);
  }

  function valueOf(field) {
    if (isMany(field)) return field.checked;
    return field.multiple && field.tagName === "SELECT" ? [...field.selectedOptions].map((option) => option.value).join("\n") : field.dataset.plain ?? field.value; // a number without its thousands marks
  }

  /* What the page showed of a field before anybody touched it. */
  function shown(field) {
    if (isMany(field)) return field.defaultChecked;
    if (field.tagName !== "SELECT") return field.defaultValue;
    const chosen = [...field.options].filter((option) => option.defaultSelected).map((option) => option.value);
    if (field.multiple) return chosen.join("\n");
    return chosen.length ? chosen.at(-1) : (field.options[0] || { value: "" }).value;
  }

  function setTo(field, value) {
    if (isMany(field)) field.checked = value;
    else if (field.tagName !== "SELECT") {
      delete field.dataset.plain;
      field.value = value;
    }
    else if (field.multiple) for (const option of field.options) option.selected = value.split("\n").includes(option.value);
    else if ([...field.options].some((option) => option.value === value)) field.value = value;
  }

  /* The stamp that the page showed goes along: somebody else's change meanwhile stays a conflict. */
  function seen(form, field) {
    const candidates = [`seen-${field.name}`, field.name.replace(/^(value|missing|why)-/, "seen-"), "stamp"];
    const stamp = candidates.map((name) => form.elements.namedItem(name)).find(Boolean);
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
    const key = form.elements.namedItem(KEY);
    const held = { values, stamps, key: key ? key.value : "", at: Date.now() };
    const has = Object.keys(values).length > 0;
    const done = quietly(() => {
      if (has) localStorage.setItem(prefix + nameOf(form), JSON.stringify(held));
      else localStorage.removeItem(prefix + nameOf(form));
      return true;
    });
    if (has && !done) unkept.add(form);
    else unkept.delete(form);
  }

  function restore(form) {
    if (!isOurs(form) || form.dataset.kept) return;
    form.dataset.kept = "1";
    if (quietly(() => localStorage.getItem(posts + nameOf(form)))) return; // is about to be sent
    const held = quietly(() => JSON.parse(localStorage.getItem(prefix + nameOf(form))));
    if (!held) return;
    typed.set(form, new Set(Object.keys(held.values)));
    const back = fields(form).filter((field) => spot(field) in held.values && valueOf(field) !== held.values[spot(field)]);
    if (!back.length) return;
    const before = back.map((field) => put(form, field, held));
    before.push(again(form, held.key));
    tell(form, back, before);
  }

  /* Gives back how its stamp is undone. */
  function put(form, field, { values, stamps }) {
    const stamp = seen(form, field);
    const was = stamp ? stamp.value : "";
    setTo(field, values[spot(field)]);
    if (stamp && stamp.name in stamps) stamp.value = stamps[stamp.name];
    const folded = field.closest("details");
    if (folded) folded.open = true;
    return () => { if (stamp) stamp.value = was; };
  }

  /* What makes something once has the key that it had: sent already, it leads to what it made. A key that the portal has just
     drawn because the old one is spent is left. */
  function again(form, key) {
    const own = form.elements.namedItem(KEY);
    const was = own ? own.value : "";
    if (own && key && own.dataset.spent === undefined) own.value = key;
    return () => { if (own) own.value = was; };
  }

  function tell(form, back, before) {
    const said = settings.content.cloneNode(true).firstElementChild;
    said.querySelector("button").addEventListener("click", () => {
      forget(nameOf(form));
      typed.delete(form);
      form.reset();
      before.reverse().forEach((undo) => undo());
      said.remove();
      back[0].focus();
    });
    form.prepend(said);
  }

  function forget(name) { quietly(() => localStorage.removeItem(prefix + name)); }

  function forgetForm(form) {
    forget(nameOf(form));
    unkept.delete(form);
  }

  function tidy() {
    const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
    for (const name of [...names(prefix), ...names(posts)]) if (JSON.parse(localStorage.getItem(name)).at < oldest) localStorage.removeItem(name);
    JSON.parse(settings.dataset.sent).forEach(forget);
  }

  function onSubmit(event) {
    const form = event.target;
    const isLeaving = JSON.parse(settings.dataset.leave).includes(form.getAttribute("action") || "");
    if (isLeaving) quietly(() => [...names(prefix), ...names(posts)].forEach((name) => localStorage.removeItem(name)));
    else if (isOurs(form) && fields(form).some((field) => !isMany(field))) {
      keep(form);
      let field = form.elements.namedItem("_draft");
      if (!field) {
        field = document.createElement("input");
        Object.assign(field, { type: "hidden", name: "_draft" });
        form.append(field);
      }
      field.value = nameOf(form);
    }
  }

  /* --- what a script sent when the session had ended */

  function later(form) {
    const held = { action: form.action, fields: [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string"), at: Date.now() };
    keep(form);
    return quietly(() => { localStorage.setItem(posts + nameOf(form), JSON.stringify(held)); return true; }) === true;
  }

  function token() {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
    const field = document.querySelector("[name=csrfmiddlewaretoken]");
    return cookie ? cookie[1] : field ? field.value : "";
  }

  /* The page was opened by who signed in: what waits goes. Refused, it is a draft again, in its form. */
  async function sendWaiting() {
    let gone = 0;
    for (const name of quietly(() => names(posts)) || []) {
      const held = quietly(() => JSON.parse(localStorage.getItem(name)));
      if (!held) continue; // gone by another window
      const { action, fields: parts } = held;
      const body = new FormData();
      parts.forEach(([part, value]) => body.append(part, value));
      const response = await fetch(action, {
        method: "POST", body, redirect: "manual", headers: { "HX-Request": "true", "X-CSRFToken": token() },
      }).catch(() => null);
      if (!response || response.status === 401 || response.status >= 500) return; // later again
      const done = response.ok || response.type === "opaqueredirect";
      localStorage.removeItem(name);
      if (done) { forget(name.slice(posts.length)); gone += 1; }
      else document.querySelectorAll("form").forEach((form) => { delete form.dataset.kept; restore(form); });
    }
    if (gone) document.dispatchEvent(new CustomEvent("pip:sent"));
  }

  const restoreIn = (box) => box.querySelectorAll("form").forEach(restore);
  const changed = (event) => { if (event.target.form && isLong(event.target.form)) keep(event.target.form); };

  quietly(tidy);
  restoreIn(document);
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("submit", onSubmit, true);
  window.addEventListener("submit", (event) => { sending = event.defaultPrevented ? null : event.target; });
  window.addEventListener("beforeunload", (event) => {
    if ([...unkept].some((form) => form.isConnected && form !== sending)) event.preventDefault();
  });
  document.addEventListener("htmx:load", (event) => restoreIn(event.detail.elt));
  window.pipDrafts = { restoreIn, forget: forgetForm, later };
  sendWaiting();
}());
