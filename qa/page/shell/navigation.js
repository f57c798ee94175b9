// The address of what is shown: view, conversation, filters, search and source. Back and Forward step through it, and a reload restores it.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const VIEWS = ["chat", "documents", "questions", "collected"];
  const SOURCE = /^#(?:src|doc)=/;
  const SCROLLED = { chat: "#chat", source: "#source article" };
  const OURS = ["view", "c", "filters", "words", "order", "start"];
  const names = {}; // of what is shown, for the title

  function here() {
    const query = new URLSearchParams(location.search);
    return {
      view: VIEWS.includes(query.get("view")) ? query.get("view") : "chat",
      conversation: query.get("c"),
      filters: filtersIn(query.get("filters")),
      words: query.get("words") ?? "",
      order: query.get("order") ?? "newest",
      start: Math.max(0, Number.parseInt(query.get("start") ?? "0", 10) || 0),
      link: SOURCE.test(location.hash) ? location.hash : "",
    };
  }

  function filtersIn(text) {
    try {
      const value = JSON.parse(text ?? "{}");
      return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
    } catch {
      return {}; // an address may be typed
    }
  }

  function addressOf({ view, conversation, filters, words, order, start, link }) {
    const query = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => !OURS.includes(name)));
    if (view !== "chat") query.set("view", view);
    if (conversation) query.set("c", conversation);
    if (Object.keys(filters).length) query.set("filters", JSON.stringify(filters));
    if (words) query.set("words", words);
    if (order !== "newest") query.set("order", order);
    if (start) query.set("start", start);
    const asked = query.toString();
    return location.pathname + (asked ? `?${asked}` : "") + link;
  }

  /** Go to another state: an entry of its own in the history, unless `replace` says that it only completes the one that is there. */
  function visit(changes, { replace = false } = {}) {
    const address = addressOf({ ...here(), ...changes });
    if (address === location.pathname + location.search + location.hash) return;
    keepScroll();
    history[replace ? "replaceState" : "pushState"](replace ? history.state : {}, "", address);
  }

  // --- where each state was scrolled to -----------------------------------------------------------------------------

  function keepScroll() {
    const scroll = {};
    for (const [name, selector] of Object.entries(SCROLLED)) scroll[name] = document.querySelector(selector)?.scrollTop ?? null;
    history.replaceState({ ...history.state, scroll }, "");
  }

  const keptScroll = (name) => history.state?.scroll?.[name] ?? null;
  let timer;
  document.addEventListener("scroll", () => { clearTimeout(timer); timer = setTimeout(keepScroll, 250); }, true);
  window.addEventListener("pagehide", keepScroll);
  window.addEventListener("popstate", () => {
    clearTimeout(timer); // what was about to be kept belongs to the state before
    document.dispatchEvent(new CustomEvent("bronvraag:address", { detail: here() }));
  });

  // --- the title: the document that is open, or else the question, or else the view ---------------------------------

  function nameForTitle(part, name) {
    names[part] = name;
    const shown = names.source || (document.body.dataset.view === "chat" ? names.conversation : names.view);
    document.title = shown ? `${shown.slice(0, 120)} – Bronvraag` : "Bronvraag";
  }

  return { here, visit, keptScroll, nameForTitle };
})());
