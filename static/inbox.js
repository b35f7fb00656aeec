/* Vekha: the inbox. The field in hand is shown on the page, Alt+Shift+N goes to the next draft. The page works without it. */
(function () {
  'use strict';
  var all = window.vekha.all;

  function show(name) {
    all('.spot').forEach(function (spot) {
      var is = spot.getAttribute('data-spot') === name;
      spot.classList.toggle('is-on', is);
      var body = spot.closest('.v-body');
      if (is && body) {
        var place = spot.getBoundingClientRect(), frame = body.getBoundingClientRect();
        if (place.top < frame.top || place.bottom > frame.bottom) { body.scrollTop += place.top - frame.top - frame.height / 3; }
      }
    });
  }

  window.vekha.ready(function () {
    all('form[data-places]').forEach(function (form) {
      form.addEventListener('focusin', function (event) { show(event.target.name); });
      var first = form.querySelector('.doubt');
      var field = first && first.previousElementSibling && first.previousElementSibling.querySelector('input, textarea, select');
      if (field && !document.querySelector('[data-errors]')) { field.focus({ preventScroll: true }); }
    });
    document.addEventListener('keydown', function (event) {
      var next = document.querySelector('.js-next');
      if (event.altKey && event.shiftKey && event.code === 'KeyN' && next) { event.preventDefault(); next.click(); }
    });
  });
})();
