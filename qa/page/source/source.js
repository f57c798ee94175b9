// The source panel: opens what a link names, scrolls to the quote, and gives the focus back when it closes.
// What stands in the panel was escaped by the server; here text is only ever set as text.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const QUOTE = "#src=";
  const DOCUMENT = "#doc=";
  const PILLS = `blockquote a[href^="${QUOTE}"]`; // a citation's number; other links to sources stand outside quotes
  const VIEW_KEY = "bronvraag_source_view";
  const FACTS_KEY = "bronvraag_source_facts";
  const words = JSON.parse(document.getElementById("texts").textContent);
  const language = () => document.documentElement.lang;

  function startPanel(element, gradio) {
    const server = bronvraag.watched(gradio);
    const panel = element.querySelector(".panel");
    let opener = null; // the link by which the citation was chosen
    let current = ""; // the link of what is open
    let trail = []; // what was open before references were followed
    let latest = 0;

    const find = (selector) => element.querySelector(selector);
    const link = () => current;
    const draw = (asked, page) => server.open_page({ link: asked, page, language: language() }).catch(() => sorry(words.page_failed_server));
    const showText = () => { if (chosenView() !== "text") chooseView(find("#tab-text")); };
    const search = bronvraag.documentSearch({ find, words, showText });
    const notes = bronvraag.documentFootnotes({ find, words });
    const copies = bronvraag.citationCopies({ find, words, link, announce });
    const printed = bronvraag.printedPages({ find, words, link, draw, announce });

    // --- open and close -------------------------------------------------------------------------------------------

    /** Open what a link names: a step in the history, unless it stands in the address already. */
    async function open(link, { focus = "quote", isRestored = false } = {}) {
      const mine = ++latest;
      document.body.classList.add("source-open");
      markOpen(opener);
      element.setAttribute("aria-busy", "true");
      if (!panel.firstChild) panel.innerHTML = frame(words.source_loading);
      if (!isRestored) bronvraag.visit({ link });
      current = link;
      isLost = false;
      const html = await server.open_source({ link, language: language() }).catch(() => { isLost = true; return frame(words.open_failed_server, { isProblem: true }); });
      if (mine !== latest) return; // closed meanwhile, or another one was chosen
      panel.innerHTML = html;
      element.removeAttribute("aria-busy");
      bronvraag.nameForTitle("source", find("#source-title")?.textContent ?? "");
      complete();
      await showView(chosenView(), { scrolled: isRestored ? bronvraag.keptScroll("source") : null });
      if (mine === latest) focusOn(focus);
    }
    let isLost = false; // because the server was away

    document.addEventListener("bronvraag:back", () => { if (isLost && current) open(current, { isRestored: true }); });

    function choose(anchor) {
      trail = anchor.closest("#source") ? [...trail, current] : [];
      if (!anchor.closest("#source")) opener = anchor;
      open(anchor.hash);
    }

    /** Close the panel; silently, where the address has changed already and the focus goes elsewhere. */
    function close({ silently = false } = {}) {
      latest += 1;
      document.body.classList.remove("source-open");
      panel.replaceChildren();
      CSS.highlights?.delete("found");
      bronvraag.nameForTitle("source", "");
      if (!silently) {
        bronvraag.visit({ link: "" });
        const citation = opener?.isConnected ? opener : pillOf(trail[0] ?? current);
        (citation ?? document.querySelector("#question textarea"))?.focus();
      }
      markOpen(null);
      [opener, current, trail] = [null, "", []];
    }

    function markOpen(citation) {
      for (const open of document.querySelectorAll("a.open")) open.classList.remove("open");
      citation?.classList.add("open");
    }

    /** Show of the head what applies to what is open. */
    function complete() {
      const facts = find("details.facts");
      if (facts) facts.open = localStorage.getItem(FACTS_KEY) === "open";
      const back = find(".back-to");
      if (back) back.hidden = !trail.length;
      showPlace();
    }

    function focusOn(what) {
      if (what !== "quote") return find(what)?.focus();
      const target = chosenView() === "page" && find(".desk") ? find(".desk") : find("mark") ?? find("h2");
      target?.focus({ preventScroll: true });
    }

    // --- previous and next citation -------------------------------------------------------------------------------

    /** The citations of the answer that holds `pill`, in the order of their numbers: quotes of one document stand together. */
    function citationsAround(pill) {
      const answer = pill?.closest(".turn, tbody");
      if (!answer) return [];
      return [...answer.querySelectorAll(PILLS)].sort((one, other) => numberOf(one) - numberOf(other));
    }

    const numberOf = (pill) => Number(/\d+\s*$/.exec(pill.textContent)?.[0] ?? 0);
    /** The citation of a link: the first of the last answer that has it. */
    function pillOf(link) {
      const pills = [...document.querySelectorAll(PILLS)].filter((pill) => pill.hash === link && !pill.closest("#source"));
      const answer = pills.at(-1)?.closest(".turn, tbody");
      return pills.find((pill) => pill.closest(".turn, tbody") === answer) ?? null;
    }
    const openPill = () => (opener?.isConnected && opener.hash === current ? opener : pillOf(current));

    function showPlace() {
      const group = find(".citations");
      if (!group) return;
      const pill = openPill();
      const citations = citationsAround(pill);
      const place = citations.indexOf(pill);
      group.hidden = place < 0 || citations.length < 2;
      group.querySelector(".place").textContent = `${place + 1} ${words.out_of} ${citations.length}`;
      group.querySelector(".previous-citation").setAttribute("aria-disabled", String(place <= 0));
      group.querySelector(".next-citation").setAttribute("aria-disabled", String(place === citations.length - 1));
    }

    async function step(distance, focus) {
      const pill = openPill();
      const citations = citationsAround(pill);
      const next = pill && citations[citations.indexOf(pill) + distance];
      if (!next) return;
      opener = next;
      const folded = next.closest("details:not([open])");
      if (folded) folded.open = true;
      next.scrollIntoView({ block: "nearest" });
      await open(next.hash, { focus });
      announce(`${words.citation_place} ${find(".citations .place")?.textContent ?? ""}: ${find("h2")?.textContent ?? ""}`);
    }

    // --- text and page --------------------------------------------------------------------------------------------

    const chosenView = () => (find("#view-page") ? localStorage.getItem(VIEW_KEY) ?? "text" : "text");

    async function showView(view, { scrolled = null } = {}) {
      for (const tab of element.querySelectorAll("[role=tab]")) {
        const isChosen = tab.dataset.view === view;
        tab.setAttribute("aria-selected", String(isChosen));
        tab.tabIndex = isChosen ? 0 : -1;
        find(`#view-${tab.dataset.view}`).hidden = !isChosen;
      }
      if (view === "page") await printed.show();
      else if (scrolled !== null && find("article")) find("article").scrollTop = scrolled;
      else scrollToQuote(find("article"), find("mark"));
    }

    /** Scroll so that the quote is at one third, or lower where the question that it answers then is in view as well. */
    function scrollToQuote(article, mark) {
      bronvraag.scrollToThird(article, mark);
      const question = article?.querySelector("p.asked");
      if (!question || !mark) return;
      const room = mark.getBoundingClientRect().top - question.getBoundingClientRect().top;
      if (room > 0 && room < article.clientHeight * 0.66) article.scrollTop = article.scrollTop + question.getBoundingClientRect().top - article.getBoundingClientRect().top - 40;
    }

    function chooseView(tab) {
      localStorage.setItem(VIEW_KEY, tab.dataset.view);
      showView(tab.dataset.view);
      tab.focus();
    }

    function jump(anchor) {
      notes.close();
      const target = document.getElementById(decodeURIComponent(anchor.hash.slice(1)));
      if (target?.closest("[role=tabpanel][hidden]")) showView("text");
      target?.scrollIntoView({ block: "center" });
      target?.focus({ preventScroll: true });
    }

    // --- what the reader does -------------------------------------------------------------------------------------

    const CLICKS = [
      ["#source .close", () => close()],
      ["#source .zoom-in, #source .zoom-out", printed.zoomBy],
      ["#source .search-document", (button) => search.toggle(button.getAttribute("aria-expanded") !== "true")],
      ["#source .next-match", () => search.step(1)],
      ["#source .previous-match", () => search.step(-1)],
      ["#source .back-to", () => open(trail.pop())],
      ["#source .previous-citation", () => step(-1, ".previous-citation")],
      ["#source .next-citation", () => step(1, ".next-citation")],
      ["#source [role=tab]", chooseView],
      ["#source .pages [data-page]", printed.turn],
      ["#source .copies > .copy", (button) => copies.toggle(button.getAttribute("aria-expanded") !== "true")],
      ["#source #copies button", copies.copy],
      ["#source .facts summary", (summary) => localStorage.setItem(FACTS_KEY, summary.parentElement.open ? "closed" : "open"), "and go on"],
      ["#source .note-close", () => notes.close({ back: true })],
      ["#source sup a", notes.toggle],
      ['#source a[href^="#note-"], #source a[href^="#part-"]', jump],
      [`a[href^="${QUOTE}"], a[href^="${DOCUMENT}"]`, choose],
    ];

    document.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab is asked for
      if (!event.target.closest?.(".note-here, sup a")) notes.close();
      if (!event.target.closest?.(".copies")) copies.hide();
      for (const [selector, act, goesOn] of CLICKS) {
        const target = event.target.closest?.(selector);
        if (!target) continue;
        if (!goesOn) event.preventDefault();
        act(target);
        return;
      }
    }, true);

    document.addEventListener("keydown", (event) => {
      if (!document.body.classList.contains("source-open")) return;
      const isTyping = event.target.closest?.("textarea, input, select, [contenteditable=true]");
      const distance = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") {
        if (!notes.close({ back: true }) && !copies.toggle(false) && !(event.target.closest?.(".in-document") && search.toggle(false))) close();
      } else if (event.key === "Enter" && event.target.closest?.(".in-document input")) {
        event.preventDefault();
        search.step(event.shiftKey ? -1 : 1);
      } else if (event.altKey && distance && !isTyping) {
        event.preventDefault();
        step(distance, "quote");
      } else if (event.target.closest?.("#copies") && copies.move(event)) {
        event.preventDefault();
      } else if (event.target.matches?.("#source [role=tab]") && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
        event.preventDefault();
        chooseView([...element.querySelectorAll("[role=tab]")].find((tab) => tab !== event.target));
      } else if (event.key === " " && event.target.matches?.("#source sup a")) {
        event.preventDefault(); // a mark is a button, which the space bar presses
        notes.toggle(event.target);
      }
    });

    let later;
    element.addEventListener("input", (event) => {
      if (!event.target.matches(".in-document input")) return;
      clearTimeout(later);
      later = setTimeout(search.search, 120);
    });
    element.addEventListener("submit", (event) => event.preventDefault());

    document.addEventListener("bronvraag:drawn", () => { // the answer that it is cited in
      if (!current) return;
      opener = openPill();
      markOpen(opener);
      showPlace();
    });
    document.addEventListener("bronvraag:address", ({ detail }) => goTo(detail.link));
    window.addEventListener("hashchange", () => goTo(bronvraag.here().link)); // an address was typed

    function goTo(link) {
      if (link === current) return;
      if (!link) {
        const citation = opener?.isConnected ? opener : null;
        close({ silently: true });
        citation?.focus({ preventScroll: true });
        return;
      }
      [opener, trail] = [pillOf(link), []];
      open(link, { isRestored: true });
    }
    goTo(bronvraag.here().link);
    bronvraag.closeSource = close;
  }

  // --- the rest -----------------------------------------------------------------------------------------------------

  /** Scroll so that something stands at one third of what is seen. */
  function scrollToThird(scroller, target) {
    if (!scroller || !target) return;
    scroller.scrollTop += target.getBoundingClientRect().top - scroller.getBoundingClientRect().top - scroller.clientHeight / 3;
  }

  let status = null;
  /** Say a sentence to who hears the page. */
  function announce(sentence) {
    status ??= document.body.appendChild(Object.assign(document.createElement("p"), { id: "source-status", className: "sr-only" }));
    status.setAttribute("role", "status");
    status.textContent = "";
    setTimeout(() => { status.textContent = sentence; }, 50); // a change is what is read out
  }

  function sorry(sentence) { // a text of our own, in which nothing is HTML
    return `<div class="apology" role="alert"><p>${sentence}</p></div>`;
  }

  /** The panel before its document is there, or instead of it. */
  function frame(sentence, { isProblem = false } = {}) {
    return `<header><div class="title-row"><h2 id="source-title" tabindex="-1">${words.source}</h2>`
      + `<button type="button" class="close" aria-label="${words.close}" title="${words.close}"></button></div></header>`
      + (isProblem ? sorry(sentence) : `<p class="loading" role="status">${sentence}</p>`);
  }

  return { scrollToThird, startPanel };
})());
