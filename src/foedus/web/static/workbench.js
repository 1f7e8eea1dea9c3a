(function () {
  "use strict";
  var $ = function (selector, root) { return (root || document).querySelector(selector); };
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };

  // -- light and dark --------------------------------------------------------------------------------------------
  var theme = $("button.theme");
  if (theme) {
    theme.addEventListener("click", function () {
      var root = document.documentElement;
      var dark = root.getAttribute("data-theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
      var next = dark === "dark" ? "light" : "dark";
      root.setAttribute("data-theme", next);
      try { localStorage.setItem("foedus-theme", next); } catch (error) { /* not kept */ }
    });
  }

  // -- on a narrow screen the row of views scrolls: the one shown is in sight ------------------------------------------
  var current = $(".bar ol a[aria-current]");
  if (current) { var row = current.closest("ol"); row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.offsetWidth) / 2; }

  // -- links into closed parts open them -------------------------------------------------------------------------
  function anchor() {
    var written = location.hash.slice(1);
    try { return decodeURIComponent(written); } catch (error) { return written; } // a bare % is no fault of the page
  }
  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(anchor());
    if (!target) { return; }
    for (var part = target.closest("details"); part; part = part.parentElement.closest("details")) { part.open = true; }
    target.scrollIntoView({ block: "center" });
  }
  window.addEventListener("hashchange", reveal);
  if (location.hash) { reveal(); }

  // -- arrow keys walk along the blocks of a drawing ---------------------------------------------------------------
  document.addEventListener("keydown", function (press) {
    var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[press.key];
    var chart = document.activeElement && document.activeElement.closest && document.activeElement.closest("svg.chart");
    if (!step || !chart) { return; }
    var blocks = all("a", chart);
    var at = blocks.indexOf(document.activeElement);
    if (at < 0) { return; }
    press.preventDefault();
    blocks[(at + step + blocks.length) % blocks.length].focus();
  });

  // -- the neighbours: drag to move, + and - to zoom, one neighbour in the light at a time ---------------------------
  var star = $("svg[data-pan]");
  if (star) {
    var frameOf = star.closest(".wide-figure");
    frameOf.scrollLeft = (frameOf.scrollWidth - frameOf.clientWidth) / 2; // narrow: the middle first
    var whole = star.getAttribute("viewBox").split(" ").map(Number), box = whole.slice(), told = $("#ego-told");
    var show = function () { star.setAttribute("viewBox", box.map(function (n) { return Math.round(n * 10) / 10; }).join(" ")); };
    var zoom = function (by, x, y) {
      var width = Math.min(Math.max(box[2] * by, whole[2] / 6), whole[2]), height = width * whole[3] / whole[2];
      box = [x - (x - box[0]) * width / box[2], y - (y - box[1]) * height / box[3], width, height];
      held();
    };
    var held = function () {
      box[0] = Math.min(Math.max(box[0], whole[0]), whole[0] + whole[2] - box[2]);
      box[1] = Math.min(Math.max(box[1], whole[1]), whole[1] + whole[3] - box[3]);
      show();
    };
    var turn = function (how) {
      if (how === "fit") { box = whole.slice(); show(); return; }
      zoom(how === "in" ? 0.75 : 1 / 0.75, box[0] + box[2] / 2, box[1] + box[3] / 2);
    };
    all("[data-zoom]", star.closest("figure")).forEach(function (button) {
      button.addEventListener("click", function () { turn(button.getAttribute("data-zoom")); });
    });
    star.closest("figure").addEventListener("keydown", function (press) {
      var how = { "+": "in", "=": "in", "-": "out", "0": "fit" }[press.key];
      if (how && !press.ctrlKey && !press.metaKey) { press.preventDefault(); turn(how); }
    });
    star.addEventListener("wheel", function (turned) {
      if (!turned.ctrlKey) { return; } // a plain wheel scrolls the page; a pinch comes with ctrl
      turned.preventDefault();
      var frame = star.getBoundingClientRect();
      zoom(turned.deltaY < 0 ? 0.88 : 1 / 0.88, box[0] + (turned.clientX - frame.left) / frame.width * box[2], box[1] + (turned.clientY - frame.top) / frame.height * box[3]);
    }, { passive: false });
    var from = null, moved = false;
    star.addEventListener("pointerdown", function (press) { from = [press.clientX, press.clientY]; moved = false; });
    star.addEventListener("pointermove", function (move) {
      if (!from || !(move.buttons & 1)) { from = null; return; }
      var frame = star.getBoundingClientRect();
      if (Math.abs(move.clientX - from[0]) + Math.abs(move.clientY - from[1]) > 4) { moved = true; }
      if (!moved) { return; }
      box[0] -= (move.clientX - from[0]) / frame.width * box[2];
      box[1] -= (move.clientY - from[1]) / frame.height * box[3];
      from = [move.clientX, move.clientY];
      held();
    });
    star.addEventListener("click", function (press) { if (moved) { press.preventDefault(); moved = false; } }, true);
    star.addEventListener("dragstart", function (drag) { drag.preventDefault(); });
    var single = function (node) {
      star.classList.toggle("one", !!node);
      all(".in-light", star).forEach(function (part) { part.classList.remove("in-light"); });
      told.textContent = node ? node.getAttribute("data-told") : told.getAttribute("data-rest");
      if (!node) { return; }
      node.classList.add("in-light");
      all("[data-of]", star).forEach(function (line) { line.classList.toggle("in-light", line.getAttribute("data-of") === node.getAttribute("data-node")); });
    };
    all("a[data-node]", star).forEach(function (node) {
      ["focus", "pointerenter"].forEach(function (name) { node.addEventListener(name, function () { single(node); }); });
      ["blur", "pointerleave"].forEach(function (name) { node.addEventListener(name, function () { single(star.contains(document.activeElement) && document.activeElement !== node ? document.activeElement : null); }); });
    });
  }

  // -- figures as SVG and PNG --------------------------------------------------------------------------------------
  var STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "paint-order", "vector-effect", "display", "visibility"];
  var NS = "http://www.w3.org/2000/svg", CLEAR = "rgba(0, 0, 0, 0)";
  function element(name, attributes, text) {
    var node = document.createElementNS(NS, name);
    Object.keys(attributes).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    if (text) { node.textContent = text; }
    return node;
  }
  function inlined(svg, bare) {
    var copy = svg.cloneNode(true);
    var from = [svg].concat(all("*", svg));
    var to = [copy].concat(all("*", copy));
    from.forEach(function (node, number) {
      var style = getComputedStyle(node);
      STYLES.forEach(function (name) {
        var value = style.getPropertyValue(name);
        if (value) { to[number].setAttribute(name, value.replace(/url\("[^"#]*#/g, 'url("#').replace(/url\("#([^"]+)"\)/g, "url(#$1)")); }
      });
      to[number].removeAttribute("class");
    });
    var shared = $("#shared-defs");
    if (shared && !bare && !$("#nodata", copy)) {
      var defs = shared.cloneNode(true);
      var sources = all("*", shared);
      all("*", defs).forEach(function (node, number) {
        var style = getComputedStyle(sources[number]);
        ["fill", "stroke", "stroke-width", "opacity"].forEach(function (name) { node.setAttribute(name, style.getPropertyValue(name)); });
        node.removeAttribute("class");
      });
      defs.removeAttribute("id");
      copy.insertBefore(defs, copy.firstChild);
    }
    var box = svg.viewBox.baseVal;
    var width = box && box.width ? box.width : svg.clientWidth;
    var height = box && box.height ? box.height : svg.clientHeight;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    var sea = getComputedStyle(svg).backgroundColor;
    if (sea !== CLEAR) {
      var ground = element("rect", { x: box ? box.x : 0, y: box ? box.y : 0, width: width, height: height, fill: sea });
      copy.insertBefore(ground, copy.firstChild);
    }
    all("a", copy).forEach(function (link) { link.removeAttribute("href"); });
    return { node: copy, width: width, height: height };
  }
  // A table that is a figure (matrix, ladder) as SVG: its cells, bars and words where they stand on the page.
  function drawn(table) {
    var frame = table.getBoundingClientRect();
    var width = frame.width, height = frame.height;
    var out = element("svg", { width: width, height: height, viewBox: "0 0 " + width + " " + height });
    var add = function (name, attributes, text) { out.appendChild(element(name, attributes, text)); };
    var x = function (value) { return value - frame.left; }, y = function (value) { return value - frame.top; };
    all("td, th, i", table).forEach(function (cell) {
      var box = cell.getBoundingClientRect(), style = getComputedStyle(cell);
      if (style.backgroundColor !== CLEAR) { add("rect", { x: x(box.left), y: y(box.top), width: box.width, height: box.height, fill: style.backgroundColor }); }
      if (parseFloat(style.borderBottomWidth)) { add("line", { x1: x(box.left), x2: x(box.right), y1: y(box.bottom), y2: y(box.bottom), stroke: style.borderBottomColor, "stroke-width": style.borderBottomWidth }); }
    });
    all("svg rect, svg line", table).forEach(function (shape) {
      var box = shape.getBoundingClientRect(), style = getComputedStyle(shape);
      var paint = shape.tagName === "line" ? style.stroke : style.fill;
      if (paint === "none") { return; }
      add("rect", { x: x(box.left), y: y(box.top), width: Math.max(box.width, 1.2), height: Math.max(box.height, 1.2), fill: paint });
    });
    var walk = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      var node = walk.currentNode, parent = node.parentElement;
      if (!parent || parent.closest("svg, .hid")) { continue; }
      var style = getComputedStyle(parent);
      var words = /\S+/g, match;
      while ((match = words.exec(node.data))) {
        var range = document.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        var box = range.getBoundingClientRect();
        var look = { fill: style.color, "font-family": style.fontFamily.replace(/"/g, "'"), "font-size": style.fontSize, "font-weight": style.fontWeight, "letter-spacing": style.letterSpacing === "normal" ? "0" : style.letterSpacing };
        var word = style.textTransform === "uppercase" ? match[0].toUpperCase() : match[0];
        if (style.writingMode.indexOf("vertical") === 0) {
          add("text", Object.assign(look, { transform: "translate(" + (x(box.left) + box.width * 0.74) + " " + y(box.bottom) + ") rotate(-90)" }), word);
        } else {
          add("text", Object.assign(look, { x: x(box.left), y: y(box.top) + box.height * 0.77 }), word);
        }
      }
    }
    return { node: out, width: width, height: height };
  }
  // What is taken home tells by itself what it is: title, caption, legend and where it comes from go with the drawing.
  function framed(figure, made, ground) {
    var PAD = 16, width = Math.max(made.width, 520) + 2 * PAD, y = PAD;
    var out = element("svg", { xmlns: NS, "font-family": getComputedStyle(figure).fontFamily.replace(/"/g, "'") });
    var ink = getComputedStyle(document.body).color, soft = getComputedStyle($("footer")).color;
    var sans = getComputedStyle($(".tools") || figure).fontFamily.replace(/"/g, "'");
    var pen = document.createElement("canvas").getContext("2d");
    var lines = function (words, size, weight, fill) {
      pen.font = weight + " " + size + "px " + sans;
      var line = "", rows = [];
      words.split(/\s+/).forEach(function (word) {
        if (line && pen.measureText(line + " " + word).width > width - 2 * PAD) { rows.push(line); line = word; } else { line += (line ? " " : "") + word; }
      });
      rows.concat(line).forEach(function (row) {
        y += size * 1.3;
        out.appendChild(element("text", { x: PAD, y: y - size * 0.3, "font-family": sans, "font-size": size + "px", "font-weight": weight, fill: fill }, row));
      });
    };
    var said = function (node) {
      var words = node.cloneNode(true);
      all(".no-print", words).forEach(function (part) { part.remove(); });
      return words.textContent.replace(/\s+/g, " ").trim();
    };
    lines(figure.getAttribute("data-title") || said($("h1")), 15, "600", ink);
    var caption = $("figcaption > :first-child", figure), day = $("output", figure);
    if (caption && !caption.classList.contains("tools")) { lines(said(caption) + (day ? " Up to " + day.value + "." : ""), 11.5, "400", soft); }
    y += 8;
    var x = PAD, key = $(".key", figure);
    all("li", key || out).forEach(function (item) {
      var mark = $("svg", item), swatch = $(".swatch", item), words = said(item);
      pen.font = "400 11.5px " + sans;
      var room = (mark ? mark.getBoundingClientRect().width + 5 : swatch ? 19 : 0), wide = room + pen.measureText(words).width;
      if (x > PAD && x + wide > width - PAD) { x = PAD; y += 18; }
      if (mark) {
        var small = inlined(mark, true), node = small.node, size = mark.getBoundingClientRect();
        Object.entries({ x: x, y: y + (16 - size.height) / 2, width: size.width, height: size.height }).forEach(function (pair) { node.setAttribute(pair[0], pair[1]); });
        out.appendChild(node);
      } else if (swatch) {
        var look = getComputedStyle(swatch), none = swatch.classList.contains("unknown");
        out.appendChild(element("rect", { x: x, y: y + 3, width: 14, height: 10, fill: none ? "url(#nodata)" : look.backgroundColor, stroke: parseFloat(look.borderTopWidth) ? look.borderTopColor : "none" }));
      }
      out.appendChild(element("text", { x: x + room, y: y + 12, "font-family": sans, "font-size": "11.5px", fill: soft }, words));
      x += wide + 16;
    });
    if (key) { y += 26; }
    made.node.setAttribute("x", PAD);
    made.node.setAttribute("y", y);
    out.appendChild(made.node);
    y += made.height + 6;
    var scale = figure.classList.contains("panel") ? null : $(".scale", figure);
    if (scale) {
      y += 12;
      all("span", scale).forEach(function (tick, place) {
        out.appendChild(element("text", { x: PAD + place * made.width / 2, y: y, "text-anchor": ["start", "middle", "end"][place], "font-family": sans, "font-size": "11px", fill: soft }, said(tick)));
      });
    }
    y += 6;
    lines($("#main").getAttribute("data-source") + ". " + location.href.split("#")[0], 10, "400", soft);
    y += PAD - 6;
    out.insertBefore(element("rect", { width: width, height: y, fill: ground }), out.firstChild);
    Object.entries({ width: width, height: y, viewBox: "0 0 " + width + " " + y }).forEach(function (pair) { out.setAttribute(pair[0], pair[1]); });
    return { text: new XMLSerializer().serializeToString(out), width: width, height: y };
  }
  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 4000);
  }
  document.addEventListener("click", function (press) {
    var button = press.target.closest && press.target.closest("button[data-save]");
    if (!button) { return; }
    var figure = button.closest("figure");
    var table = figure && $("table[data-figure-table]", figure);
    var svg = figure && $("svg.figure", figure);
    if (!svg && !table) { return; }
    var own = getComputedStyle(figure).backgroundColor;
    var made = framed(figure, table ? drawn(table) : inlined(svg), own === CLEAR ? getComputedStyle(document.body).backgroundColor : own);
    var name = "foedus-" + (figure.getAttribute("data-name") || "figure");
    if (button.getAttribute("data-save") === "svg") {
      save(new Blob([made.text], { type: "image/svg+xml" }), name + ".svg");
      return;
    }
    var picture = new Image();
    picture.onload = function () {
      var canvas = document.createElement("canvas");
      canvas.width = made.width * 2;
      canvas.height = made.height * 2;
      var pen = canvas.getContext("2d");
      pen.scale(2, 2);
      pen.drawImage(picture, 0, 0, made.width, made.height);
      canvas.toBlob(function (blob) { save(blob, name + ".png"); }, "image/png");
    };
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(made.text);
  });

  // -- the reading desk --------------------------------------------------------------------------------------------
  var desk = $("[data-desk]");
  function light(number, scroll) {
    var card = document.getElementById("e" + number);
    if (!card) { return false; } // its card is on another page of this document
    all(".lit", desk).forEach(function (piece) { piece.classList.remove("lit", "own"); });
    all(".card.chosen", desk).forEach(function (card) { card.classList.remove("chosen"); });
    card.classList.add("chosen");
    var pieces = all("[data-events~='" + number + "']", desk);
    pieces.forEach(function (piece) { piece.classList.add("lit"); });
    all("[data-own~='" + number + "']", desk).forEach(function (piece) { piece.classList.add("own"); });
    $(".text", desk).classList.toggle("one", pieces.length > 0);
    if (scroll && pieces[0]) { pieces[0].scrollIntoView({ block: "center" }); }
    if (scroll) { card.scrollIntoView({ block: "nearest" }); }
    return true;
  }
  if (desk) {
    desk.addEventListener("click", function (press) {
      var link = press.target.closest("[data-light]");
      if (link) {
        if (!light(link.getAttribute("data-light"), true)) { return; }
        press.preventDefault();
        history.replaceState(null, "", link.getAttribute("href"));
        return;
      }
      var piece = press.target.closest(".text [data-events]");
      if (!piece) { return; }
      var number = piece.getAttribute("data-events").split(" ")[0];
      if (light(number, false)) { $(".card.chosen", desk).scrollIntoView({ block: "nearest" }); } else { $("sup [data-light='" + number + "']", desk).click(); }
    });
    desk.addEventListener("input", function (typed) { // one name for all cards: a vote is never cast under the one before
      if (typed.target.name !== "reviewer") { return; }
      all("input[name='reviewer']", desk).forEach(function (field) { if (field !== typed.target) { field.value = typed.target.value; } });
    });
    var held = null; // the button in focus when its card is exchanged: focus stays there for the keyboard
    document.body.addEventListener("htmx:beforeSwap", function (event) {
      var on = document.activeElement;
      held = event.detail.target.contains(on) && on.name ? "[name='" + on.name + "'][value='" + on.value + "']" : null;
    });
    document.addEventListener("keydown", function (press) {
      if (press.target.closest("input, textarea, select") || press.ctrlKey || press.metaKey || press.altKey) { return; }
      var cards = all(".card", desk);
      var at = cards.findIndex(function (card) { return card.classList.contains("chosen"); });
      if (press.key === "j" || press.key === "k") {
        var next = cards[Math.min(Math.max(at + (press.key === "j" ? 1 : -1), 0), cards.length - 1)];
        if (next) { light(next.id.slice(1), true); }
      } else if ((press.key === "u" || press.key === "d") && at >= 0) {
        var button = $("button[value='" + (press.key === "u" ? "up" : "down") + "']", cards[at]);
        if (button) { button.click(); }
      }
    });
    var start = desk.getAttribute("data-chosen");
    if (start) { light(start, true); }
    document.body.addEventListener("htmx:load", function (fresh) {
      var card = fresh.detail.elt;
      if (!card.classList || !card.classList.contains("card")) { return; }
      light(card.id.slice(1), false);
      if (held) { ($("button" + held, card) || $("summary", card)).focus(); }
      held = null;
    });
  }

  // -- htmx: the page's token goes with every write; faults are shown and not swallowed -------------------------------
  document.body.addEventListener("htmx:configRequest", function (event) {
    var token = $("meta[name='csrf']");
    if (token) { event.detail.headers["X-CSRF-Token"] = token.content; }
  });
  document.body.addEventListener("htmx:beforeRequest", function (event) {
    if (event.detail.requestConfig.verb !== "get") { $("#faults").hidden = true; }
  });
  document.body.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.status >= 400) {
      var place = $("#faults");
      place.innerHTML = "";
      var line = document.createElement("p");
      line.className = "fault";
      line.textContent = event.detail.xhr.getResponseHeader("X-Foedus-Fault") || "It did not work; reload the page and try again.";
      place.appendChild(line);
      place.hidden = false;
      if (event.detail.target && event.detail.target.classList.contains("waiting")) { event.detail.target.textContent = line.textContent; }
    }
  });
  document.body.addEventListener("htmx:sendError", function () {
    var place = $("#faults");
    place.textContent = "The workbench does not answer: is `foedus serve` still running? Nothing was lost that had been acknowledged.";
    place.hidden = false;
  });

  // -- adding by drop ------------------------------------------------------------------------------------------------
  var drop = $(".drop");
  if (drop) {
    var input = $("input[type='file']", drop);
    ["dragover", "dragenter"].forEach(function (name) {
      drop.addEventListener(name, function (event) { event.preventDefault(); drop.classList.add("over"); });
    });
    drop.addEventListener("dragleave", function () { drop.classList.remove("over"); });
    // Beside the field a browser would open the file in the place of the page.
    ["dragover", "drop"].forEach(function (name) { window.addEventListener(name, function (event) { event.preventDefault(); }); });
    drop.addEventListener("drop", function (event) {
      event.preventDefault();
      drop.classList.remove("over");
      if (event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        htmx.trigger(input.form, "submit");
        return;
      }
      var words = event.dataTransfer.getData("text/plain").trim(), address = /^https?:\/\/\S+$/.test(words);
      var field = words && $(address ? "input[name='url']" : "textarea[name='text']");
      if (field) { field.value = words; field.focus(); }
    });
    document.body.addEventListener("htmx:afterRequest", function (event) {
      if (event.detail.successful && event.detail.elt.tagName === "FORM") { event.detail.elt.reset(); } // what is queued is not sent twice
    });
    input.addEventListener("change", function () { if (input.files.length) { htmx.trigger(input.form, "submit"); } });
  }
})();
