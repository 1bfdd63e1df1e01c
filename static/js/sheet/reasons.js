/* The small menu of reasons for a missing value: opened by `n`, moved by arrows or digits, closed by Esc. */
(function () {
  "use strict";

  class Reasons {
    constructor(menu, onChoice) {
      this.menu = menu;
      this.onChoice = onChoice;
      this.items = [...menu.querySelectorAll("[role=menuitem]")];
      menu.addEventListener("keydown", (event) => this.key(event));
      menu.addEventListener("click", (event) => {
        const item = event.target.closest("[role=menuitem]");
        if (item) this.choose(item);
      });
      menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget)) menu.hidden = true; });
    }

    open(td) {
      this.td = td;
      const box = td.getBoundingClientRect();
      this.menu.hidden = false;
      const { offsetHeight, offsetWidth } = this.menu;
      const below = box.bottom + offsetHeight <= window.innerHeight;
      this.menu.style.top = `${below ? box.bottom : Math.max(0, box.top - offsetHeight)}px`;
      this.menu.style.left = `${Math.max(0, Math.min(box.left, window.innerWidth - offsetWidth - 8))}px`;
      this.items[0].focus();
    }

    close() {
      this.menu.hidden = true;
      this.td.focus({ preventScroll: true });
    }

    choose(item) {
      this.close();
      this.onChoice(this.td, item.dataset.reason);
    }

    key(event) {
      const at = this.items.indexOf(document.activeElement);
      const { key } = event;
      const digit = Number.parseInt(key, 10);
      if (key === "Escape" || key === "Tab") this.close();
      else if (key === "ArrowDown") this.items[(at + 1) % this.items.length].focus();
      else if (key === "ArrowUp") this.items[(at + this.items.length - 1) % this.items.length].focus();
      else if (key === "Enter" || key === " ") this.choose(this.items[at]);
      else if (digit >= 1 && digit <= this.items.length) this.choose(this.items[digit - 1]);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }
  }

  window.pipSheet.Reasons = Reasons;
}());
