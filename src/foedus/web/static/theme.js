// Before the page is drawn: the reader's choice of light or dark, so that nothing flashes.
(function () {
  "use strict";
  try {
    var kept = localStorage.getItem("foedus-theme");
    if (kept === "light" || kept === "dark") { document.documentElement.setAttribute("data-theme", kept); }
  } catch (error) { /* storage may be forbidden; the system's choice stands */ }
})();
