// The filters: what is chosen is kept here, for this tab, and goes along with every question. The list of documents shows the same filters.
// HTML comes from the server, where every text in it was escaped; what the browser adds itself is set as text.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const DATES = ["date_from", "date_to"];
  const language = () => document.documentElement.lang;

  // --- what is chosen -----------------------------------------------------------------------------------------------

  let chosen = bronvraag.here().filters; // they stand in the address, so that Back and a reload know them
  let declined = []; // recognised filters that the reader does not want for the question at hand

  function chooseFilters(filters) {
    chosen = Object.fromEntries(Object.entries(filters).filter(([, value]) => value && value.length));
    bronvraag.visit({ filters: chosen, start: 0 });
    document.dispatchEvent(new CustomEvent("bronvraag:filters"));
  }

  document.addEventListener("bronvraag:address", ({ detail }) => {
    if (JSON.stringify(detail.filters) === JSON.stringify(chosen)) return;
    chosen = detail.filters;
    document.dispatchEvent(new CustomEvent("bronvraag:filters"));
  });

  const withPart = (filters, part) => Object.fromEntries([...Object.keys({ ...filters, ...part })].map((name) => [
    name, Array.isArray(part[name]) ? [...new Set([...(filters[name] ?? []), ...part[name]])] : part[name] ?? (isPeriod(part) && DATES.includes(name) ? null : filters[name]),
  ]));
  const withoutPart = (filters, part) => Object.fromEntries(Object.entries(filters).map(([name, value]) => [
    name, !(name in part) ? value : Array.isArray(value) ? value.filter((one) => !part[name].includes(one)) : null,
  ]));
  const isPeriod = (part) => DATES.some((name) => name in part);
  const isChosen = (part) => Object.entries(part).every(([name, value]) => (Array.isArray(value) ? value.every((one) => chosen[name]?.includes(one)) : chosen[name] === value));

  // --- the values to choose from, here and in the list of documents -------------------------------------------------

  // Draws the values anew and leaves the focus, the scroll and what is unfolded as they were.
  function drawFacets(form, html) {
    const lists = form.querySelector(".facet-lists");
    const focused = lists.contains(document.activeElement) ? document.activeElement : null;
    const [key, caret] = [focused?.dataset.focus, focused?.selectionStart];
    const open = new Set([...lists.querySelectorAll("details[open]")].map((details) => details.dataset.dimension));
    const folded = new Set([...lists.querySelectorAll("details:not([open])")].map((details) => details.dataset.dimension));
    const scrolled = [...lists.querySelectorAll(".values")].map((list) => list.scrollTop);
    lists.innerHTML = html;
    for (const details of lists.querySelectorAll("details")) {
      if (open.has(details.dataset.dimension)) details.open = true;
      else if (folded.has(details.dataset.dimension)) details.open = false;
    }
    lists.querySelectorAll(".values").forEach((list, place) => { list.scrollTop = scrolled[place] ?? 0; });
    const again = key && lists.querySelector(`[data-focus="${CSS.escape(key)}"]`);
    again?.focus({ preventScroll: true });
    if (again?.type === "search" && caret !== undefined) again.setSelectionRange(caret, caret);
    for (const name of DATES) {
      const input = form.elements[name];
      if (input !== document.activeElement) input.value = chosen[name] ?? "";
    }
  }

  const narrowedIn = (form) => Object.fromEntries([...form.querySelectorAll("input.narrow")].map((input) => [input.closest("[data-dimension]").dataset.dimension, input.value]));

  function startFacets(form, redraw) {
    const later = delayed(redraw, 200);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => { if (event.target.matches(".narrow")) later(); });
    form.addEventListener("change", ({ target }) => {
      if (target.type === "checkbox") chooseFilters((target.checked ? withPart : withoutPart)(chosen, { [target.name]: [target.value] }));
      if (target.type === "date") choosePeriod(form);
    });
  }

  function choosePeriod(form) {
    const [first, last] = DATES.map((name) => form.elements[name]);
    const wrong = form.querySelector(".wrong");
    const isWrong = (first.value && last.value && first.value > last.value) || !first.validity.valid || !last.validity.valid;
    wrong.textContent = isWrong ? wrong.dataset.text : "";
    if (!isWrong) chooseFilters({ ...chosen, date_from: first.value || null, date_to: last.value || null });
  }

  function delayed(act, milliseconds) {
    let timer;
    return () => { clearTimeout(timer); timer = setTimeout(act, milliseconds); };
  }

  // A chip is removed, a suggestion taken, or everything removed: wherever chips are shown.
  function actOnChip(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const part = button.dataset.part && JSON.parse(button.dataset.part);
    const isForQuestion = Boolean(button.closest("#filters")) && !document.querySelector("#question textarea")?.value.trim();
    if (button.matches(".remove-all")) removeAll(event.currentTarget);
    else if (button.matches(".remove-filter")) removePart(part);
    else if (button.matches(".add-filter")) { declined = declined.filter((other) => JSON.stringify(other) !== JSON.stringify(part)); chooseFilters(withPart(chosen, part)); }
    else return;
    if (isForQuestion) document.dispatchEvent(new CustomEvent("bronvraag:ask-again")); // the question that was asked, in these documents
    (event.currentTarget.querySelector(".remove-filter") ?? document.querySelector(document.body.dataset.view === "documents" ? "#documents [name=words]" : "#question textarea"))?.focus();
  }

  function removePart(part) {
    if (!isChosen(part)) declined.push(part);
    chooseFilters(withoutPart(chosen, part));
  }

  function removeAll(element) {
    for (const button of element.querySelectorAll(".chip.recognised .remove-filter")) declined.push(JSON.parse(button.dataset.part));
    chooseFilters({});
  }

  // --- the bar above the question box -------------------------------------------------------------------------------

  function startFilters(element, props, gradio) {
    const server = bronvraag.watched(gradio);
    const root = element.querySelector(".filters");
    let latest = 0;
    let asked = ""; // the last question, whose recognised filters stay in sight until another one is typed

    const load = () => server.draw_filter_frame(language()).then((html) => {
      root.innerHTML = html;
      begin();
    }).catch(() => document.addEventListener("bronvraag:back", load, { once: true })); // without the server there is nothing to filter either
    load();

    const panel = () => root.querySelector("#filter-panel");
    const toggle = () => root.querySelector(".filter-toggle");
    const box = () => document.querySelector("#question textarea");

    function begin() {
      toggle().addEventListener("click", () => show(panel().hidden));
      panel().querySelector(".close").addEventListener("click", () => show(false));
      root.querySelector(".filter-bar").addEventListener("click", actOnChip);
      startFacets(panel().querySelector("form"), draw);
      root.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || panel().hidden) return;
        event.stopPropagation(); // the source beside it stays open
        show(false);
      });
      document.addEventListener("click", (event) => {
        if (!panel().hidden && !root.contains(event.target) && event.target.isConnected) show(false, { keepFocus: true });
      });
      document.addEventListener("bronvraag:filters", draw);
      document.addEventListener("bronvraag:changed", draw);
      document.addEventListener("bronvraag:asked", ({ detail }) => { asked = detail.question; draw(); });
      document.addEventListener("bronvraag:back", draw);
      document.addEventListener("bronvraag:new", () => { asked = ""; declined = []; chooseFilters({}); }); // it begins with all documents
      document.addEventListener("bronvraag:ask-again", () => {
        props.value = { filters: chosen, declined };
        if (asked) setTimeout(() => bronvraag.askAgain()); // when Gradio has taken the value
      });
      const later = delayed(draw, 350);
      document.addEventListener("input", (event) => {
        if (event.target !== box()) return;
        if (asked || !event.target.value.trim()) declined = []; // another question begins
        if (event.target.value.trim()) asked = "";
        later();
      });
      draw();
    }

    function show(isShown, { keepFocus = false } = {}) {
      panel().hidden = !isShown;
      toggle().setAttribute("aria-expanded", String(isShown));
      if (isShown) draw().then(() => panel().querySelector("input, summary")?.focus());
      else if (!keepFocus) toggle().focus();
    }

    async function draw() {
      const mine = ++latest;
      props.value = { filters: chosen, declined };
      const form = panel().querySelector("form");
      const wishes = { filters: chosen, declined, question: box()?.value.trim() || asked, open: !panel().hidden, narrowed: narrowedIn(form), language: language() };
      const drawn = await server.draw_filters(wishes).catch(() => ({ error: true }));
      if (mine !== latest) return;
      if (drawn.error) return drawn.error !== true && Object.keys(chosen).length ? chooseFilters({}) : undefined; // what this tab kept is not understood any more
      redraw(root.querySelector(".chosen"), drawn.chosen);
      redraw(root.querySelector(".offered"), drawn.offered);
      const said = root.querySelector(".scope");
      if (said.textContent !== drawn.said) said.textContent = drawn.said;
      if (!panel().hidden) drawFacets(form, drawn.facets);
      root.classList.toggle("in-use", drawn.chosen !== "");
    }

    // The focus stays on a chip's button when the chips are drawn anew.
    function redraw(place, html) {
      const part = place.contains(document.activeElement) ? document.activeElement.dataset.part : null;
      if (place.dataset.drawn === html) return;
      place.dataset.drawn = html;
      place.innerHTML = html;
      if (part !== null) (place.querySelector(`[data-part="${CSS.escape(part)}"]`) ?? place.querySelector("button") ?? toggle()).focus();
    }
  }

  return { startFilters, startFacets, drawFacets, narrowedIn, actOnChip, chooseFilters, chosenFilters: () => chosen };
})());
