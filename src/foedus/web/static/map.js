// The map: shapes of today's world-atlas, coloured by what the third states have done up to the day of the slider.
(function () {
  "use strict";
  var svgNode = document.getElementById("map");
  if (!svgNode) { return; }
  var svg = d3.select(svgNode);
  var width = 1080, height = 560;
  var slider = document.getElementById("day");
  var out = document.getElementById("day-out");
  var caption = document.getElementById("map-caption");
  Promise.all([d3.json(svgNode.dataset.atlas), d3.json(svgNode.dataset.figure)]).then(function (loaded) {
    draw(loaded[0], loaded[1]);
  }).catch(function (error) { caption.textContent = "The map could not be drawn (" + error.message + "); the table below holds the same."; });

  function draw(atlas, figure) {
    var countries = topojson.feature(atlas, atlas.objects.countries).features;
    var projection = d3.geoNaturalEarth1().fitExtent([[4, 4], [width - 4, height - 4]], { type: "Sphere" });
    var path = d3.geoPath(projection);
    var root = svg.append("g");
    var land = root.append("g"), arcs = root.append("g"), seats = root.append("g");
    var code = function (shape) { return figure.shapes[shape.properties.name] || null; };
    var shapes = land.selectAll("path").data(countries).join("path").attr("d", path).attr("class", "land");
    shapes.append("title");
    var first = figure.limits ? new Date(figure.limits[0] + "T00:00:00Z") : null;
    var last = figure.limits ? new Date(figure.limits[1] + "T00:00:00Z") : null;
    var days = first ? Math.round((last - first) / 864e5) : 0;
    slider.max = days;
    var asked = new URLSearchParams(location.search).get("day");
    slider.value = days;
    if (asked && first) { slider.value = Math.min(Math.max(Math.round((new Date(asked + "T00:00:00Z") - first) / 864e5), 0), days); }
    slider.disabled = !first;
    var zoom = d3.zoom().scaleExtent([1, 12]).translateExtent([[0, 0], [width, height]]).filter(function (event) {
      return event.type !== "wheel" || event.ctrlKey || event.metaKey;
    }).on("zoom", function (event) {
      root.attr("transform", event.transform);
      sized(event.transform.k);
    });
    svg.call(zoom).on("dblclick.zoom", null);
    document.getElementById("zoom-in").addEventListener("click", function () { svg.call(zoom.scaleBy, 1.6); });
    document.getElementById("zoom-out").addEventListener("click", function () { svg.call(zoom.scaleBy, 1 / 1.6); });
    document.getElementById("zoom-fit").addEventListener("click", fit);

    function fit() {
      var points = Object.keys(figure.points).map(function (one) { return projection(figure.points[one]); });
      if (points.length < 2) { svg.call(zoom.transform, d3.zoomIdentity); return; }
      var xs = points.map(function (p) { return p[0]; }), ys = points.map(function (p) { return p[1]; });
      var x0 = d3.min(xs) - 40, x1 = d3.max(xs) + 40, y0 = d3.min(ys) - 40, y1 = d3.max(ys) + 40;
      var scale = Math.min(width / (x1 - x0), height / (y1 - y0), 6);
      svg.call(zoom.transform, d3.zoomIdentity.translate(width / 2, height / 2).scale(Math.max(scale, 1)).translate(-(x0 + x1) / 2, -(y0 + y1) / 2));
    }

    // Each name stands beside its seat where neither a seat nor an earlier name is: in full, else as its code. The sides come first.
    var SIDES = [["middle", 0, -6], ["start", 7, 4], ["end", -7, 4], ["middle", 0, 15]];
    var onPaper = false;
    var unit = function () { return onPaper ? 1.6 : Math.max(1, 0.85 * width / (svgNode.clientWidth || width)); }; // small screens and paper get larger letters
    [["beforeprint", true], ["afterprint", false]].forEach(function (turn) {
      window.addEventListener(turn[0], function () { onPaper = turn[1]; sized(d3.zoomTransform(svgNode).k); });
    });
    window.addEventListener("resize", function () { sized(d3.zoomTransform(svgNode).k); });
    function sized(k) {
      seats.selectAll("circle").attr("r", 3.2 * unit() / k);
      seats.selectAll("text").style("font-size", (11 * unit() / k) + "px").style("stroke-width", (3 * unit() / k) + "px");
      declutter(k);
    }
    function declutter(k) {
      var marks = seats.selectAll("g"), taken = [], u = unit();
      marks.each(function (one) {
        var at = projection(figure.points[one]);
        taken.push([at[0] * k - 5 * u, at[1] * k - 5 * u, at[0] * k + 5 * u, at[1] * k + 5 * u, one]);
      });
      var move = d3.zoomTransform(svgNode);
      marks.each(function (one) {
        var at = projection(figure.points[one]), label = d3.select(this).select("text"), placed = false;
        [figure.names[one] || one, one].forEach(function (words) {
          SIDES.forEach(function (side) {
            if (placed || words.length > 20) { return; }
            var wide = 6.4 * u * words.length;
            var left = at[0] * k + side[1] * u - (side[0] === "middle" ? wide / 2 : side[0] === "end" ? wide : 0), base = at[1] * k + side[2] * u;
            var box = [left - 2, base - 10 * u, left + wide + 2, base + 3 * u, one];
            if (box[0] + move.x < 2 || box[2] + move.x > width - 2 || box[1] + move.y < 2 || box[3] + move.y > height - 2) { return; }
            if (taken.some(function (other) { return other[4] !== one && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]; })) { return; }
            placed = true;
            taken.push(box);
            label.text(words).attr("text-anchor", side[0]).attr("dx", side[1] * u / k).attr("dy", side[2] * u / k);
          });
        });
        label.attr("display", placed ? null : "none");
      });
    }

    function update() {
      var limit = first ? new Date(+first + slider.value * 864e5).toISOString().slice(0, 10) : null;
      out.textContent = limit ? new Date(limit + "T00:00:00Z").toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }) : "no dated act";
      var known = figure.rows.filter(function (row) { return !row.date || !limit || row.date <= limit; });
      var stance = {};
      figure.sides.attacked.forEach(function (one) { stance[one] = { side: "attacked" }; });
      figure.sides.attackers.forEach(function (one) { stance[one] = { side: "attackers" }; });
      known.forEach(function (row) {
        var one = stance[row.state] || (stance[row.state] = { words: 0, deeds: 0, against: 0, other: 0, client: row.client_side });
        if (row.direction === "for") { one[row.kind + "s"] += 1; } else if (row.direction === "against") { one.against += 1; } else { one.other += 1; }
      });
      function kind(one) {
        if (!one) { return "unknown"; }
        if (one.side) { return one.side; }
        var plus = one.words + one.deeds;
        if (plus && (one.against + one.other) >= plus) { return "mixed"; }
        if (plus) { return "for-" + one.client; }
        return one.against ? "against" : "mixed";
      }
      shapes.attr("class", function (shape) { return "land " + kind(stance[code(shape)]); });
      shapes.select("title").text(function (shape) {
        var name = code(shape), one = stance[name];
        var label = shape.properties.name + (name && figure.names[name] && figure.names[name] !== shape.properties.name ? " (" + figure.names[name] + ")" : "");
        if (!one) { return label + ": no act in these sources"; }
        if (one.side) { return label + ": " + (one.side === "attacked" ? "attacked" : "attacker"); }
        return label + ": " + one.words + " words and " + one.deeds + " deeds for the " + (one.client === "attacked" ? "attacked" : "attacking") + " side, " + one.against + " against it, " + one.other + " friendly to the other";
      });
      var pairs = d3.rollups(known, function (rows) { return rows; }, function (row) { return [row.state, row.toward, row.kind, row.direction === "against"].join("|"); });
      var drawn = pairs.map(function (pair) {
        var row = pair[1][0];
        return { key: pair[0], row: row, count: pair[1].length, from: figure.points[row.state], to: figure.points[row.toward] };
      }).filter(function (one) { return one.from && one.to; });
      var side = function (one) { return figure.sides.attacked.indexOf(one.row.toward) >= 0 ? "to-attacked" : "to-attackers"; };
      arcs.selectAll("path").data(drawn, function (one) { return one.key; }).join(function (enter) {
        var path_ = enter.append("path");
        path_.append("title");
        return path_;
      }).attr("class", function (one) { return "arc " + one.row.kind + " " + (one.row.direction === "against" ? "hostile" : side(one)); })
        .attr("stroke-width", function (one) { return 1 + Math.sqrt(one.count) * 0.8; })
        .attr("d", function (one) {
          var a = projection(one.from), b = projection(one.to);
          var bend = (one.row.kind === "deed" ? 0.22 : 0.12) * (one.row.direction === "against" ? -1 : 1);
          var mx = (a[0] + b[0]) / 2 + (b[1] - a[1]) * bend, my = (a[1] + b[1]) / 2 - (b[0] - a[0]) * bend;
          return "M" + a + "Q" + mx + " " + my + " " + b;
        }).select("title").text(function (one) { return figure.names[one.row.state] + " → " + figure.names[one.row.toward] + ": " + one.count + " " + one.row.kind + (one.count > 1 ? "s" : "") + (one.row.direction === "against" ? " against it" : ""); });
      var sides = figure.sides.attacked.concat(figure.sides.attackers);
      var shown = Object.keys(figure.points).filter(function (one) { return stance[one]; });
      shown.sort(function (a, b) { return (sides.indexOf(b) >= 0) - (sides.indexOf(a) >= 0) || (a < b ? -1 : 1); });
      var marks = seats.selectAll("g").data(shown, function (one) { return one; }).join(function (enter) {
        var g = enter.append("g");
        g.append("circle").attr("class", "seat").attr("r", 3.2);
        g.append("text");
        g.append("title").text(function (one) { return figure.names[one]; });
        return g;
      }).order();
      marks.attr("transform", function (one) { return "translate(" + projection(figure.points[one]) + ")"; });
      var count = { words: 0, deeds: 0 };
      known.forEach(function (row) { if (row.direction === "for") { count[row.kind + "s"] += 1; } });
      var told = function (number, what) { return number + " " + what + (number === 1 ? "" : "s"); };
      caption.textContent = told(count.words, "word") + (count.words ? ", promises among them, and " : " and ") + told(count.deeds, "deed") + " for a side" + (limit ? " up to this day." : ".");
      sized(d3.zoomTransform(svgNode).k);
    }
    slider.addEventListener("input", update);
    slider.addEventListener("change", function () {
      var address = new URL(location.href);
      address.searchParams.set("day", new Date(+first + slider.value * 864e5).toISOString().slice(0, 10));
      history.replaceState(null, "", address);
    });
    update();
    fit();
    svgNode.dataset.drawn = "yes";
  }
})();
