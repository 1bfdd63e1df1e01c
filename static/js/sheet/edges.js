/* Columns that the grid has to scroll to: how many are out of sight on either side, and a way to them. */
(function () {
  "use strict";

  class Edges {
    constructor(frame, words) {
      this.frame = frame;
      this.words = words;
      this.box = frame.querySelector(".grid-box");
      this.headings = [...frame.querySelectorAll("thead th")];
      this.box.addEventListener("scroll", () => this.draw(), { passive: true });
      new ResizeObserver(() => this.draw()).observe(this.box);
      frame.addEventListener("click", (event) => {
        const button = event.target.closest("[data-edge]");
        if (button) this.box.scrollBy({ left: Number(button.dataset.edge) * this.box.clientWidth * 0.6 });
      });
      this.draw();
    }

    /* Between the names, which stay, and the right edge. */
    draw() {
      const [names, ...columns] = this.headings.map((th) => th.getBoundingClientRect());
      const right = this.box.getBoundingClientRect().left + this.box.clientWidth;
      this.say(-1, columns.filter((column) => column.left < names.right - 2).length);
      this.say(1, columns.filter((column) => column.right > right + 2).length);
    }

    say(side, count) {
      const button = this.frame.querySelector(`[data-edge="${side}"]`);
      button.hidden = !count;
      button.querySelector("span").textContent = this.words.columns.replace("{n}", count);
      this.frame.classList.toggle(side < 0 ? "has-left" : "has-right", count > 0);
    }
  }

  window.pipSheet.Edges = Edges;
}());
