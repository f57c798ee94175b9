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

  function startPanel(element, server) {
    const panel = element.querySelector(".panel");
    let opener = null; // the link by which the citation was chosen
    let current = ""; // the link of what is open
    let trail = []; // what was open before references were followed
    let latest = 0;
    let latestPage = 0;

    const find = (selector) => element.querySelector(selector);

    // --- open and close -------------------------------------------------------------------------------------------

    async function open(link, { focus = "quote" } = {}) {
      const mine = ++latest;
      document.body.classList.add("source-open");
      markOpen(opener);
      element.setAttribute("aria-busy", "true");
      const html = await server.open_source({ link, language: language() }).catch(() => unreachable());
      if (mine !== latest) return; // closed meanwhile, or another one was chosen
      panel.innerHTML = html;
      element.removeAttribute("aria-busy");
      current = link;
      history.replaceState(history.state, "", link);
      complete();
      await showView(chosenView());
      if (mine === latest) focusOn(focus);
    }

    function choose(anchor) {
      trail = anchor.closest("#source") ? [...trail, current] : [];
      if (!anchor.closest("#source")) opener = anchor;
      open(anchor.hash);
    }

    function close() {
      latest += 1;
      document.body.classList.remove("source-open");
      panel.replaceChildren();
      history.replaceState(history.state, "", location.pathname + location.search);
      const citation = opener?.isConnected ? opener : pillOf(trail[0] ?? current);
      (citation ?? document.querySelector("#question textarea"))?.focus();
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
      if (facts) facts.open = (localStorage.getItem(FACTS_KEY) ?? (innerWidth > 900 && innerHeight >= 860 ? "open" : "")) === "open";
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

    /** The citations of the answer that holds `pill`: their numbers rise by one, and begin anew with the next answer. */
    function citationsAround(pill) {
      const answers = [];
      for (const one of document.querySelectorAll(PILLS)) {
        if (one.closest("#source")) continue;
        if (!answers.length || numberOf(one) <= numberOf(answers.at(-1).at(-1))) answers.push([]);
        answers.at(-1).push(one);
      }
      return answers.find((answer) => answer.includes(pill)) ?? [];
    }

    const numberOf = (pill) => Number(/\d+\s*$/.exec(pill.textContent)?.[0] ?? 0);
    const pillOf = (link) => [...document.querySelectorAll(PILLS)].filter((pill) => pill.hash === link).at(-1) ?? null;
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
      next.scrollIntoView({ block: "nearest" });
      await open(next.hash, { focus });
      announce(`${words.citation_place} ${find(".citations .place")?.textContent ?? ""}: ${find("h2")?.textContent ?? ""}`);
    }

    // --- text and page --------------------------------------------------------------------------------------------

    const chosenView = () => (find("#view-page") ? localStorage.getItem(VIEW_KEY) ?? "text" : "text");

    async function showView(view) {
      for (const tab of element.querySelectorAll("[role=tab]")) {
        const isChosen = tab.dataset.view === view;
        tab.setAttribute("aria-selected", String(isChosen));
        tab.tabIndex = isChosen ? 0 : -1;
        find(`#view-${tab.dataset.view}`).hidden = !isChosen;
      }
      if (view === "page") await showPage();
      else scrollToThird(find("article"), find("mark"));
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
      scrollToThird(view.querySelector(".desk"), view.querySelector(".box"));
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
      ["#source .close", close],
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
        if (!closeNote({ back: true }) && !toggleCopies(false)) close();
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

    function openAddress() {
      if (!location.hash.startsWith(QUOTE) && !location.hash.startsWith(DOCUMENT)) return;
      [opener, trail] = [pillOf(location.hash), []];
      open(location.hash);
    }
    window.addEventListener("hashchange", openAddress);
    openAddress();
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

  function unreachable() {
    return `<header><div class="title-row"><h2 tabindex="-1">${words.source}</h2>`
      + `<button type="button" class="close" aria-label="${words.close}"></button></div></header>${sorry(words.open_failed_server)}`;
  }

  return { startPanel };
})());
