/* The side panel of the selected cell: what it means, what it was, what the checks and the reviewer say about it. */
(function () {
  "use strict";

  const CHOICES = "[data-answer], [data-reason]"; // drawn anew under whoever has just chosen
  const REST = 180; // milliseconds on a cell before its panel is asked for: moving on asks for nothing

  class Panel {
    constructor({ box, url, token, held, onChange, onExplain, onDrawn, onHeldChoice, onPublished }) {
      Object.assign(this, { box, url, token, held, onChange, onExplain, onDrawn, onHeldChoice, onPublished });
      box.addEventListener("submit", (event) => this.submit(event));
      box.addEventListener("click", (event) => this.click(event));
      box.addEventListener("change", (event) => {
        if (event.target.matches("[data-answer]")) this.onChange(this.key, { text: event.target.value });
      });
      box.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target.tagName !== "TEXTAREA") return;
        event.preventDefault();
        event.target.form.requestSubmit();
      });
    }

    show(key) {
      this.key = key;
      clearTimeout(this.timer);
      if (this.asking) this.asking.abort();
      if (key) this.timer = setTimeout(() => this.load(), REST);
    }

    refresh() {
      const isWriting = this.box.contains(document.activeElement) && !document.activeElement.matches(CHOICES);
      if (this.key && !isWriting) this.show(this.key);
      else if (this.key) this.drawHeld();
    }

    address() {
      return this.url.replace("SUBJECT/KIND/VARIABLE", this.key.split("|").map(encodeURIComponent).join("/"));
    }

    async load() {
      const { key } = this;
      this.asking = new AbortController();
      this.box.setAttribute("aria-busy", "true");
      try {
        const response = await fetch(this.address(), { headers: { "HX-Request": "true" }, signal: this.asking.signal, redirect: "manual" });
        const text = await response.text();
        const signIn = response.headers.get("HX-Redirect"); // the session has ended
        if (signIn) window.pipRefusals.ended(signIn);
        else if (response.ok) window.pipRefusals.clear();
        else window.pipRefusals.show(text);
        if (response.ok && !signIn && key === this.key) this.draw(text);
      } catch (gone) { // another cell meanwhile, or no line: what is shown stays
        if (gone.name !== "AbortError") window.pipRefusals.silent();
      }
      if (key === this.key) {
        this.box.removeAttribute("aria-busy");
        this.drawHeld();
      }
    }

    /* Ready to be written in at once: what is typed before the panel has come is carried into it. */
    explain() {
      if (this.drawn === this.key && this.box.querySelector("#cell-why")) { this.box.querySelector("#cell-why").focus(); return; }
      this.drawn = this.key;
      this.box.replaceChildren(document.getElementById("explain-now").content.cloneNode(true));
      this.onDrawn(this.key);
      this.box.querySelector("#cell-why").focus();
    }

    /* The fragment comes from our own server, which escapes all that people wrote. What was typed for this cell and not sent stays. */
    draw(html) {
      const texts = this.drawn === this.key ? [...this.box.querySelectorAll("textarea")] : [];
      const typed = texts.filter((text) => text.value !== text.defaultValue || text === document.activeElement);
      const focused = typed.find((text) => text === document.activeElement);
      const chosen = this.box.contains(document.activeElement) && document.activeElement.matches(CHOICES) ? document.activeElement : null;
      this.box.innerHTML = html;
      this.drawn = this.key;
      for (const { id, value, defaultValue } of typed) {
        const text = id && this.box.querySelector(`#${CSS.escape(id)}`);
        if (text && value !== defaultValue) {
          text.value = value;
          text.dispatchEvent(new Event("input", { bubbles: true })); // its draft is kept
        }
      }
      const again = focused && focused.id && this.box.querySelector(`#${CSS.escape(focused.id)}`);
      if (again) { again.focus(); again.setSelectionRange(focused.selectionStart, focused.selectionEnd); }
      const same = chosen && this.box.querySelector(chosen.dataset.reason ? `[data-reason="${chosen.dataset.reason}"]` : `#${chosen.id}`);
      if (same) same.focus();
      window.pipDrafts.restoreIn(this.box);
      this.onDrawn(this.key);
      this.drawHeld();
    }

    /* A value of this cell that is still here and not there: why, and what can be done. */
    drawHeld() {
      const old = this.box.querySelector(".held");
      if (old) old.remove();
      const item = this.key && this.held(this.key);
      if (!item || item.state === "waiting") return;
      const box = window.pipSheet.heldBox(item);
      const after = this.box.querySelector("[data-held-here]");
      if (after) after.after(box);
      else this.box.prepend(box);
    }

    click(event) {
      const choice = event.target.closest("[data-take]");
      if (choice) this.onHeldChoice(this.key, choice.dataset.take);
      const reason = event.target.closest("[data-reason]");
      if (reason) this.onChange(this.key, { text: "", missing: reason.dataset.reason });
    }

    async submit(event) {
      const form = event.target;
      event.preventDefault();
      if (form.matches("[data-explain]")) {
        window.pipDrafts.forget(form); // the queue has it
        this.onExplain(this.key, form.querySelector("textarea").value);
        return;
      }
      const response = await fetch(form.action, {
        method: "POST", body: new FormData(form), redirect: "manual",
        headers: { "HX-Request": "true", "X-CSRFToken": this.token() },
      }).catch(() => null);
      if (response && response.ok) {
        window.pipDrafts.forget(form);
        form.reset();
        this.draw(await response.text());
        this.onPublished();
      } else await this.refused(form, response);
    }

    /* What was typed stays in its form; beside it stands why it did not go. After an ended session it goes by itself. */
    async refused(form, response) {
      const spot = form.querySelector("[data-failed]");
      const isHtml = response && (response.headers.get("Content-Type") || "").startsWith("text/html");
      if (isHtml) {
        const said = new DOMParser().parseFromString(await response.text(), "text/html").body;
        spot.replaceChildren(...[...(said.querySelector(".say") || said).childNodes].map((node) => document.importNode(node, true)));
      }
      if (response && response.status === 401) window.pipDrafts.later(form);
      spot.hidden = false;
    }
  }

  window.pipSheet.Panel = Panel;
}());
