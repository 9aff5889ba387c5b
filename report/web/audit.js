(function () {
  'use strict';

  // Ticks are kept where the browser lets a page keep something.
  var store = null;
  try {
    store = window.localStorage;
    store.getItem('xmlint');
  } catch (e) {
    store = null;
  }
  function kept(key) {
    try { return store !== null && store.getItem(key) !== null; } catch (e) { return false; }
  }
  function keep(key, on) {
    if (store === null) { return; }
    try { if (on) { store.setItem(key, '1'); } else { store.removeItem(key); } } catch (e) { /* full, or forbidden */ }
  }

  document.querySelectorAll('article.deployment').forEach(function (article) {
    var boxes = Array.from(article.querySelectorAll('input[data-step]'));
    var bar = article.querySelector('.progress');
    function keyOf(box) { return 'xmlint/' + article.dataset.key + '/' + box.dataset.step; }
    function show() {
      var n = boxes.filter(function (b) { return b.checked; }).length;
      boxes.forEach(function (b) { b.closest('li').classList.toggle('ticked', b.checked && !b.disabled); });
      bar.querySelector('progress').max = boxes.length;
      bar.querySelector('progress').value = n;
      bar.querySelector('output').textContent = n + ' of ' + boxes.length + ' steps' +
        (store === null ? '; this browser does not keep ticks' : '');
    }
    if (bar === null) { return; }
    boxes.forEach(function (box) {
      if (!box.disabled) { box.checked = kept(keyOf(box)); }
      box.addEventListener('change', function () { keep(keyOf(box), box.checked); show(); });
    });
    bar.querySelector('.clear').addEventListener('click', function () {
      boxes.forEach(function (box) {
        if (!box.disabled) { box.checked = false; keep(keyOf(box), false); }
      });
      show();
    });
    bar.hidden = false;
    show();
  });

  document.querySelectorAll('section.findings').forEach(function (section) {
    var form = section.querySelector('.filter');
    if (form === null) { return; }
    var groups = Array.from(section.querySelectorAll('.group')).map(function (group) {
      return { element: group, findings: Array.from(group.querySelectorAll('.finding')) };
    });
    var total = section.querySelectorAll('.finding').length;
    function values(name) {
      return Array.from(form.querySelectorAll('input[name=' + name + ']:checked')).map(function (i) { return i.value; });
    }
    // Only what changes is touched: a page may have thousands of findings.
    function apply() {
      var severities = values('severity');
      var products = values('product');
      var text = form.elements.text.value.trim().toLowerCase();
      var shown = 0;
      groups.forEach(function (group) {
        var here = 0;
        if (products.indexOf(group.element.dataset.product) >= 0) {
          group.findings.forEach(function (f) {
            var on = severities.indexOf(f.dataset.severity) >= 0 && (text === '' || f.textContent.toLowerCase().indexOf(text) >= 0);
            if (f.hidden === on) { f.hidden = !on; }
            if (on) { here++; }
          });
        }
        group.element.hidden = here === 0;
        shown += here;
      });
      form.querySelector('output').textContent = shown + ' of ' + total + ' findings are shown';
    }
    form.addEventListener('change', apply);
    form.addEventListener('input', apply);
    form.addEventListener('submit', function (e) { e.preventDefault(); });
    // A browser may bring back what was chosen before a reload.
    window.addEventListener('pageshow', apply);
    form.hidden = false;
    apply();
  });

  // A link to a finding or a step that is filtered out or folded leads there
  // all the same; paper shows everything.
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('details:not([open])').forEach(function (d) { d.open = true; d.dataset.folded = ''; });
  });
  window.addEventListener('afterprint', function () {
    document.querySelectorAll('details[data-folded]').forEach(function (d) { d.open = false; delete d.dataset.folded; });
  });
}());
