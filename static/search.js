/* The search box: «/» leads to it, proposals appear while typing, facets apply at once.
   Everything works without this file: the box is a plain form, the facets have a button. */
(function () {
  'use strict';
  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function isTyping(node) { return /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) || node.isContentEditable; }

  document.addEventListener('keydown', function (event) {
    var query = document.getElementById('q');
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && query && !isTyping(event.target)) {
      event.preventDefault(); query.focus(); query.select();
    }
  });

  /* Proposals: a list of links under the box, walked through by the arrow keys. */
  function wireProposals(box) {
    var list = document.getElementById(box.getAttribute('aria-controls')), form = box.form;
    var wait = 0, asked = '', current = -1;
    if (!list) { return; }
    function items() { return Array.prototype.slice.call(list.querySelectorAll('a')); }
    function hide() { list.hidden = true; current = -1; box.setAttribute('aria-expanded', 'false'); box.removeAttribute('aria-activedescendant'); }
    function mark(number) {
      var links = items();
      if (!links.length) { return; }
      current = (number + links.length) % links.length;
      links.forEach(function (link, at) { link.parentNode.setAttribute('aria-selected', String(at === current)); });
      box.setAttribute('aria-activedescendant', links[current].parentNode.id);
    }
    function show(found) {
      list.replaceChildren.apply(list, found.map(function (item, number) {
        var row = document.createElement('li'), link = document.createElement('a');
        var caption = document.createElement('b'), title = document.createElement('span');
        row.id = list.id + '-' + number; row.setAttribute('role', 'option'); row.setAttribute('aria-selected', 'false');
        link.href = item.url; link.tabIndex = -1;
        caption.textContent = item.caption; title.textContent = item.title;
        link.append(caption, title); row.append(link);
        return row;
      }));
      current = -1; list.hidden = !found.length; box.setAttribute('aria-expanded', String(!!found.length));
    }
    function look() {
      var text = box.value.trim();
      if (text.length < 2) { asked = text; hide(); return; }
      if (text === asked) { return; }
      asked = text;
      fetch(form.getAttribute('data-suggest') + '?q=' + encodeURIComponent(text), { headers: { Accept: 'application/json' }, credentials: 'same-origin' })
        .then(function (answer) { return answer.ok ? answer.json() : { items: [] }; })
        .then(function (answer) { if (asked === text && document.activeElement === box) { show(answer.items); } })
        .catch(hide);
    }
    box.addEventListener('input', function () { clearTimeout(wait); wait = setTimeout(look, 120); });
    box.addEventListener('keydown', function (event) {
      if (event.key === 'Escape') { hide(); }
      if (list.hidden) { return; }
      if (event.key === 'ArrowDown') { event.preventDefault(); mark(current + 1); }
      if (event.key === 'ArrowUp') { event.preventDefault(); mark(current - 1); }
      if (event.key === 'Enter' && current >= 0) { event.preventDefault(); location.assign(items()[current].href); }
    });
    box.addEventListener('blur', function () { setTimeout(hide, 200); });
  }

  document.addEventListener('change', function (event) {
    var form = event.target.form;
    if (form && (form.hasAttribute('data-facets') || form.hasAttribute('data-order'))) { form.submit(); }
  });

  /* What was asked is remembered for its author. */
  function remember(node) {
    var token = document.querySelector('input[name=csrf_token]'), body = new FormData();
    if (!token || !node.getAttribute('data-text')) { return; }
    body.append('csrf_token', token.value); body.append('text', node.getAttribute('data-text'));
    fetch(node.getAttribute('data-remember'), { method: 'POST', body: body, credentials: 'same-origin' }).catch(function () {});
  }

  all('[data-suggest] input[type=search]').forEach(wireProposals);
  all('[data-remember]').forEach(remember);
})();
