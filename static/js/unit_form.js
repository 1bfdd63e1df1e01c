/* The form of one unit saves each field as it is left, through the queue of the sheet: the same marks, the same patience with
   a line or a session that has ended. Without this file the form is sent whole. */
(function () {
  "use strict";

  const { Queue, heldBox, drawLine, token } = window.pipSheet;
  const numbers = window.pipNumbers;
  const form = document.querySelector("form.unit-form[data-save]");
  if (!form) return;
  const words = JSON.parse(form.dataset.words);
  const saves = document.querySelector(".saves");
  const typed = new Set(); // keys with something that was typed and not yet given to the queue
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const cellOf = (key) => document.getElementById(key);
  let restTimer;
  let unseen = false; // what is new stood where somebody was: asked for again when she leaves

  function part(box, name) { return box.querySelector(`[name^="${name}-"]`); }

  function mark(box, state, text) {
    let spot = box.querySelector(".unit-mark");
    if (!spot) {
      spot = document.createElement("p");
      spot.className = "unit-mark note-s";
      box.append(spot);
    }
    box.dataset.mark = state;
    spot.textContent = text || words.states[state] || "";
  }

  /* A value typed over a reason replaces it, and a reason chosen over a value. */
  function settle(box, changed) {
    const [value, missing] = [part(box, "value"), part(box, "missing")];
    if (changed === value && numbers.text(value).trim()) missing.value = "";
    if (changed === missing && missing.value) numbers.put(value, "");
  }

  function give(key, explained) {
    const box = cellOf(key);
    const [value, missing, why, seen] = ["value", "missing", "why", "seen"].map((name) => part(box, name));
    const item = { text: value ? numbers.text(value).trim() : "", missing: missing ? missing.value : "", stamp: Number(seen ? seen.value.split(":")[0] : box.dataset.stamp || 0) };
    const held = queue.get(key);
    if (why && (explained || (held && held.explanation !== undefined))) item.explanation = why.value;
    typed.delete(key);
    mark(box, "saving");
    queue.put(key, item);
  }

  function leave() { [...typed].forEach((key) => give(key, cellOf(key).dataset.explained === "1")); }

  function show(key, item) {
    const box = cellOf(key);
    if (!box) return;
    const [value, missing, why] = ["value", "missing", "why"].map((name) => part(box, name));
    if (value) numbers.put(value, item.text);
    if (missing) missing.value = item.missing;
    if (why && item.explanation !== undefined) why.value = item.explanation;
    if (item.state === "waiting") mark(box, queue.line === "ok" ? "saving" : "queued");
    else onHeld(key, item);
  }

  function onHeld(key, item) {
    const box = cellOf(key);
    if (!box) return;
    const old = box.querySelector(".held");
    if (old) old.remove();
    mark(box, item.state === "clash" ? "clash" : "error");
    box.append(heldBox(item));
  }

  function take(key, choice) {
    const item = queue.get(key);
    queue.drop(key);
    if (choice === "mine") queue.put(key, { text: item.text, missing: item.missing, stamp: item.theirs.stamp });
    else if (choice.startsWith("reading")) queue.put(key, { ...item, readings: undefined, message: undefined, text: item.readings[Number(choice.slice(-1))] });
    if (queue.get(key)) show(key, queue.get(key));
    else refresh();
    const held = cellOf(key).querySelector(".held");
    if (held) held.remove();
  }

  function onSaved(answer) {
    saves.textContent = fill(words.saved, { at: answer.at });
    for (const [key, cell] of Object.entries(answer.saved)) {
      const box = cellOf(key);
      const held = box && box.querySelector(".held");
      if (held) held.remove();
      if (box) note(box, cell, answer.at);
    }
    clearTimeout(restTimer);
    restTimer = setTimeout(refresh, 600);
  }

  /* The stamp that the next save is compared with, and what now counts as unchanged. */
  function note(box, cell, at) {
    const [value, missing, seen] = ["value", "missing", "seen"].map((name) => part(box, name));
    if (seen) seen.value = `${cell.stamp}:${missing.value}:${numbers.text(value).trim()}`;
    box.dataset.stamp = cell.stamp;
    mark(box, cell.state, words.states[cell.state] || fill(words.saved, { at }));
  }

  /* What the checks say and what has changed around a value comes from the page itself, where nobody is typing. */
  async function refresh() {
    const response = await fetch(window.location.href, { redirect: "manual" }).catch(() => null);
    if (!response || !response.ok) return;
    unseen = false;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const fresh of page.querySelectorAll(".unit-cell")) {
      const box = cellOf(fresh.id);
      const answering = box && [...box.querySelectorAll("textarea[name^=answer-]")].some((field) => field.value);
      if (box && box.contains(document.activeElement)) unseen = true;
      if (!box || answering || box.contains(document.activeElement) || typed.has(fresh.id) || queue.get(fresh.id)) continue;
      const said = box.querySelector(".unit-mark");
      const adopted = document.importNode(fresh, true);
      if (said) { adopted.append(said); adopted.dataset.mark = box.dataset.mark; }
      box.replaceWith(adopted);
      numbers.lookIn(adopted);
    }
  }

  function onLine(state, message) {
    const waiting = queue.waiting();
    drawLine(state, message, waiting.length);
    if (waiting.length) saves.textContent = fill(words.waiting, { n: waiting.length });
    if (state !== "ok") waiting.forEach(([key]) => cellOf(key) && mark(cellOf(key), "queued"));
  }

  const queue = new Queue({ url: form.dataset.save, prefix: form.dataset.queue, catalogue: form.dataset.catalogue, token, onSaved, onHeld, onLine });

  function boxOf(event) {
    const box = event.target.closest(".unit-cell");
    return box && /^(value|missing|why)-/.test(event.target.name || "") ? box : null;
  }

  form.addEventListener("input", (event) => {
    const box = boxOf(event);
    if (!box) return;
    typed.add(box.id);
    if (event.target.name.startsWith("why-")) box.dataset.explained = "1";
  });
  form.addEventListener("change", (event) => {
    const box = boxOf(event);
    if (!box) return;
    settle(box, event.target);
    give(box.id, event.target.name.startsWith("why-"));
  });
  form.addEventListener("focusout", (event) => {
    const box = event.target.closest(".unit-cell");
    if (!unseen || !box || box.contains(event.relatedTarget)) return;
    clearTimeout(restTimer);
    restTimer = setTimeout(refresh, 600);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (button) take(button.closest(".unit-cell").id, button.dataset.take);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-again]")) queue.flush(); });
  form.addEventListener("submit", leave);
  window.addEventListener("pagehide", leave);
  queue.items.forEach((item, key) => show(key, item));
  queue.flush();
}());
