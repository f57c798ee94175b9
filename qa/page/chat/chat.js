// The chat: draws the turns of the open conversation, asks, stops, tries again, copies, exports and sends feedback.
// HTML comes from the server, where every text in it was escaped; what the browser adds itself is set as text.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const MAX_HISTORY = 50;
  const MAX_KEPT = 20_000; // characters of a question: far more than is answered
  const PATIENCE_MS = 3000;
  const texts = () => JSON.parse(document.getElementById("texts").textContent);
  const language = () => document.documentElement.lang;
  const site = () => location.origin + location.pathname;

  let chat; // the element with what Gradio gives: props, server, start and stop
  let conversation;
  let running = null; // the question that is being answered: its ticket, its turn, the blocks drawn

  function startChat(element, props, server, watch, start, stop) {
    chat = { element, props, server: bronvraag.watched(server), start, stop };
    watch("value", () => receive(props.value));
    element.addEventListener("click", act);
    element.addEventListener("submit", sendFeedback);
    element.addEventListener("toggle", bringIntoView, true);
    document.addEventListener("keydown", goToQuote, true);
    document.getElementById("welcome").addEventListener("click", act);
    document.addEventListener("bronvraag:open", ({ detail }) => begin(detail));
    document.addEventListener("bronvraag:new", () => begin(bronvraag.newConversation()));
    document.addEventListener("bronvraag:deleted", ({ detail }) => detail.id === conversation.id && begin(bronvraag.newConversation()));
    document.addEventListener("bronvraag:renamed", ({ detail }) => { if (detail.id === conversation.id) { conversation.title = detail.title; retitle(); } });
    document.addEventListener("bronvraag:pinned", ({ detail }) => { if (detail.id === conversation.id) conversation.pinned = detail.pinned; });
    document.addEventListener("bronvraag:export", ({ detail }) => exportAs(detail));
    document.addEventListener("bronvraag:address", ({ detail }) => goTo(detail.conversation));
    document.addEventListener("bronvraag:collected", markCollected);
    document.addEventListener("bronvraag:back", askWaiting);
    goTo(bronvraag.here().conversation ?? bronvraag.openedId());
    bronvraag.restoreDraft();
  }

  // --- drawing ------------------------------------------------------------------------------------------------------

  const scroller = () => document.getElementById("chat");
  const turnsElement = () => chat.element.querySelector("#turns");
  const turnElement = (place) => turnsElement().children[place];

  /** Open a conversation as the reader's next step: an entry in the history, and no source of another one beside it. */
  function begin(opened) {
    bronvraag.visit({ view: "chat", conversation: opened.turns.length ? opened.id : null, link: "" });
    bronvraag.closeSource?.({ silently: true });
    show(opened);
  }

  /** Show the conversation that an address names, as it stood. */
  function goTo(id) {
    if (conversation && (id ?? "") === (conversation.turns.length ? conversation.id : "")) return;
    const kept = bronvraag.readConversation(id ?? "");
    if (kept) bronvraag.visit({ conversation: kept.id }, { replace: true });
    show(kept ?? bronvraag.newConversation());
  }

  async function show(opened) {
    halt();
    conversation = opened;
    retitle();
    bronvraag.rememberOpen(opened.id);
    turnsElement().replaceChildren(...opened.turns.map(drawnTurn));
    markState();
    if (!opened.turns.length) return;
    const drawn = await chat.server.draw_turns({ turns: opened.turns, language: language() }).catch(() => null);
    if (conversation !== opened) return; // another one was chosen meanwhile
    opened.turns.forEach((turn, place) => place in (drawn ?? []) && drawBlocks(turnElement(place), drawn[place], 0));
    if (drawn === null) say(texts().failed);
    const scrolled = bronvraag.keptScroll("chat");
    if (scrolled !== null && bronvraag.here().conversation === opened.id) scroller().scrollTop = scrolled;
    else reveal(turnElement(opened.turns.length - 1));
    markCollected();
    document.dispatchEvent(new CustomEvent("bronvraag:drawn"));
    askWaiting();
  }

  function retitle() {
    bronvraag.nameForTitle("conversation", conversation.title || (conversation.turns.at(-1)?.question ?? ""));
  }

  function drawnTurn(turn, place) {
    const section = document.createElement("section");
    section.className = "turn";
    section.dataset.turn = place;
    const asked = document.createElement("h2");
    asked.className = "asked";
    const label = document.createElement("span");
    label.className = "sr-only";
    label.textContent = `${texts().asked}: `;
    const question = document.createElement("bdi");
    question.textContent = turn.question;
    asked.append(label, question);
    const reply = document.createElement("div");
    reply.className = "reply";
    section.append(asked, reply);
    return section;
  }

  function drawBlocks(section, blocks, nDrawn) {
    const reply = section.querySelector(".reply");
    if (nDrawn === 0) reply.replaceChildren();
    for (const block of blocks.slice(nDrawn)) reply.insertAdjacentHTML("beforeend", block);
  }

  function drawWaiting(section) {
    const waiting = document.createElement("div");
    waiting.className = "waiting";
    const sign = document.createElement("span");
    sign.className = "sign";
    sign.textContent = texts().searching;
    const stop = document.createElement("button");
    stop.type = "button";
    stop.dataset.act = "stop";
    stop.textContent = texts().stop;
    waiting.append(sign, stop);
    section.querySelector(".reply").replaceChildren(waiting);
  }

  function markState() {
    document.body.classList.toggle("has-turns", conversation.turns.length > 0);
    document.body.classList.toggle("asking", running !== null);
    scroller().setAttribute("aria-busy", String(running !== null));
    const gutter = scroller().offsetWidth - scroller().clientWidth; // of a scroll bar, at both sides: the question box keeps the same
    if (scroller().offsetWidth) document.body.style.setProperty("--gutter", `${gutter}px`);
  }

  // A question stands at the top, so that the best quote is what is seen first; the end of the answer holds the weakest.
  function reveal(section) {
    scroller().scrollTop += section.getBoundingClientRect().top - scroller().getBoundingClientRect().top - 14;
  }

  // Said to who hears the page: once when the search begins and once when it ends, not with every block.
  function say(text) {
    document.getElementById("said").textContent = text;
  }

  // --- asking -------------------------------------------------------------------------------------------------------

  function askTyped(question) {
    if (running || !question.trim()) return question;
    ask(question);
    setTimeout(bronvraag.keepDraft); // the box is emptied first
    return "";
  }

  function earlierQuestion(turn) {
    return { question: turn.question, passage_ids: (turn.answer?.citations ?? []).map((citation) => citation.passage_id) };
  }

  function ask(typed, nCharacters = [...typed.trim()].length) {
    if (running) return;
    bronvraag.showView("chat");
    if (conversation.turns.length >= bronvraag.MAX_TURNS) begin(bronvraag.newConversation());
    const question = typed.trim().slice(0, MAX_KEPT).toWellFormed();
    const turn = { question, n_characters: nCharacters, answer: null, failure: null, suggestions: [] };
    const history = conversation.turns.map(earlierQuestion).slice(-MAX_HISTORY);
    conversation.turns.push(turn);
    const section = drawnTurn(turn, conversation.turns.length - 1);
    turnsElement().append(section);
    running = { ticket: `${conversation.id}-${Date.now()}`, turn, section, nDrawn: 0 };
    drawWaiting(section);
    keep();
    markState();
    reveal(section);
    say(texts().searching);
    bronvraag.visit({ conversation: conversation.id }, { replace: conversation.turns.length > 1 });
    retitle();
    document.dispatchEvent(new CustomEvent("bronvraag:asked", { detail: { question } }));
    if (bronvraag.isServerAway()) return wait();
    chat.props.value = { ticket: running.ticket, question, n_characters: nCharacters, history, language: language() };
    chat.start();
    watchServer(running.ticket);
  }

  // Gradio waits without end for a server that is gone, so as long as nothing comes it is asked whether it is there.
  async function watchServer(ticket) {
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    if (running?.ticket !== ticket) return;
    const isThere = await bronvraag.look();
    if (running?.ticket !== ticket) return;
    if (isThere) watchServer(ticket);
    else wait();
  }

  /** Keep a question for which the server is not there; it is asked when the server is back, after a reload too. */
  function wait() {
    running.turn.waits = true;
    giveUp(texts().question_waits);
  }

  function askWaiting() {
    const last = conversation.turns.at(-1);
    if (last?.waits && !running && !bronvraag.isServerAway()) retry({ focus: false });
  }

  function receive(reply) {
    if (!running || reply?.ticket !== running.ticket) return;
    const { section, turn } = running;
    drawBlocks(section, reply.blocks, running.nDrawn);
    if (running.nDrawn === 0 || scroller().scrollTop === running.scrollTop) reveal(section); // unless it was scrolled meanwhile
    running.nDrawn = reply.blocks.length;
    running.scrollTop = scroller().scrollTop;
    if (!reply.done) return;
    Object.assign(turn, reply.turn);
    const n = turn.answer?.citations.length ?? 0;
    finish(turn.answer ? [turn.answer.message, n ? `${texts().answer_ready} ${n}` : ""].join(" ").trim() : turn.failure); // what is shown
    markCollected();
    document.dispatchEvent(new CustomEvent("bronvraag:drawn"));
  }

  function finish(sentence) {
    running = null;
    keep();
    markState();
    say(sentence);
  }

  function halt() {
    if (!running) return;
    chat.stop();
    giveUp(texts().stopped);
  }

  function giveUp(sentence) {
    const { turn, section } = running;
    turn.failure = sentence;
    finish(sentence);
    redraw(turn, section);
  }

  async function failed() {
    const mine = running;
    if (!mine) return;
    const isThere = await bronvraag.look();
    if (running !== mine) return;
    if (isThere) giveUp(texts().failed);
    else wait();
  }

  async function redraw(turn, section) {
    const text = document.createElement("p");
    text.className = "message";
    text.textContent = turn.failure;
    section.querySelector(".reply").replaceChildren(text);
    const [blocks] = await chat.server.draw_turns({ turns: [turn], language: language() }).catch(() => [null]);
    if (blocks && section.isConnected) drawBlocks(section, blocks, 0);
  }

  function retry({ focus = true } = {}) {
    const last = conversation.turns.at(-1);
    if (!last || running) return;
    conversation.turns.pop();
    turnsElement().lastElementChild?.remove();
    ask(last.question, last.n_characters);
    if (focus) document.querySelector("#question textarea")?.focus();
  }

  /** Ask the last question again, such as in other documents; tells whether there was one. */
  function askAgain() {
    if (!conversation.turns.length || running) return false;
    retry({ focus: false });
    return true;
  }

  function keep() {
    conversation.changed = Date.now();
    bronvraag.keepConversation(conversation);
  }

  // --- what can be done with an answer ------------------------------------------------------------------------------

  function act(event) {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    const turn = conversation.turns[button.closest(".turn")?.dataset.turn];
    ({
      ask: () => askChip(button), stop: halt, retry: () => retry(), copy: () => copy(turn, button), widen: () => widen(button),
      list: () => listDocuments(JSON.parse(button.dataset.filters)),
      collect: () => bronvraag.collect(turn.question, citationOf(turn, button)),
    })[button.dataset.act]?.();
  }

  const citationOf = (turn, element) => turn.answer.citations.find(({ number }) => number === Number(element.closest(".citation").dataset.number));

  function listDocuments(filters) {
    bronvraag.showView("documents");
    bronvraag.chooseFilters(filters);
  }

  /** Show the passage that a quote was taken from around it, in place, or the quote alone again. */
  function widen(button) {
    const isWide = button.getAttribute("aria-expanded") === "true";
    for (const around of button.closest(".citation").querySelectorAll(".around")) around.hidden = isWide;
    button.setAttribute("aria-expanded", String(!isWide));
    [button.textContent, button.dataset.less] = [button.dataset.less, button.textContent];
  }

  function markCollected() {
    for (const button of turnsElement().querySelectorAll("[data-act=collect]")) {
      const turn = conversation.turns[button.closest(".turn").dataset.turn];
      const isKept = Boolean(turn?.answer) && bronvraag.isCollected(citationOf(turn, button));
      if ((button.getAttribute("aria-pressed") === "true") === isKept) continue;
      button.setAttribute("aria-pressed", String(isKept));
      [button.textContent, button.dataset.done] = [button.dataset.done, button.textContent];
    }
  }

  function bringIntoView(event) {
    if (event.target.matches(".feedback[open]")) event.target.scrollIntoView({ block: "nearest" });
  }

  // From the empty box to the first quote with one key.
  function goToQuote(event) {
    if (event.key !== "ArrowUp" || event.altKey || event.target.value || !event.target.matches?.("#question textarea")) return;
    const first = turnsElement().lastElementChild?.querySelector(".pill");
    if (!first) return;
    event.preventDefault();
    first.focus();
  }

  function askChip(button) {
    ask(button.textContent);
    document.querySelector("#question textarea")?.focus({ preventScroll: true });
  }

  async function copy(turn, button) {
    const name = texts().copy_answer;
    let outcome = texts().copied;
    try {
      const copied = await chat.server.copy_turn({ turn, site: site(), language: language() });
      if (copied.error) throw new Error(copied.error);
      await navigator.clipboard.write([new ClipboardItem({
        "text/plain": new Blob([copied.text], { type: "text/plain" }),
        "text/html": new Blob([copied.html], { type: "text/html" }),
      })]);
    } catch {
      outcome = texts().copy_failed;
    }
    button.textContent = outcome;
    say(outcome);
    setTimeout(() => { button.textContent = name; }, 2500);
  }

  async function exportAs({ format, withWeak }) {
    const sent = { title: conversation.title, turns: conversation.turns };
    const request = { conversation: sent, format, with_weak: withWeak, site: site(), language: language() };
    const file = await chat.server.export_conversation(request).catch(() => ({ error: true }));
    if (file.error) return announceFailure(texts().export_failed);
    bronvraag.saveFile(file);
  }

  function announceFailure(sentence) {
    const notice = document.querySelector("#conversations .notice");
    if (notice) notice.textContent = sentence;
    say(sentence);
  }

  async function sendFeedback(event) {
    event.preventDefault();
    const form = event.target;
    const section = form.closest(".turn");
    const place = Number(section.dataset.turn);
    const links = [...section.querySelectorAll("a.pill")].map((pill) => ({ number: Number(pill.closest(".citation").dataset.number), link: pill.hash }));
    const number = Number(form.elements.about?.value) || null;
    const sent = await chat.server.give_feedback({
      verdict: form.elements.verdict.value,
      question: conversation.turns[place].question,
      history: conversation.turns.slice(0, place).map((turn) => turn.question).slice(-MAX_HISTORY),
      links: links.filter((link) => number === null || link.number === number).map(({ link }) => link),
      number,
      remark: form.elements.remark.value.toWellFormed(),
    }).catch(() => ({ error: true }));
    form.classList.toggle("sent", !sent.error);
    form.querySelector(".thanks").textContent = sent.error ? texts().feedback_failed : texts().feedback_thanks;
  }

  return { startChat, ask, askTyped, askAgain, failed };
})());
