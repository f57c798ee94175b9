// The chat: draws the turns of the open conversation, asks, stops and tries again.
// HTML comes from the server, where every text in it was escaped; what the browser adds itself is set as text.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const MAX_HISTORY = 50;
  const MAX_KEPT = 20_000; // characters of a question: far more than is answered
  const PATIENCE_MS = 3000;
  const SETTLE_MS = 10_000; // that a stopped question may take to be cancelled
  const texts = () => JSON.parse(document.getElementById("texts").textContent);
  const language = () => document.documentElement.lang;

  let actions; // what the buttons of answers do
  let chat; // the element with what Gradio gives: props, server, start and stop
  let conversation;
  let running = null; // the question that is being answered: its ticket, its turn, the blocks drawn

  function startChat(element, props, server, watch, start, stop) {
    chat = { element, props, server: bronvraag.watched(server), start, stop };
    actions = bronvraag.answerActions({ server: chat.server, conversation: () => conversation, turns: turnsElement, say, ask, halt, retry });
    watch("value", () => receive(props.value));
    element.addEventListener("click", actions.act);
    element.addEventListener("submit", actions.sendFeedback);
    element.addEventListener("toggle", actions.bringIntoView, true);
    document.addEventListener("keydown", actions.goToQuote, true);
    document.getElementById("welcome").addEventListener("click", actions.act);
    document.addEventListener("bronvraag:open", ({ detail }) => begin(detail));
    document.addEventListener("bronvraag:new", () => begin(bronvraag.newConversation()));
    document.addEventListener("bronvraag:deleted", ({ detail }) => detail.id === conversation.id && begin(bronvraag.newConversation()));
    document.addEventListener("bronvraag:renamed", ({ detail }) => { if (detail.id === conversation.id) { conversation.title = detail.title; retitle(); } });
    document.addEventListener("bronvraag:pinned", ({ detail }) => { if (detail.id === conversation.id) conversation.pinned = detail.pinned; });
    document.addEventListener("bronvraag:export", ({ detail }) => actions.exportAs(detail));
    document.addEventListener("bronvraag:address", ({ detail }) => goTo(detail.conversation));
    document.addEventListener("bronvraag:collected", actions.markCollected);
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
    actions.markCollected();
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
    actions.markCollected();
    document.dispatchEvent(new CustomEvent("bronvraag:drawn"));
  }

  function finish(sentence) {
    running = null;
    keep();
    markState();
    say(sentence);
  }

  // Gradio calls a question that was stopped a failure, once when it is cancelled and once when it is reset; by then another may run.
  let forgiven = []; // until when each of these may come

  function halt() {
    if (!running) return;
    chat.stop();
    forgiven.push(Date.now() + SETTLE_MS, Date.now() + SETTLE_MS);
    giveUp(texts().stopped);
  }

  function giveUp(sentence) {
    const { turn, section } = running;
    turn.failure = sentence;
    finish(sentence);
    redraw(turn, section);
  }

  async function failed() {
    forgiven = forgiven.filter((until) => until > Date.now());
    if (forgiven.shift()) return;
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

  return { startChat, ask, askTyped, askAgain, failed };
})());
