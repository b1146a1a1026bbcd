/* Suggestions under the search box: a combobox for the keyboard and for screen readers.
   Without this file the box is a plain form. htmx fetches the list; this moves through it. */
(() => {
  const box = document.querySelector("input[data-suggest]");
  const list = document.getElementById("suggestions");
  const said = document.getElementById("suggested");
  if (!box || !list || !said) return;

  const options = () => [...list.querySelectorAll('[role="option"]')];
  let active = -1;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  const mark = (at) => {
    const all = options();
    active = all.length ? (at + all.length) % all.length : -1;
    all.forEach((one, place) => one.setAttribute("aria-selected", String(place === active)));
    if (active < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  };
  const show = (open) => {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) {
      active = -1;
      box.removeAttribute("aria-activedescendant");
    }
  };
  const go = (option) => window.location.assign(option.dataset.href);

  list.addEventListener("htmx:afterSwap", () => {
    active = -1;
    const count = options().length;
    show(count > 0 && document.activeElement === box && box.value.trim().length > 1);
    said.textContent = count ? `${count} ${said.dataset.some}` : said.dataset.none;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      show(false);
      event.preventDefault();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options().length) {
      const down = event.key === "ArrowDown";
      show(true);
      mark(active < 0 ? (down ? 0 : -1) : active + (down ? 1 : -1));
      event.preventDefault();
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      go(options()[active]);
      event.preventDefault();
    }
  });
  box.addEventListener("input", () => {
    if (box.value.trim().length < 2) show(false);
  });
  box.addEventListener("blur", () => show(false));
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) go(option);
    event.preventDefault();
  });
})();
