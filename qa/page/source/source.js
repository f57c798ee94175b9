// The source panel: opens what a link names, scrolls to the quote, and gives the focus back when it closes.
// What stands in the panel was escaped by the server; here text is only ever set as text.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const QUOTE = "#src=";
  const DOCUMENT = "#doc=";
  const PILLS = `blockquote a[href^="${QUOTE}"]`; // a citation's number; other links to sources stand outside quotes
  const VIEW_KEY = "bronvraag_source_view";
  const FACTS_KEY = "bronvraag_source_facts";
  const COPIED_MS = 2500;
  const words = JSON.parse(document.getElementById("texts").textContent);
  const language = () => document.documentElement.lang;
  const isDisabled = (button) => button.getAttribute("aria-disabled") === "true";

  const SMALL = matchMedia("(max-width: 600px)");
  const [LEAST_ZOOM, MOST_ZOOM] = [1, 4];

  function startPanel(element, gradio) {
    const server = bronvraag.watched(gradio);
    const panel = element.querySelector(".panel");
    let opener = null; // the link by which the citation was chosen
    let current = ""; // the link of what is open
    let trail = []; // what was open before references were followed
    let latest = 0;
    let latestPage = 0;

    const find = (selector) => element.querySelector(selector);

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
      if (view === "page") await showPage();
      else if (scrolled !== null && find("article")) find("article").scrollTop = scrolled;
      else scrollToQuote(find("article"), find("mark"));
    }

    /** Scroll so that the quote is at one third, or lower where the question that it answers then is in view as well. */
    function scrollToQuote(article, mark) {
      scrollToThird(article, mark);
      const question = article?.querySelector("p.asked");
      if (!question || !mark) return;
      const room = mark.getBoundingClientRect().top - question.getBoundingClientRect().top;
      if (room > 0 && room < article.clientHeight * 0.66) article.scrollTop = article.scrollTop + question.getBoundingClientRect().top - article.getBoundingClientRect().top - 40;
    }

    async function showPage(page = null) {
      const view = find("#view-page");
      if (page === null && view.dataset.link === current) return; // it is there already
      const mine = ++latestPage;
      const link = current;
      view.setAttribute("aria-busy", "true");
      const html = await server.open_page({ link, page, language: language() }).catch(() => sorry(words.page_failed_server));
      if (mine !== latestPage || link !== current || !view.isConnected) return;
      view.innerHTML = html;
      view.dataset.link = link;
      view.removeAttribute("aria-busy");
      zoom = SMALL.matches ? 2 : LEAST_ZOOM; // at the width of a phone a printed page cannot be read
      const sheet = view.querySelector(".sheet");
      if (!sheet) return;
      sheet.style.setProperty("--zoom", zoom);
      startPinching(view.querySelector(".desk"));
      bringBoxIntoView();
    }
    let zoom = LEAST_ZOOM;

    function bringBoxIntoView() {
      const [desk, box] = [find(".desk"), find(".box")];
      if (!desk || !box) return;
      scrollToThird(desk, box);
      desk.scrollLeft += box.getBoundingClientRect().left - desk.getBoundingClientRect().left - 24;
    }

    /** Zoom the printed page, and keep what is in the middle there. */
    function zoomTo(wanted) {
      const [desk, sheet] = [find(".desk"), find(".sheet")];
      if (!desk || !sheet) return;
      const before = zoom;
      zoom = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, wanted));
      const [x, y] = [desk.scrollLeft + desk.clientWidth / 2, desk.scrollTop + desk.clientHeight / 2];
      sheet.style.setProperty("--zoom", zoom);
      desk.scrollTo(x * zoom / before - desk.clientWidth / 2, y * zoom / before - desk.clientHeight / 2);
    }

    function zoomBy(button) {
      zoomTo(zoom * (button.matches(".zoom-in") ? 1.4 : 1 / 1.4));
      announce(`${words.zoom} ${Math.round(zoom * 100)}%`);
    }

    function startPinching(desk) {
      const fingers = new Map();
      let [start, startZoom] = [0, zoom];
      const spread = () => { const [one, other] = [...fingers.values()]; return Math.hypot(one.x - other.x, one.y - other.y); };
      desk.addEventListener("pointerdown", (event) => {
        if (event.pointerType !== "touch") return;
        fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
        if (fingers.size === 2) [start, startZoom] = [spread(), zoom];
      });
      desk.addEventListener("pointermove", (event) => {
        if (!fingers.has(event.pointerId)) return;
        fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
        if (fingers.size === 2 && start > 0) zoomTo(startZoom * spread() / start);
      });
      for (const name of ["pointerup", "pointercancel"]) desk.addEventListener(name, (event) => fingers.delete(event.pointerId));
    }

    // --- searching in the document --------------------------------------------------------------------------------

    let matches = []; // ranges in the text
    let match = -1;

    function toggleSearch(isShown) {
      const form = find(".in-document");
      if (!form || form.hidden === !isShown) return false;
      form.hidden = !isShown;
      find(".search-document").setAttribute("aria-expanded", String(isShown));
      if (isShown) {
        if (chosenView() !== "text") chooseView(find("#tab-text"));
        form.querySelector("input").select();
        form.querySelector("input").focus();
      } else {
        CSS.highlights?.delete("found");
        find(".search-document").focus();
      }
      return true;
    }

    function searchDocument() {
      const sought = find(".in-document input").value.trim().toLowerCase();
      [matches, match] = [[], -1];
      const walker = document.createTreeWalker(find("article"), NodeFilter.SHOW_TEXT);
      const nodes = [];
      let text = "";
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        nodes.push([text.length, node]);
        const lower = node.data.toLowerCase();
        text += lower.length === node.length ? lower : node.data; // a few letters change their length
      }
      text = text.replaceAll(/\s/g, " ");
      for (let at = sought ? text.indexOf(sought) : -1; at >= 0; at = text.indexOf(sought, at + sought.length)) matches.push(rangeOf(nodes, at, at + sought.length));
      CSS.highlights?.set("found", new Highlight(...matches));
      if (matches.length) stepMatch(1);
      else showCount(sought);
    }

    function rangeOf(nodes, start, end) {
      const range = document.createRange();
      range.setStart(...placeIn(nodes, start));
      range.setEnd(...placeIn(nodes, end - 1, 1));
      return range;
    }

    function placeIn(nodes, offset, extra = 0) {
      let [low, high] = [0, nodes.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (nodes[middle][0] <= offset) low = middle;
        else high = middle - 1;
      }
      return [nodes[low][1], offset - nodes[low][0] + extra];
    }

    function stepMatch(distance) {
      if (!matches.length) return;
      match = (match + distance + matches.length) % matches.length;
      CSS.highlights?.set("found-here", new Highlight(matches[match]));
      matches[match].startContainer.parentElement.scrollIntoView({ block: "nearest" }); // lays it out, in a long document
      scrollToThird(find("article"), matches[match]);
      showCount();
    }

    function showCount(sought = " ") {
      find(".in-document .n-found").textContent = matches.length ? `${match + 1} ${words.out_of} ${matches.length}` : sought ? words.not_in_document : "";
    }

    async function turnTo(button) {
      if (isDisabled(button)) return;
      const name = [...button.classList].at(-1);
      await showPage(Number(button.dataset.page));
      (find(`#view-page .${name}`) ?? find(".desk"))?.focus();
      announce(find(".pages .place")?.textContent ?? "");
    }

    function chooseView(tab) {
      localStorage.setItem(VIEW_KEY, tab.dataset.view);
      showView(tab.dataset.view);
      tab.focus();
    }

    function scrollToThird(scroller, target) {
      if (!scroller || !target) return;
      scroller.scrollTop += target.getBoundingClientRect().top - scroller.getBoundingClientRect().top - scroller.clientHeight / 3;
    }

    // --- footnotes ------------------------------------------------------------------------------------------------

    function toggleNote(mark) {
      const wasOpen = mark.getAttribute("aria-expanded") === "true";
      closeNote();
      const body = document.getElementById(mark.hash.slice(1));
      if (wasOpen || !body) return;
      const note = noteOf(body, mark);
      (mark.closest("article.long > p:not(.cited)") ?? mark.parentElement).after(note); // a long document's paragraphs cut off what sticks out
      mark.setAttribute("aria-expanded", "true");
      placeNote(note, mark);
      note.focus({ preventScroll: true });
    }

    /** A copy of the note's text, to stand beside its mark; the number is at the mark already. */
    function noteOf(body, mark) {
      const note = Object.assign(document.createElement("span"), { className: "note-here", tabIndex: -1, lang: "nl" });
      note.setAttribute("role", "note");
      note.setAttribute("aria-label", mark.getAttribute("aria-label"));
      const copy = body.cloneNode(true);
      for (const sign of copy.querySelectorAll(".back, sup, .page-sign")) sign.remove();
      const first = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT).nextNode();
      if (first) first.data = first.data.replace(/^\s*\[?\d{1,3}[\])]?\s*/, "");
      note.append(...copy.childNodes);
      const below = Object.assign(document.createElement("a"), { className: "below", href: mark.hash, textContent: words.footnote_below });
      const close = Object.assign(document.createElement("button"), { type: "button", className: "note-close", title: words.footnote_close });
      close.setAttribute("aria-label", words.footnote_close);
      below.lang = close.lang = language();
      note.append(below, close);
      note.addEventListener("focusout", (event) => {
        if (event.relatedTarget && event.relatedTarget !== mark && !note.contains(event.relatedTarget)) closeNote();
      });
      return note;
    }

    function placeNote(note, mark) {
      const article = mark.closest("article");
      const [frame, sign] = [article.getBoundingClientRect(), mark.getBoundingClientRect()];
      const left = Math.min(sign.left - frame.left - 24, article.clientWidth - note.offsetWidth - 12);
      const below = sign.bottom + 6 + note.offsetHeight <= frame.bottom || sign.top - frame.top < note.offsetHeight + 6;
      const top = below ? sign.bottom + 6 : sign.top - 6 - note.offsetHeight;
      note.style.left = `${Math.max(12, left)}px`;
      note.style.top = `${top - frame.top + article.scrollTop}px`;
    }

    function closeNote({ back = false } = {}) {
      const note = find(".note-here");
      const mark = find("sup a[aria-expanded=true]");
      note?.remove();
      mark?.setAttribute("aria-expanded", "false");
      if (back) mark?.focus({ preventScroll: true });
      return Boolean(note);
    }

    function jump(anchor) {
      closeNote();
      const target = document.getElementById(decodeURIComponent(anchor.hash.slice(1)));
      if (target?.closest("[role=tabpanel][hidden]")) showView("text");
      target?.scrollIntoView({ block: "center" });
      target?.focus({ preventScroll: true });
    }

    // --- copying --------------------------------------------------------------------------------------------------

    function toggleCopies(isOpen) {
      const button = find(".copies > .copy");
      const list = find("#copies");
      if (!list || list.hidden === !isOpen) return false;
      list.hidden = !isOpen;
      button.setAttribute("aria-expanded", String(isOpen));
      (isOpen ? list.querySelector("button") : button).focus();
      return true;
    }

    async function copy(choice) {
      const { before, after } = choice.dataset;
      const link = location.origin + location.pathname + current;
      const isDone = await toClipboard(after === undefined ? before : before + link + after);
      toggleCopies(false);
      announce(isDone ? `${words.copied}: ${choice.textContent}` : words.copy_failed);
      const button = find(".copies > .copy");
      button.textContent = isDone ? words.copied : words.copy_failed;
      setTimeout(() => { button.textContent = words.copy; }, COPIED_MS);
    }

    function moveInCopies(event) {
      const choices = [...find("#copies").querySelectorAll("button")];
      const distance = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const place = choices.indexOf(document.activeElement);
      if (!distance || place < 0 || event.altKey) return false;
      choices[(place + distance + choices.length) % choices.length].focus();
      return true;
    }

    // --- what the reader does -------------------------------------------------------------------------------------

    const CLICKS = [
      ["#source .close", () => close()],
      ["#source .zoom-in, #source .zoom-out", zoomBy],
      ["#source .search-document", (button) => toggleSearch(button.getAttribute("aria-expanded") !== "true")],
      ["#source .next-match", () => stepMatch(1)],
      ["#source .previous-match", () => stepMatch(-1)],
      ["#source .back-to", () => open(trail.pop())],
      ["#source .previous-citation", () => step(-1, ".previous-citation")],
      ["#source .next-citation", () => step(1, ".next-citation")],
      ["#source [role=tab]", chooseView],
      ["#source .pages [data-page]", turnTo],
      ["#source .copies > .copy", (button) => toggleCopies(button.getAttribute("aria-expanded") !== "true")],
      ["#source #copies button", copy],
      ["#source .facts summary", (summary) => localStorage.setItem(FACTS_KEY, summary.parentElement.open ? "closed" : "open"), "and go on"],
      ["#source .note-close", () => closeNote({ back: true })],
      ["#source sup a", toggleNote],
      ['#source a[href^="#note-"], #source a[href^="#part-"]', jump],
      [`a[href^="${QUOTE}"], a[href^="${DOCUMENT}"]`, choose],
    ];

    document.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab is asked for
      if (!event.target.closest?.(".note-here, sup a")) closeNote();
      if (!event.target.closest?.(".copies")) toggleCopiesSilently();
      for (const [selector, act, goesOn] of CLICKS) {
        const target = event.target.closest?.(selector);
        if (!target) continue;
        if (!goesOn) event.preventDefault();
        act(target);
        return;
      }
    }, true);

    function toggleCopiesSilently() {
      const list = find("#copies");
      if (!list || list.hidden) return;
      list.hidden = true;
      find(".copies > .copy").setAttribute("aria-expanded", "false");
    }

    document.addEventListener("keydown", (event) => {
      if (!document.body.classList.contains("source-open")) return;
      const isTyping = event.target.closest?.("textarea, input, select, [contenteditable=true]");
      const distance = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") {
        if (!closeNote({ back: true }) && !toggleCopies(false) && !(event.target.closest?.(".in-document") && toggleSearch(false))) close();
      } else if (event.key === "Enter" && event.target.closest?.(".in-document input")) {
        event.preventDefault();
        stepMatch(event.shiftKey ? -1 : 1);
      } else if (event.altKey && distance && !isTyping) {
        event.preventDefault();
        step(distance, "quote");
      } else if (event.target.closest?.("#copies") && moveInCopies(event)) {
        event.preventDefault();
      } else if (event.target.matches?.("#source [role=tab]") && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
        event.preventDefault();
        chooseView([...element.querySelectorAll("[role=tab]")].find((tab) => tab !== event.target));
      } else if (event.key === " " && event.target.matches?.("#source sup a")) {
        event.preventDefault(); // a mark is a button, which the space bar presses
        toggleNote(event.target);
      }
    });

    let later;
    element.addEventListener("input", (event) => {
      if (!event.target.matches(".in-document input")) return;
      clearTimeout(later);
      later = setTimeout(searchDocument, 120);
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

  let status = null;
  /** Say a sentence to who hears the page. */
  function announce(sentence) {
    status ??= document.body.appendChild(Object.assign(document.createElement("p"), { id: "source-status", className: "sr-only" }));
    status.setAttribute("role", "status");
    status.textContent = "";
    setTimeout(() => { status.textContent = sentence; }, 50); // a change is what is read out
  }

  async function toClipboard(text) {
    try {
      await navigator.clipboard.writeText(text); // only where the page is trusted: https, or this computer
      return true;
    } catch {
      const box = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: text, className: "sr-only" }));
      box.select();
      const isDone = document.execCommand("copy");
      box.remove();
      return isDone;
    }
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

  return { startPanel };
})());
