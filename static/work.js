/* Vekha: forms of daily work — files, drafts, ticked rows. Each part works without it: the form is posted as usual. */
(function () {
  'use strict';
  var all = window.vekha.all;

  /* ── files: drop anywhere on the zone, paste, names at once, progress while sending ── */
  function wireDrop(zone) {
    var input = zone.querySelector('input[type=file]'), names = zone.querySelector('[data-names]');
    if (!input) { return; }
    function take(files) {
      var bag = new DataTransfer();
      if (input.multiple) { Array.prototype.slice.call(input.files).forEach(function (file) { bag.items.add(file); }); }
      Array.prototype.slice.call(files).forEach(function (file) { bag.items.add(file); });
      input.files = bag.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }
    ['dragenter', 'dragover'].forEach(function (name) {
      zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add('is-over'); });
    });
    ['dragleave', 'drop'].forEach(function (name) { zone.addEventListener(name, function () { zone.classList.remove('is-over'); }); });
    zone.addEventListener('drop', function (event) {
      if (event.dataTransfer && event.dataTransfer.files.length) { event.preventDefault(); take(event.dataTransfer.files); }
    });
    document.addEventListener('paste', function (event) {
      if (event.clipboardData && event.clipboardData.files.length) { event.preventDefault(); take(event.clipboardData.files); }
    });
    input.addEventListener('change', function () {
      if (names) { names.textContent = Array.prototype.map.call(input.files, function (file) { return file.name; }).join(', '); }
    });
  }

  /* A dropped file that misses the zone must not replace the page and the text typed in it. */
  function guardDrops() {
    if (!document.querySelector('[data-drop]')) { return; }
    ['dragover', 'drop'].forEach(function (name) {
      document.addEventListener(name, function (event) { if (!event.target.closest('[data-drop]')) { event.preventDefault(); } });
    });
  }

  /* form[data-upload]: sent in the background with a progress bar; the answer's page is opened when it comes. */
  function wireUpload(form) {
    form.addEventListener('submit', function (event) {
      var input = form.querySelector('input[type=file]'), state = form.querySelector('[data-upload-state]');
      if (!input || !input.files.length || !state || event.defaultPrevented) { return; }
      event.preventDefault();
      send(form, state, event.submitter);
    });
  }
  function send(form, state, button) {
    var text = state.querySelector('[data-upload-text]'), bar = state.querySelector('progress'), request = new XMLHttpRequest();
    var body = new FormData(form);
    if (button && button.name) { body.append(button.name, button.value); }
    state.hidden = false;
    text.textContent = form.getAttribute('data-sending');
    form.setAttribute('data-sent', '1');
    request.upload.addEventListener('progress', function (event) {
      if (!event.lengthComputable) { return; }
      bar.value = Math.round(100 * event.loaded / event.total);
      if (event.loaded === event.total) { text.textContent = form.getAttribute('data-checking'); bar.removeAttribute('value'); }
    });
    request.addEventListener('load', function () { arrive(form, request); });
    request.addEventListener('error', function () {
      text.textContent = form.getAttribute('data-failed');
      bar.value = 0;
      form.removeAttribute('data-sent');
    });
    request.open('POST', (button && button.getAttribute('formaction')) || form.action);
    request.send(body);
  }
  /* A redirect was followed: go there. A page came back (a refusal, fields to correct): show it as the browser would. */
  function arrive(form, request) {
    window.vekha.leaving = true;
    if (request.status < 400 && request.responseURL && request.responseURL !== form.action) { location.assign(request.responseURL); return; }
    var page = new DOMParser().parseFromString(request.responseText, 'text/html');
    document.title = page.title;
    document.body.replaceWith(document.adoptNode(page.body));
    window.vekha.begin();
    start();
    var first = document.querySelector('[data-errors], h1');
    if (first) { first.setAttribute('tabindex', '-1'); first.focus(); }
  }

  /* ── drafts: form[data-autosave=URL] is saved every 10 s and on leaving a field; on failure the text stays in this browser ── */
  function wireDraft(form) {
    var said = form.querySelector('[data-saved]') || document.querySelector('[data-saved]');
    var key = 'vekha.draft.' + form.getAttribute('data-autosave'), last = text(form), sent = false;
    restore(form, key, said);
    function save() {
      var now = text(form);
      if (now === last || sent) { return; }
      keep(key, now);
      fetch(form.getAttribute('data-autosave'), { method: 'POST', body: without(form), credentials: 'same-origin', keepalive: true, headers: { Accept: 'application/json' } })
        .then(function (answer) { if (!answer.ok || answer.redirected) { throw new Error(String(answer.status)); } last = now; forget(key); say(said, form.getAttribute('data-saved-text'), false); })
        .catch(function () { say(said, form.getAttribute('data-kept-text'), true); });
    }
    setInterval(save, 10000);
    form.addEventListener('focusout', save);
    form.addEventListener('submit', function () { sent = true; keep(key, text(form)); remember(key); });
    window.addEventListener('beforeunload', function (event) {
      if (!sent && !window.vekha.leaving && text(form) !== last) { save(); event.preventDefault(); }
    });
  }
  function fields(form) { return all('textarea, input:not([type=hidden]):not([type=file]):not([type=password]), select', form).filter(function (f) { return f.name; }); }
  function text(form) {
    return JSON.stringify(fields(form).map(function (field) {
      return [field.name, field.type === 'radio' || field.type === 'checkbox' ? [field.value, field.checked] : field.value];
    }));
  }
  function without(form) { var body = new FormData(form); all('input[type=file]', form).forEach(function (f) { body.delete(f.name); }); return body; }
  function keep(key, value) { try { localStorage.setItem(key, value); } catch (full) { return; } }
  function forget(key) { try { localStorage.removeItem(key); } catch (shut) { return; } }
  /* What was sent is forgotten only when a page of the signed-in person has come back: a lost connection or an ended
     session must not lose the text. */
  function remember(key) { try { sessionStorage.setItem('vekha.sent', key); } catch (shut) { return; } }
  function settle() {
    try {
      var key = sessionStorage.getItem('vekha.sent');
      if (key && document.body.getAttribute('data-page')) { localStorage.removeItem(key); sessionStorage.removeItem('vekha.sent'); }
    } catch (shut) { return; }
  }
  function restore(form, key, said) {
    var kept = null;
    try { kept = JSON.parse(localStorage.getItem(key)); } catch (broken) { kept = null; }
    if (!kept) { return; }
    kept.forEach(function (pair) {
      fields(form).filter(function (f) { return f.name === pair[0]; }).forEach(function (field) {
        if (Array.isArray(pair[1])) { if (field.value === pair[1][0]) { field.checked = pair[1][1]; } } else { field.value = pair[1]; }
      });
    });
    say(said, form.getAttribute('data-restored-text'), true);
  }
  function say(place, words, failed) {
    if (!place || !words) { return; }
    var now = new Date(), two = function (n) { return (n < 10 ? '0' : '') + n; };
    place.textContent = words.replace('{time}', two(now.getHours()) + ':' + two(now.getMinutes()));
    place.classList.toggle('is-failed', failed);
  }

  /* ── ticked rows ── */
  function wireRows(table) {
    var whole = table.querySelector('[data-all]'), rows = all('[data-row-tick]', table);
    var bar = document.getElementById(table.getAttribute('data-rows')), count = bar && bar.querySelector('[data-count]');
    function tally() {
      var n = rows.filter(function (box) { return box.checked; }).length;
      if (whole) { whole.checked = n > 0 && n === rows.length; whole.indeterminate = n > 0 && n < rows.length; }
      if (bar) { bar.classList.toggle('is-idle', n === 0); }
      if (count) { count.textContent = n; }
    }
    if (whole) { whole.addEventListener('change', function () { rows.forEach(function (box) { box.checked = whole.checked; }); tally(); }); }
    rows.forEach(function (box) { box.addEventListener('change', tally); });
    tally();
  }

  /* A choice that only narrows what is shown need not wait for its button. */
  function wireInstant(form) { form.addEventListener('change', function (event) { if (event.target.matches('select')) { form.requestSubmit(); } }); }

  function start() {
    settle();
    all('[data-drop]').forEach(wireDrop);
    guardDrops();
    all('form[data-upload]').forEach(wireUpload);
    all('form[data-autosave]').forEach(wireDraft);
    all('[data-rows]').forEach(wireRows);
    all('form[data-instant]').forEach(wireInstant);
    all('[data-print]').forEach(function (button) { button.hidden = false; button.addEventListener('click', function () { window.print(); }); });
  }
  window.vekha.ready(start);
})();
