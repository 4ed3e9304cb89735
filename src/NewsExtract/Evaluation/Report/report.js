"use strict";
(function () {
  const byId = id => document.getElementById(id);
  const form = byId("filters"), shown = byId("shown");
  const cases = Array.from(document.querySelectorAll(".case")).map(element => ({
    element,
    genre: element.dataset.genre,
    errors: Array.from(element.querySelectorAll(".error")).map(item => ({ item, data: item.dataset, words: item.textContent.toLowerCase() })),
    name: element.querySelector("h3").textContent.toLowerCase()
  }));
  const total = cases.reduce((sum, c) => sum + c.errors.length, 0);

  function filter() {
    const field = byId("f-field").value, genre = byId("f-genre").value, kind = byId("f-kind").value;
    const text = byId("f-text").value.trim().toLowerCase(), follows = byId("f-follows").checked;
    let count = 0, articles = 0;
    for (const c of cases) {
      let any = false;
      for (const e of c.errors) {
        const visible = (!field || e.data.field === field) && (!genre || c.genre === genre) && (!kind || e.data.kind === kind)
          && (follows || e.data.follows === "0") && (!text || e.words.includes(text) || c.name.includes(text));
        e.item.hidden = !visible;
        if (visible) { any = true; count++; }
      }
      c.element.hidden = !any;
      if (any) articles++;
    }
    shown.textContent = count + " of " + total + " errors, in " + articles + " articles";
  }

  let picked = null;

  function unpick() {
    if (!picked) return;
    picked.setAttribute("aria-pressed", "false");
    picked.closest(".error").classList.remove("on");
    for (const piece of picked.closest(".case").querySelectorAll(".text span[data-m]")) piece.className = "";
    picked = null;
  }

  function pick(button) {
    const again = picked === button;
    unpick();
    if (again) return;
    picked = button;
    button.setAttribute("aria-pressed", "true");
    button.closest(".error").classList.add("on");
    const text = button.closest(".case").querySelector(".text");
    let first = null;
    for (const piece of text.querySelectorAll("span[data-m]")) {
      for (const owner of piece.dataset.m.split(" ")) {
        if (owner.slice(1) !== button.dataset.error) continue;
        piece.classList.add(owner[0]);
        if (!first || (owner[0] === "g" && !first.classList.contains("g"))) first = piece;
      }
    }
    if (first) text.scrollTop = Math.max(0, first.offsetTop - text.clientHeight / 3);
  }

  function step(by) {
    const buttons = Array.from(document.querySelectorAll(".case:not([hidden]) .error:not([hidden]) .pick"));
    if (!buttons.length) return;
    const at = buttons.indexOf(document.activeElement);
    const next = buttons[at < 0 ? 0 : Math.min(buttons.length - 1, Math.max(0, at + by))];
    next.focus();
    if (picked !== next) pick(next);
  }

  document.addEventListener("click", event => {
    const button = event.target.closest(".pick");
    if (button) pick(button);
  });
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input[type=search], select, textarea");
    if (event.key === "Escape" && typing) { event.target.blur(); return; }
    if (typing) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") byId("f-text").focus();
    else return;
    event.preventDefault();
  });
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", event => event.preventDefault());
  filter();
})();
