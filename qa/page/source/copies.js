// What can be copied of a citation, and how it reaches the clipboard.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  /** Return what copies from the panel; `find` looks in it, `link` tells what is open, and `announce` says what was done. */
  function citationCopies({ find, words, link, announce }) {
    const COPIED_MS = 2500;

    function toggle(isOpen) {
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
      const address = location.origin + location.pathname + link();
      const isDone = await toClipboard(after === undefined ? before : before + address + after);
      toggle(false);
      announce(isDone ? `${words.copied}: ${choice.textContent}` : words.copy_failed);
      const button = find(".copies > .copy");
      button.textContent = isDone ? words.copied : words.copy_failed;
      setTimeout(() => { button.textContent = words.copy; }, COPIED_MS);
    }

    function move(event) {
      const choices = [...find("#copies").querySelectorAll("button")];
      const distance = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const place = choices.indexOf(document.activeElement);
      if (!distance || place < 0 || event.altKey) return false;
      choices[(place + distance + choices.length) % choices.length].focus();
      return true;
    }

    function hide() {
      const list = find("#copies");
      if (!list || list.hidden) return;
      list.hidden = true;
      find(".copies > .copy").setAttribute("aria-expanded", "false");
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

    return { toggle, copy, move, hide };
  }

  return { citationCopies };
})());
