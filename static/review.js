/* Vekha: the review of a report by keys. Without it every checkbox and form works as usual, a page of rows at a time.
   The stop that moves is the row's own checkbox. Keys are physical (event.code) and work only inside the table. */
(function () {
  'use strict';
  var all = window.vekha.all, AHEAD = 30;

  function wire(table) {
    var rows = [], boxes = [], here = -1, loading = null;
    var marks = table.getAttribute('data-marks'), token = document.querySelector('[name=csrf_token]');
    var pager = document.querySelector('[data-pager]'), dock = document.getElementById('marks');
    var count = dock && dock.querySelector('[data-seen]'), bar = dock && dock.querySelector('[data-seenbar]');
    var problem = dock && dock.querySelector('[data-problem]');

    function gather() {
      boxes = all('[data-see]', table);
      rows = boxes.map(function (box) { return box.closest('tr'); });
      boxes.forEach(function (box, n) { box.tabIndex = n === Math.max(here, 0) ? 0 : -1; });
    }
    function stand(n) {
      if (n === here) { return; }
      if (rows[here]) { rows[here].classList.remove('is-cur'); boxes[here].tabIndex = -1; }
      here = n;
      rows[n].classList.add('is-cur');
      boxes[n].tabIndex = 0;
      if (n > rows.length - AHEAD) { more(); }
    }
    function go(n) {
      if (n >= rows.length) { onward(); return; }
      if (n < 0) { return; }
      stand(n);
      boxes[n].focus({ preventScroll: true });
      reveal(rows[n]);
    }
    /* After the last row come the rows of the next page, or the vote. */
    function onward() {
      if (loading) { loading.then(function () { if (here + 1 < rows.length) { go(here + 1); } }); return; }
      var next = dock && dock.querySelector('a.btn');
      if (next) { next.focus(); }
    }
    /* The row must not hide under the dock. */
    function reveal(row) {
      var place = row.getBoundingClientRect(), below = dock ? dock.getBoundingClientRect().top : innerHeight;
      if (place.bottom > below || place.top < 0) { row.scrollIntoView({ block: 'center' }); }
    }

    /* The next page of rows is fetched before it is reached. */
    function more() {
      var link = pager && pager.querySelector('a[rel=next]');
      if (!link || loading) { return; }
      loading = fetch(link.href, { credentials: 'same-origin', headers: { Accept: 'text/html' } })
        .then(page)
        .then(function (next) {
          all('[data-review] > tbody', next).forEach(function (part) {
            var heading = part.querySelector('.grp'), above = all('.grp', table).pop();
            if (heading && above && heading.textContent === above.textContent) { heading.remove(); }
            table.appendChild(document.adoptNode(part));
          });
          var fresh = next.querySelector('[data-pager]');
          pager.replaceChildren.apply(pager, fresh ? Array.prototype.slice.call(fresh.childNodes) : []);
          loading = null;
          gather();
        })
        .catch(function () { loading = null; });
    }
    function page(answer) {
      if (!answer.ok || answer.url.indexOf('/review') < 0) { throw new Error(String(answer.status)); }
      return answer.text().then(function (text) { return new DOMParser().parseFromString(text, 'text/html'); });
    }

    /* The page does not wait for its marks: what was pressed while some are on their way goes with the next ones. */
    var waiting = [], busy = false;
    function tally(box) {
      box.closest('tr').classList.toggle('is-seen', box.checked);
      if (count) { count.textContent = Number(count.textContent) + (box.checked ? 1 : -1); bar.value = Number(count.textContent); }
    }
    function keep(box) {
      tally(box);
      waiting = waiting.filter(function (other) { return other !== box; }).concat(box);
      deliver();
    }
    function deliver() {
      if (busy || !waiting.length) { return; }
      var sent = waiting, body = new FormData();
      waiting = [];
      busy = true;
      body.append('csrf_token', token.value);
      sent.forEach(function (box) {
        body.append('row', box.value);
        if (box.checked) { body.append('seen', box.value); }
      });
      fetch(marks, { method: 'POST', body: body, credentials: 'same-origin', keepalive: true, headers: { Accept: 'application/json' } })
        .then(function (answer) {
          if (!answer.ok || answer.redirected) { throw new Error(String(answer.status)); }
          problem.hidden = true;
        })
        .catch(function () {
          sent.forEach(function (box) {
            if (waiting.indexOf(box) < 0) { box.checked = !box.checked; tally(box); }
          });
          problem.textContent = table.getAttribute('data-failed');
          problem.hidden = false;
        })
        .then(function () { busy = false; deliver(); });
    }
    window.addEventListener('pagehide', function () { busy = false; deliver(); });

    function remark(row) {
      var note = row.querySelector('[data-note]');
      if (note) { note.open = true; note.querySelector('textarea').focus(); }
    }
    /* A remark is sent in the background; the row comes back with it. A refusal is shown by the server's own page. */
    function send(form, event) {
      var row = form.closest('tr');
      event.preventDefault();
      if (form.getAttribute('data-sent')) { return; }
      form.setAttribute('data-sent', '1');
      fetch(form.action, { method: 'POST', body: new FormData(form), credentials: 'same-origin', headers: { Accept: 'text/html' } })
        .then(page)
        .then(function (next) {
          var fresh = next.getElementById(row.id);
          if (!fresh) { location.reload(); return; }
          var box = row.querySelector('[data-see]'), checked = box && box.checked;
          fresh = document.adoptNode(fresh);
          row.replaceWith(fresh);
          box = fresh.querySelector('[data-see]');
          if (box) { box.checked = checked; fresh.classList.toggle('is-seen', checked); }
          here = -1;
          gather();
          var n = rows.indexOf(fresh);
          if (n >= 0) { go(n); } else { fresh.setAttribute('tabindex', '-1'); fresh.focus(); }
        })
        .catch(function () { HTMLFormElement.prototype.submit.call(form); });
    }

    table.addEventListener('focusin', function (event) {
      var row = event.target.closest('[data-row]'), n = rows.indexOf(row);
      if (n >= 0) { stand(n); }
    });
    table.addEventListener('change', function (event) {
      if (event.target.matches('[data-see]')) { keep(event.target); }
    });
    table.addEventListener('submit', function (event) {
      if (event.target.matches('[data-remark], [data-word]')) { send(event.target, event); }
    });
    table.addEventListener('keydown', function (event) {
      if (event.ctrlKey || event.altKey || event.metaKey) { return; }
      var row = event.target.closest('[data-row]');
      if (event.code === 'Escape' && row && event.target.closest('[data-note], .com-a, .att-d')) {
        event.target.closest('details').open = false;
        if (rows.indexOf(row) >= 0) { go(rows.indexOf(row)); }
        event.stopPropagation();
        return;
      }
      if (!event.target.matches('[data-see]')) { return; }
      var n = rows.indexOf(row);
      if (event.code === 'ArrowDown') { event.preventDefault(); go(n + 1); }
      if (event.code === 'ArrowUp') { event.preventDefault(); go(n - 1); }
      if (event.code === 'Enter' || event.code === 'NumpadEnter') { event.preventDefault(); remark(row); }
      if (event.code === 'Space' && !event.repeat && !event.target.checked) {
        event.preventDefault();
        event.target.checked = true;
        keep(event.target);
        go(n + 1);
      }
    });
    /* The keys that are named above the rows work at once, before anybody has stepped into a row; a row that is
       clicked beside its controls becomes the current one. */
    document.addEventListener('keydown', function (event) {
      var seen = table.getBoundingClientRect(), step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
      if (!step || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) { return; }
      if (!event.target.matches('body, main') || seen.top > window.innerHeight || seen.bottom < 0) { return; }
      event.preventDefault();
      go(here < 0 ? rows.findIndex(function (row) { return row.getBoundingClientRect().bottom > 0; }) : here + step);
    });
    table.addEventListener('click', function (event) {
      var n = rows.indexOf(event.target.closest('[data-row]'));
      if (n < 0 || event.target.closest('a, button, input, select, textarea, label, details')) { return; }
      if (window.getSelection().isCollapsed) { stand(n); boxes[n].focus({ preventScroll: true }); }
    });
    gather();
    if (location.hash) {
      var wanted = document.getElementById(location.hash.slice(1)), n = rows.indexOf(wanted);
      if (n >= 0) { go(n); }
    }
  }
  window.vekha.ready(function () { all('[data-review]').forEach(wire); });
})();
