/* Keeps the figures of an open sitting fresh: how many are here, how many have voted. Without it the page
   says the same after it is loaded again. */
"use strict";
(() => {
  const box = document.querySelector("[data-figures]");
  if (!box) return;
  const put = (node, text) => { if (node && node.textContent !== text) node.textContent = text; };
  const look = async () => {
    if (document.hidden) return;
    const answer = await fetch(box.dataset.figures, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer || !answer.ok) return;
    const told = await answer.json();
    put(document.querySelector("[data-quorum]"), told.quorum);
    for (const [number, text] of Object.entries(told.votes)) {
      put(document.querySelector(`[data-votes="${number}"]`), text);
    }
  };
  setInterval(look, 5000);
})();
