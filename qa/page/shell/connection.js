// Whether the server is there. Every call goes through here; when one fails because the server is away, the page says so, waits for it, and goes on
// when it is back. A server of another version has other scripts, so the page is then loaded anew, with what was typed.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const FIRST_WAIT_MS = 1000;
  const LONGEST_WAIT_MS = 8000;
  const DRAFT_KEY = "bronvraag_draft";
  const VERSION = document.currentScript.dataset.version;
  const probe = new URL("../version", document.currentScript.src).pathname;
  const texts = () => JSON.parse(document.getElementById("texts").textContent);
  let isAway = false;
  let isLeaving = false; // what fails then, fails because the page goes
  let banner = null;

  /** Return `server`, whose calls tell when it is away. */
  function watched(server) {
    return new Proxy(server, {
      get: (target, name) => async (...request) => {
        try {
          const reply = await target[name](...request);
          if (reply === undefined) throw new Error("no reply"); // Gradio keeps to itself that the server cannot be reached
          return reply;
        } catch (error) {
          if (!isLeaving) await look();
          throw error;
        }
      },
    });
  }

  /** Return "here", "away", or "other" for a server of another version. */
  async function state() {
    try {
      const response = await fetch(probe, { cache: "no-store" });
      return !response.ok ? "away" : await response.text() === VERSION ? "here" : "other";
    } catch {
      return "away";
    }
  }

  async function look() {
    const found = await state();
    if (found === "other") return renew();
    if (found === "away" && !isAway) waitForIt();
    return found === "here";
  }

  async function waitForIt() {
    isAway = true;
    document.body.classList.add("server-away");
    say(texts().server_away);
    for (let wait = FIRST_WAIT_MS; isAway; wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)) {
      await new Promise((resolve) => { wake = resolve; setTimeout(resolve, wait); });
      const found = await state();
      if (found === "other") return renew();
      if (found === "here") isAway = false;
    }
    document.body.classList.remove("server-away");
    say(texts().server_back);
    setTimeout(() => { if (!isAway) say(""); }, 4000);
    document.dispatchEvent(new CustomEvent("bronvraag:back"));
  }
  let wake = () => {};

  function renew() {
    say(texts().server_renewed);
    keepDraft();
    setTimeout(() => location.reload(), 1500); // long enough to be read
  }

  function say(sentence) {
    banner ??= document.body.appendChild(Object.assign(document.createElement("p"), { id: "connection" }));
    banner.setAttribute("role", "status");
    banner.textContent = sentence;
    if (!isAway) return;
    const again = Object.assign(document.createElement("button"), { type: "button", textContent: texts().again });
    again.addEventListener("click", () => wake());
    banner.append(" ", again);
  }

  window.addEventListener("pagehide", () => { isLeaving = true; });
  window.addEventListener("pageshow", () => { isLeaving = false; });
  window.addEventListener("offline", look);
  window.addEventListener("online", () => wake());

  // --- what is being typed survives a reload ------------------------------------------------------------------------

  const box = () => document.querySelector("#question textarea");

  function keepDraft() {
    try { sessionStorage.setItem(DRAFT_KEY, box()?.value ?? ""); } catch { /* no storage: it is lost with a reload, as in any form */ }
  }

  function restoreDraft() {
    let draft = "";
    try { draft = sessionStorage.getItem(DRAFT_KEY) ?? ""; } catch { return; }
    if (!draft) return;
    const place = (n) => { // Gradio puts the box in place some time later
      if (box()) setTimeout(() => { if (!box().value) typeInto(box(), draft); }, 100);
      else if (n) setTimeout(() => place(n - 1), 100);
    };
    place(100);
  }

  /** Put text into a box of Gradio's, which hears of it only by an event. */
  function typeInto(element, text) {
    element.value = text;
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("input", (event) => { if (event.target === box()) keepDraft(); });

  return { watched, look, isServerAway: () => isAway, keepDraft, restoreDraft, typeInto, VERSION };
})());
