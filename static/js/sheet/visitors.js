/* Who else is in this sheet: asked once a minute while somebody looks at it. It keeps no session open. */
(function () {
  "use strict";

  const MINUTE = 60000;

  class Visitors {
    constructor({ url, box, words, token, place, cell }) {
      Object.assign(this, { url, box, words, token, place, cell });
      this.timer = setInterval(() => this.ask(), MINUTE);
      this.ask();
    }

    async ask() {
      if (document.hidden) return;
      const response = await fetch(this.url, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token() },
        body: JSON.stringify({ cell: this.cell() }),
      }).catch(() => null);
      if (response && [401, 403, 404].includes(response.status)) clearInterval(this.timer); // not hers any more
      if (response && response.ok) this.draw((await response.json()).others);
    }

    draw(others) {
      const said = others.map(({ name, cell, at }) => {
        const values = { name, at, place: this.place(cell) };
        const text = values.place ? this.words.seen : this.words.seen_only;
        return text.replace(/\{(\w+)\}/g, (_all, one) => values[one]);
      });
      const text = said.length ? `${this.words.others} ${said.join("; ")}` : "";
      this.box.hidden = !text;
      if (this.box.textContent !== text) this.box.textContent = text; // said again only when it has changed
    }
  }

  window.pipSheet.Visitors = Visitors;
}());
