// The conversations: kept in this browser only, one entry of its storage for each, and listed beside the chat.
// What is read back is data: an entry that is not exactly a conversation is left alone and not shown.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const VERSION = 1;
  const KEY = "bronvraag_conversation_";
  const OPEN_KEY = "bronvraag_open"; // of this tab only, so that two tabs can have two conversations open
  const ID = /^[0-9a-f]{16}$/;
  const MAX_CHARACTERS = 4_000_000; // browsers keep about five million for a site
  const MAX_CONVERSATIONS = 300;
  const MAX_TURNS = 200;
  const MAX_TITLE = 300;
  const MAX_QUESTION = 20_000;
  const texts = () => JSON.parse(document.getElementById("texts").textContent);
  const announce = (name, detail) => document.dispatchEvent(new CustomEvent(`bronvraag:${name}`, { detail }));

  // --- the storage --------------------------------------------------------------------------------------------------

  function newConversation() {
    const id = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return { version: VERSION, id, title: "", changed: Date.now(), turns: [] };
  }

  const isText = (value, longest) => typeof value === "string" && value.length <= longest;

  function isTurn(turn) {
    return turn !== null && typeof turn === "object" && isText(turn.question, MAX_QUESTION)
      && (turn.answer === null || turn.answer === undefined || (typeof turn.answer === "object" && !Array.isArray(turn.answer)));
  }

  function isConversation(value, id) {
    return value !== null && typeof value === "object" && value.version === VERSION && value.id === id && ID.test(id)
      && isText(value.title, MAX_TITLE) && Number.isSafeInteger(value.changed) && value.changed > 0 && value.changed < 8e15
      && Array.isArray(value.turns) && value.turns.length > 0 && value.turns.length <= MAX_TURNS && value.turns.every(isTurn);
  }

  function readConversation(id) {
    try {
      const value = JSON.parse(localStorage.getItem(KEY + id));
      return isConversation(value, id) ? value : null;
    } catch {
      return null; // no JSON, or no storage at all
    }
  }

  function keptIds() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(KEY)).map((key) => key.slice(KEY.length));
    } catch {
      return [];
    }
  }

  const newestFirst = () => keptIds().map(readConversation).filter(Boolean).sort((one, other) => other.changed - one.changed);

  function keepConversation(conversation) {
    const written = JSON.stringify(conversation);
    for (;;) {
      try {
        if (isFull(conversation.id, written.length)) throw new DOMException("", "QuotaExceededError");
        localStorage.setItem(KEY + conversation.id, written);
        break;
      } catch (error) {
        const others = newestFirst().filter(({ id }) => id !== conversation.id);
        const oldest = others.filter(({ pinned }) => !pinned).at(-1) ?? others.at(-1);
        if (error.name !== "QuotaExceededError" || !oldest) { notice(texts().not_kept); break; }
        localStorage.removeItem(KEY + oldest.id);
        dropped.push(nameOf(oldest));
      }
    }
    if (dropped.length) notice(`${texts().dropped_oldest} ${dropped.splice(0).join(", ")}`);
    drawList();
  }
  const dropped = [];

  function isFull(id, length) {
    const others = keptIds().filter((kept) => kept !== id);
    const characters = others.reduce((sum, kept) => sum + (localStorage.getItem(KEY + kept)?.length ?? 0), length);
    return others.length >= MAX_CONVERSATIONS || (others.length > 0 && characters > MAX_CHARACTERS);
  }

  const nameOf = (conversation) => conversation.title || conversation.turns[0].question.slice(0, 120);

  // --- the open one -------------------------------------------------------------------------------------------------

  function openedId() {
    try { return sessionStorage.getItem(OPEN_KEY); } catch { return null; }
  }

  function rememberOpen(id) {
    notice("");
    try { sessionStorage.setItem(OPEN_KEY, id); } catch { /* then a reload begins a new conversation */ }
    drawList();
  }

  function openConversation(id) {
    const conversation = readConversation(id);
    if (conversation) announce("open", conversation);
  }

  // --- the list -----------------------------------------------------------------------------------------------------

  let list = null;
  let renaming = null;
  let deleted = null;

  function startConversations(element) {
    list = element;
    const search = make("input", { type: "search", class: "search", "aria-label": texts().search_conversations, placeholder: texts().search_conversations, maxlength: "100", autocomplete: "off" });
    search.addEventListener("input", () => drawList());
    list.querySelector("nav > ul").before(search);
    element.addEventListener("click", act);
    element.addEventListener("submit", rename);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || renaming === null) return;
      event.stopPropagation(); // Escape also closes the source
      stopRenaming();
    });
    window.addEventListener("storage", drawList); // another tab
    drawList();
  }

  function make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  const MANY = 6; // conversations from which on there is a box to search among them

  function drawList() {
    if (!list) return;
    const say = texts();
    const kept = newestFirst();
    const search = list.querySelector(".search");
    search.hidden = kept.length < MANY;
    const found = kept.filter((conversation) => holds(conversation, search.hidden ? "" : search.value));
    list.querySelector("nav > ul").replaceChildren(...groupsOf(found).map(([name, members]) => make("li", { class: "group" },
      make("h3", {}, name), make("ul", {}, ...members.map(entryOf)))));
    const none = list.querySelector(".none");
    none.hidden = found.length > 0;
    none.textContent = kept.length ? say.no_conversation_found : say.conversations_none;
    list.querySelector(".deleted").replaceChildren(
      ...(deleted ? [say.deleted, make("button", { type: "button", "data-act": "undo" }, say.undo)] : []),
    );
    list.querySelector("form input")?.select();
  }

  function holds(conversation, words) {
    const text = [conversation.title, ...conversation.turns.map((turn) => turn.question)].join("\n").toLocaleLowerCase();
    return words.toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
  }

  /** The conversations by when they were last changed, the pinned ones first: `[name, conversations]`. */
  function groupsOf(conversations) {
    const groups = new Map();
    const put = (name, conversation) => groups.set(name, [...(groups.get(name) ?? []), conversation]);
    for (const conversation of conversations) if (conversation.pinned) put(texts().pinned, conversation);
    for (const conversation of conversations) if (!conversation.pinned) put(dayOf(conversation.changed), conversation);
    return [...groups];
  }

  function dayOf(moment) {
    const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(moment).setHours(0, 0, 0, 0)) / 86_400_000);
    if (days < 1) return texts().today;
    if (days === 1) return texts().yesterday;
    if (days < 7) return texts().this_week;
    return new Date(moment).toLocaleDateString(document.documentElement.lang, { month: "long", year: "numeric" });
  }

  function entryOf(conversation) {
    const say = texts();
    const name = nameOf(conversation);
    const entry = make("li", { "data-id": conversation.id });
    if (conversation.id === renaming) {
      entry.append(make("form", {},
        make("input", { name: "title", value: name, maxlength: "120", "aria-label": say.conversation_name, autocomplete: "off" }),
        make("button", { type: "submit" }, say.save),
        make("button", { type: "button", "data-act": "cancel" }, say.cancel)));
      return entry;
    }
    const day = new Date(conversation.changed).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "short", year: "numeric" });
    const open = make("button", { type: "button", "data-act": "open", class: "open", title: name }, make("bdi", {}, name), make("span", { class: "when" }, day));
    if (conversation.id === openedId()) open.setAttribute("aria-current", "true");
    entry.append(open,
      make("button", { type: "button", "data-act": "pin", class: "icon pin", "aria-pressed": String(Boolean(conversation.pinned)), title: conversation.pinned ? say.unpin : say.pin, "aria-label": `${say.pin}: ${name}` }),
      make("button", { type: "button", "data-act": "rename", class: "icon rename", title: say.rename, "aria-label": `${say.rename}: ${name}` }),
      make("button", { type: "button", "data-act": "delete", class: "icon delete", title: say.delete, "aria-label": `${say.delete}: ${name}` }));
    return entry;
  }

  function act(event) {
    const button = event.target.closest("[data-act]");
    const id = button?.closest("[data-id]")?.dataset.id;
    if (!button) return;
    if (button.dataset.act !== "undo") deleted = null;
    ({ open: choose, pin, rename: startRenaming, cancel: stopRenaming, delete: remove, undo })[button.dataset.act](id);
  }

  function choose(id) {
    openConversation(id);
    list.querySelector(`[data-id="${id}"] .open`)?.focus(); // the list was drawn anew
    announce("chosen");
  }

  function pin(id) {
    const conversation = readConversation(id);
    if (!conversation) return;
    const pinned = !conversation.pinned;
    localStorage.setItem(KEY + id, JSON.stringify({ ...conversation, pinned }));
    announce("pinned", { id, pinned });
    drawList();
    list.querySelector(`[data-id="${id}"] .pin`)?.focus();
  }

  function startRenaming(id) {
    renaming = id;
    drawList();
    list.querySelector("form input").focus();
  }

  function stopRenaming() {
    const id = renaming;
    renaming = null;
    drawList();
    list.querySelector(`[data-id="${id}"] .rename`)?.focus();
  }

  function rename(event) {
    event.preventDefault();
    const conversation = readConversation(renaming);
    const title = event.target.elements.title.value.trim().slice(0, MAX_TITLE).toWellFormed();
    if (conversation && title) {
      localStorage.setItem(KEY + conversation.id, JSON.stringify({ ...conversation, title }));
      announce("renamed", { id: conversation.id, title });
    }
    stopRenaming();
  }

  function remove(id) {
    deleted = readConversation(id);
    localStorage.removeItem(KEY + id);
    announce("deleted", { id });
    drawList();
    list.querySelector("[data-act=undo]")?.focus();
  }

  function undo() {
    const restored = deleted;
    deleted = null;
    keepConversation(restored);
    openConversation(restored.id);
    list.querySelector(`[data-id="${restored.id}"] .open`)?.focus();
  }

  function notice(text) {
    const place = list?.querySelector(".notice");
    if (place && place.textContent !== text) place.textContent = text;
  }

  return { startConversations, newConversation, keepConversation, readConversation, rememberOpen, openedId, MAX_TURNS };
})());
