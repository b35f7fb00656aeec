/* The items of an agenda are put in order by dragging their handles, with a mouse, a pen or a finger.
   Without it, and by keys, the buttons «Выше» and «Ниже» do the same. */
"use strict";
(() => {
  const items = () => [...document.querySelectorAll("[data-item]")];
  for (const grip of document.querySelectorAll("[data-grip]")) {
    grip.hidden = false;
    grip.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      carry(grip.closest("[data-item]"));
    });
  }

  function carry(item) {
    const before = items(), stop = new AbortController();
    const on = (name, act) => document.addEventListener(name, act, { signal: stop.signal });
    const end = () => { stop.abort(); item.classList.remove("is-carried"); };
    const back = () => { end(); before.forEach((each) => each.parentNode.appendChild(each)); };
    item.classList.add("is-carried");
    on("pointermove", (event) => move(item, event.clientY));
    on("pointercancel", back);
    on("keydown", (event) => { if (event.code === "Escape") back(); });
    on("pointerup", () => {
      end();
      const place = items().indexOf(item);
      if (place !== before.indexOf(item)) send(item, place + 1);
    });
  }

  /* The item stands before the first one whose middle is below the pointer. */
  function move(item, y) {
    const others = items().filter((each) => each !== item);
    const middle = (each) => { const box = each.getBoundingClientRect(); return (box.top + box.bottom) / 2; };
    const next = others.find((each) => middle(each) > y);
    if (next) { if (item.nextElementSibling !== next) next.before(item); }
    else if (others.length && others.at(-1).nextElementSibling !== item) others.at(-1).after(item);
    if (y < 60) scrollBy(0, -20);
    if (y > innerHeight - 60) scrollBy(0, 20);
  }

  function send(item, position) {
    const form = item.querySelector("[data-place]");
    for (const [name, value] of [["do", "to"], ["position", position]]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    form.submit();
  }
})();
