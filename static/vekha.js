/* Vekha: what every page shares. Everything works without this file (plain links and forms); it only adds speed.
   No inline handlers, no eval, no dependencies. All texts come from data attributes of the page. */
(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.replace('no-js', 'js');

  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function ready(run) { if (document.readyState !== 'loading') { run(); } else { document.addEventListener('DOMContentLoaded', run); } }

  /* Display settings apply at once and are kept by the server's cookie. */
  function wireDisplay(form) {
    form.addEventListener('change', function (event) {
      root.setAttribute('data-' + event.target.name, event.target.value);
      fetch(form.action, { method: 'POST', body: new FormData(form), credentials: 'same-origin', redirect: 'manual' });
    });
  }

  /* A link to a part of the page that is hidden until asked for becomes a disclosure button. */
  function wireToggle(link) {
    var part = document.getElementById(link.getAttribute('data-toggle'));
    if (!part) { return; }
    function show(open) {
      link.setAttribute('aria-expanded', String(open));
      part.classList.toggle('is-open', open);
      part.classList.toggle('is-shut', !open);
    }
    link.setAttribute('role', 'button');
    link.setAttribute('aria-controls', part.id);
    show(location.hash === '#' + part.id);
    link.addEventListener('click', function (event) {
      event.preventDefault();
      var open = link.getAttribute('aria-expanded') !== 'true';
      show(open);
      var first = part.querySelector('input:checked, input:not([type=hidden]), a, button');
      if (open && first) { first.focus(); }
    });
    link.addEventListener('keydown', function (event) { if (event.code === 'Space') { event.preventDefault(); link.click(); } });
    part.addEventListener('keydown', function (event) { if (event.key === 'Escape') { show(false); link.focus(); } });
  }

  function wireMenu(menu) {
    document.addEventListener('click', function (event) { if (!menu.contains(event.target)) { menu.open = false; } });
    menu.addEventListener('keydown', function (event) { if (event.key === 'Escape') { menu.open = false; menu.querySelector('summary').focus(); } });
  }

  /* Physical keys, so that the Russian layout works too. */
  document.addEventListener('keydown', function (event) {
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK') {
      var query = document.getElementById('q');
      if (query) { event.preventDefault(); query.focus(); query.select(); }
    }
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && event.target.form && event.target.matches('textarea, input, select')) {
      event.preventDefault();
      var form = event.target.form, main = form.querySelector('.btn--go[type=submit]');
      form.requestSubmit(main || undefined);
    }
  });

  /* A press that takes longer than 0.4 s says so; a second press does nothing. */
  document.addEventListener('submit', function (event) {
    var form = event.target, button = event.submitter;
    if (event.defaultPrevented) { return; }
    if (form.getAttribute('data-sent')) { event.preventDefault(); return; }
    if ((form.method || 'get') !== 'post' || form.hasAttribute('data-display')) { return; }
    form.setAttribute('data-sent', '1');
    setTimeout(function () {
      if (!button || !form.getAttribute('data-sent')) { return; }
      button.setAttribute('aria-disabled', 'true');
      var word = button.querySelector('span:not(.vh)');
      if (word && button.dataset.busy) { word.was = Array.prototype.slice.call(word.childNodes); word.textContent = button.dataset.busy; }
    }, 400);
  });
  /* Back from the browser's cache the page must be usable again. */
  window.addEventListener('pageshow', function () {
    all('[data-sent]').forEach(function (form) { form.removeAttribute('data-sent'); });
    all('[aria-disabled=true]').forEach(function (button) {
      button.removeAttribute('aria-disabled');
      all('span', button).forEach(function (word) { if (word.was) { word.replaceChildren.apply(word, word.was); word.was = null; } });
    });
  });

  function begin() {
    all('[data-display]').forEach(wireDisplay);
    all('[data-toggle]').forEach(wireToggle);
    all('[data-menu]').forEach(wireMenu);
    var errors = document.querySelector('[data-errors]');
    if (errors) { errors.focus(); }
  }
  window.vekha = { all: all, ready: ready, begin: begin };
  ready(begin);
})();
