(function () {
  "use strict";
  // Paper shows what is open; one button opens all of it.
  var button = document.getElementById("open-all");
  var shut = [];
  button.hidden = false;
  button.addEventListener("click", function () {
    var opening = button.getAttribute("aria-pressed") === "false";
    if (opening) { shut = Array.prototype.slice.call(document.querySelectorAll("details:not([open])")); }
    shut.forEach(function (part) { part.open = opening; });
    button.setAttribute("aria-pressed", String(opening));
    button.textContent = opening ? "Close them again" : "Open every part";
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
