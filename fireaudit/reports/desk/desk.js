(function () {
  "use strict";
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const one = (selector) => document.querySelector(selector);
  const panel = one("#panel");
  const dossier = one("#dossier");
  const help = one("#help");
  const search = one("#text");
  const MARKS = { violated: "✗", rounding: "≈", possible: "✓", exact: "✓", not_assessable: "?" };
  const CHIPS = 24;
  let open = null;
  let opener = null;

  function text(value) {
    return Array.isArray(value) ? value[root.dataset.lang === "en" ? 1 : 0] : value;
  }

  function say(key, given) {
    return text(data.words[key]).replace(/\{(\w+)\}/g, (_, name) => String(given[name]));
  }

  function make(name, className, content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (content !== undefined) made.textContent = content;
    return made;
  }

  // Language and colours

  function speak(lang) {
    root.dataset.lang = lang;
    root.lang = lang === "zh" ? "zh-CN" : "en";
    for (const name of ["title", "aria-label", "placeholder", "label"]) {
      for (const found of all("[data-" + name + "-zh]")) found.setAttribute(name, found.getAttribute("data-" + name + "-" + lang));
    }
    for (const found of all("main .f[data-c]")) found.title = say("key_" + data.plans[found.dataset.p].figures[found.dataset.c].standing);
    filter();
    if (open) show(open.plan, open.index);
  }

  function shade() {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  }

  function colour(view) {
    root.dataset.view = view;
    for (const button of all("[data-set]")) button.setAttribute("aria-pressed", String(button.dataset.set === view));
  }

  // The panel

  function show(plan, index) {
    const known = data.plans[plan];
    const figure = known.figures[index];
    open = { plan: plan, index: index };
    dossier.textContent = "";
    const head = make("div", "head");
    head.append(make("p", "lead", figure.label), make("p", "big s-" + figure.standing, figure.text), make("p", "hint", say("key_" + figure.standing)));
    const go = make("button", "go", say("go"));
    go.type = "button";
    go.addEventListener("click", () => home(plan, index));
    head.append(go);
    dossier.append(head);
    const facts = make("dl");
    const line = (key, value) => facts.append(make("dt", "", say(key)), make("dd", "", value));
    line("reads", text(figure.reads));
    line("place", text(figure.at));
    line("cover", text(figure.checked));
    dossier.append(facts);
    block("cases", figure.cases, (one) => {
      const link = make("a", "", text(one[1]));
      link.href = "#" + one[0];
      return link;
    });
    block("accepted", figure.accepted, (one) => document.createTextNode(text(one)));
    block("elsewhere", figure.elsewhere, (other) => {
      const both = make("span");
      both.append(chip(plan, other), make("span", "hint", " " + text(known.figures[other].at)));
      return both;
    });
    block("relations", figure.relations || [], (number) => relation(plan, index, known.relations[number]));
    if (!figure.relations) dossier.append(make("p", "hint", say("no_relation")));
    dossier.append(make("p", "name", figure.name));
    panel.hidden = false;
    one("#pick").hidden = true;
    for (const found of all(".f.open")) found.classList.remove("open");
    for (const found of figures(plan, index)) found.classList.add("open");
  }

  function block(key, items, draw) {
    if (!items || !items.length) return;
    dossier.append(make("h3", "", say(key)));
    const list = make("ul", key);
    for (const item of items) {
      const entry = make("li");
      entry.append(draw(item));
      list.append(entry);
    }
    dossier.append(list);
  }

  function relation(plan, index, found) {
    const made = make("div", "relation v-" + found.verdict);
    const head = make("p", "must");
    head.append(make("b", "mark", MARKS[found.verdict]), " ", make("span", "code", found.code), " " + text(found.must), " ", make("span", "hint", say("verdict_" + found.verdict)));
    made.append(head);
    if (found.subject) made.append(make("p", "subject", found.subject));
    made.append(make("p", "sum", text(found.text)));
    const others = found.figures.filter((other) => other !== index);
    if (others.length) {
      const row = make("p", "figures");
      row.setAttribute("aria-label", say("other_figures"));
      const add = (some) => some.forEach((other) => row.append(chip(plan, other), " "));
      add(others.slice(0, CHIPS));
      if (others.length > CHIPS) {
        const more = make("button", "more", say("more", { count: others.length - CHIPS }));
        more.type = "button";
        more.addEventListener("click", () => {
          more.remove();
          add(others.slice(CHIPS));
        });
        row.append(more);
      }
      made.append(row);
    }
    return made;
  }

  function chip(plan, index) {
    const figure = data.plans[plan].figures[index];
    const made = make("button", "f s-" + figure.standing + " c-" + figure.cover, figure.text);
    made.type = "button";
    made.dataset.p = plan;
    made.dataset.c = index;
    made.dataset.jump = "";
    made.title = figure.label + " · " + say("key_" + figure.standing);
    return made;
  }

  function figures(plan, index) {
    return all('main .f[data-p="' + plan + '"][data-c="' + index + '"]');
  }

  function home(plan, index) {
    const place = document.getElementById("p" + plan + "c" + index);
    if (place) reveal(place);
  }

  function close() {
    if (panel.classList.contains("idle")) return;
    dossier.textContent = "";
    open = null;
    panel.classList.add("idle");
    one("#pick").hidden = false;
    for (const found of all(".f.open")) found.classList.remove("open");
    if (opener && document.contains(opener)) opener.focus();
    opener = null;
  }

  // Going about

  function reveal(place) {
    const plan = place.closest(".plan");
    if (plan && plan.dataset.tab) choose(document.getElementById(plan.dataset.tab), false);
    for (let above = place.closest("details"); above; above = above.parentElement.closest("details")) above.open = true;
    place.scrollIntoView({ block: "center", inline: "center" });
    place.classList.remove("flash");
    void place.offsetWidth;
    place.classList.add("flash");
    const target = place.matches("details") ? place.querySelector("summary") : place;
    target.focus({ preventScroll: true });
  }

  function follow(hash) {
    const place = hash.length > 1 ? document.getElementById(hash.slice(1)) : null;
    if (!place || !place.closest("main")) return false;
    if (place.matches(".part, .plan, main")) {
      const plan = place.closest(".plan");
      if (plan && plan.dataset.tab) choose(document.getElementById(plan.dataset.tab), false);
      place.scrollIntoView();
    } else {
      reveal(place);
      if (place.matches(".f")) show(Number(place.dataset.p), Number(place.dataset.c));
    }
    return true;
  }

  function choose(tab, focus) {
    for (const other of all('[role="tab"]')) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", String(chosen));
      other.tabIndex = chosen ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).classList.toggle("away", !chosen);
    }
    if (focus) tab.focus();
  }

  function step(by) {
    const items = all(".item").filter((item) => item.offsetParent !== null && !item.parentElement.closest("details:not([open])"));
    const current = document.activeElement.closest(".item");
    const next = items[current ? items.indexOf(current) + by : by > 0 ? 0 : items.length - 1];
    if (!next) return;
    next.scrollIntoView({ block: "nearest" });
    (next.matches("details") ? next.querySelector("summary") : next).focus();
  }

  function move(from, key) {
    const row = from.closest("tr");
    const column = from.closest("td").cellIndex;
    let cell = from.closest("td");
    const across = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[key];
    const rows = all("tr", row.closest("table"));
    let place = rows.indexOf(row);
    for (;;) {
      if (across) cell = cell[across];
      else cell = (rows[(place += key === "ArrowUp" ? -1 : 1)] || { cells: {} }).cells[column];
      if (!cell) return false;
      const found = cell.querySelector(".f");
      if (found) {
        found.focus();
        return true;
      }
    }
  }

  // The filter

  function filter() {
    const wanted = search.value.trim().toLowerCase();
    const family = one("#family").value;
    const severities = new Set(all('input[name="severity"]:checked').map((box) => box.value));
    const has = (item) => !wanted || item.textContent.toLowerCase().includes(wanted);
    let shown = 0;
    const findings = all("main .finding");
    for (const finding of findings) {
      const inCase = finding.closest(".case");
      const keep = severities.has(finding.dataset.severity) && (!family || finding.dataset.family === family) && (has(finding) || (inCase && has(inCase.querySelector(".repairs"))));
      finding.classList.toggle("out", !keep);
      shown += keep;
    }
    for (const found of all("main .case")) found.classList.toggle("out", !found.querySelector(".finding:not(.out)"));
    for (const row of all("main .row")) row.classList.toggle("out", !has(row));
    const narrowed = shown < findings.length;
    one("#shown").textContent = !findings.length ? "" : !shown ? say("none_shown") : narrowed ? say("shown", { shown: shown, all: findings.length }) : "";
  }

  // Wiring

  document.addEventListener("click", (event) => {
    const figure = event.target.closest(".f[data-c]");
    if (figure) {
      const plan = Number(figure.dataset.p);
      const index = Number(figure.dataset.c);
      if (!panel.contains(figure)) opener = figure;
      panel.classList.remove("idle");
      show(plan, index);
      if ("jump" in figure.dataset) home(plan, index);
      panel.scrollTop = 0;
      panel.focus({ preventScroll: true });
      return;
    }
    const link = event.target.closest('a[href^="#"]');
    if (link && follow(link.getAttribute("href"))) {
      event.preventDefault();
      history.replaceState(null, "", link.getAttribute("href"));
    }
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input[type=search], select");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (help.open) return;
      if (typing && search.value) {
        search.value = "";
        filter();
      } else if (typing) event.target.blur();
      else close();
      return;
    }
    if (typing || help.open) return;
    if (event.target.matches('[role="tab"]') && /^Arrow(Left|Right)$/.test(event.key)) {
      const tabs = all('[role="tab"]');
      const next = tabs[(tabs.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : tabs.length - 1)) % tabs.length];
      choose(next, true);
      event.preventDefault();
      return;
    }
    if (/^Arrow/.test(event.key) && event.target.matches("td .f")) {
      if (move(event.target, event.key)) event.preventDefault();
      return;
    }
    const action = { j: () => step(1), k: () => step(-1), "/": () => search.focus(), "?": () => help.showModal(), l: switchLanguage, d: shade }[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  function switchLanguage() {
    speak(root.dataset.lang === "zh" ? "en" : "zh");
  }

  one("#language").addEventListener("click", switchLanguage);
  one("#theme").addEventListener("click", shade);
  one("#print").addEventListener("click", () => window.print());
  one("#keys").addEventListener("click", () => help.showModal());
  one("#help .close").addEventListener("click", () => help.close());
  one("#panel .close").addEventListener("click", close);
  one(".filter").addEventListener("submit", (event) => event.preventDefault());
  for (const kind of ["input", "change"]) one(".filter").addEventListener(kind, filter);
  for (const button of all("[data-set]")) button.addEventListener("click", () => colour(button.dataset.set));
  for (const tab of all('[role="tab"]')) tab.addEventListener("click", () => choose(tab, false));
  for (const plan of all(".plan[data-tab]")) {
    plan.setAttribute("role", "tabpanel");
    plan.setAttribute("aria-labelledby", plan.dataset.tab);
  }

  // Printed, everything is there and open; afterwards it is as it was.
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const found of closed) found.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const found of closed) found.open = false;
  });
  window.addEventListener("hashchange", () => follow(location.hash));

  root.classList.add("live");
  for (const found of all(".filter, .tools, .tabs, .views, #panel")) found.hidden = false;
  panel.classList.add("idle");
  const first = one('[role="tab"]');
  if (first) choose(first, false);
  speak(root.dataset.lang);
  if (location.hash) follow(location.hash);
})();
