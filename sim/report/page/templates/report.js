"use strict";
(function () {
  var root = document.documentElement, said = document.getElementById("said");
  root.classList.add("js");
  function each(selector, act, within) { Array.prototype.forEach.call((within || document).querySelectorAll(selector), act); }
  function say(text) { said.textContent = text; }

  /* Tables that can be sorted: every heading becomes a button. */
  var words = new Intl.Collator(root.lang);
  each("table[data-sortable]", function (table) {
    each("thead th", function (head) {
      var column = head.cellIndex, name = head.querySelector(".name").textContent.trim(), button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var rising = head.getAttribute("aria-sort") !== "ascending", body = table.tBodies[0];
        function value(row) { return row.cells[column].getAttribute("data-v"); }
        function order(one, other) {
          var a = value(one), b = value(other);
          if (!a || !b) { return a ? -1 : b ? 1 : 0; }
          var d = head.hasAttribute("data-words") ? words.compare(a, b) : Number(a) - Number(b);
          return rising ? d : -d;
        }
        Array.prototype.slice.call(body.rows).sort(order).forEach(function (row) { body.appendChild(row); });
        each("thead th", function (other) { other.removeAttribute("aria-sort"); }, table);
        head.setAttribute("aria-sort", rising ? "ascending" : "descending");
        say(table.getAttribute("data-said").replace("%name", name).replace("%direction", table.getAttribute(rising ? "data-rising" : "data-falling")));
      });
    }, table);
  });

  /* What is shown: one scenario or all, one measure, one group or all. */
  each(".controls", function (controls) { controls.hidden = false; });
  var scenario = document.getElementById("pick-scenario"), measure = document.getElementById("pick-measure"), group = document.getElementById("pick-group");
  function show() {
    if (scenario) {
      each("[data-s]", function (part) {
        part.hidden = scenario.value !== "" && part.getAttribute("data-s") !== scenario.value && !part.classList.contains("reference");
      });
    }
    if (!measure) { return; }
    each(".explored", function (part) {
      var chosen = part.getAttribute("data-k") === measure.value, left = 0;
      part.hidden = !chosen;
      part.open = chosen;
      each("tbody", function (body) { body.hidden = group.value !== "" && body.getAttribute("data-g") !== group.value; left += body.hidden ? 0 : 1; }, part);
      part.querySelector(".none").hidden = left > 0;
    });
  }
  [scenario, measure, group].forEach(function (picker) {
    if (picker) { picker.addEventListener("change", function () { show(); say(picker.options[picker.selectedIndex].text); }); }
  });
  show();

  /* The command that repeats it. */
  var copy = document.getElementById("copy");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", function () {
      navigator.clipboard.writeText(document.getElementById("command").textContent).then(function () { say(copy.getAttribute("data-done")); copy.textContent = copy.getAttribute("data-done"); });
    });
  }
}());
