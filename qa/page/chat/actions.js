// What can be done with an answer: widening, copying, keeping and exporting its quotes, and saying what one thinks of it.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const MAX_HISTORY = 50;
  const texts = () => JSON.parse(document.getElementById("texts").textContent);
  const language = () => document.documentElement.lang;
  const site = () => location.origin + location.pathname;

  /** Return what the buttons of answers do; `conversation` gives the open one, `turns` the element of its answers, `say` says a sentence. */
  function answerActions({ server, conversation, turns, say, ask, halt, retry }) {
    function act(event) {
      const button = event.target.closest("[data-act]");
      if (!button) return;
      const turn = conversation().turns[button.closest(".turn")?.dataset.turn];
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
      for (const button of turns().querySelectorAll("[data-act=collect]")) {
        const turn = conversation().turns[button.closest(".turn").dataset.turn];
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
      const first = turns().lastElementChild?.querySelector(".pill");
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
        const copied = await server.copy_turn({ turn, site: site(), language: language() });
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
      const sent = { title: conversation().title, turns: conversation().turns };
      const request = { conversation: sent, format, with_weak: withWeak, site: site(), language: language() };
      const file = await server.export_conversation(request).catch(() => ({ error: true }));
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
      const sent = await server.give_feedback({
        verdict: form.elements.verdict.value,
        question: conversation().turns[place].question,
        history: conversation().turns.slice(0, place).map((turn) => turn.question).slice(-MAX_HISTORY),
        links: links.filter((link) => number === null || link.number === number).map(({ link }) => link),
        number,
        remark: form.elements.remark.value.toWellFormed(),
      }).catch(() => ({ error: true }));
      form.classList.toggle("sent", !sent.error);
      form.querySelector(".thanks").textContent = sent.error ? texts().feedback_failed : texts().feedback_thanks;
    }

    return { act, bringIntoView, exportAs, goToQuote, markCollected, sendFeedback };
  }

  return { answerActions };
})());
