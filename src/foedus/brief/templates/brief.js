(function () {
  "use strict";
  // A closed part would be missing on paper.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (part) {
      if (!part.open) { part.dataset.shut = "1"; part.open = true; }
    });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-shut]").forEach(function (part) {
      part.open = false;
      delete part.dataset.shut;
    });
  });
  // A link into a closed part opens it.
  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    for (var part = target.closest("details"); part; part = part.parentElement.closest("details")) { part.open = true; }
    target.scrollIntoView({ block: "center" });
  }
  window.addEventListener("hashchange", reveal);
  if (location.hash) { reveal(); }
  // Arrow keys walk along the blocks of a chart.
  document.querySelectorAll("svg.chart").forEach(function (chart) {
    var blocks = Array.prototype.slice.call(chart.querySelectorAll("a"));
    chart.addEventListener("keydown", function (press) {
      var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[press.key];
      var at = blocks.indexOf(document.activeElement);
      if (!step || at < 0) { return; }
      press.preventDefault();
      blocks[(at + step + blocks.length) % blocks.length].focus();
    });
  });
})();
