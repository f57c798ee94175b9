// Footnotes of the document that is open, each beside its mark.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  /** Return what opens and closes the footnotes of the panel; `find` looks in it. */
  function documentFootnotes({ find, words }) {
    function toggle(mark) {
      const wasOpen = mark.getAttribute("aria-expanded") === "true";
      close();
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
      const shut = Object.assign(document.createElement("button"), { type: "button", className: "note-close", title: words.footnote_close });
      shut.setAttribute("aria-label", words.footnote_close);
      below.lang = shut.lang = document.documentElement.lang;
      note.append(below, shut);
      note.addEventListener("focusout", (event) => {
        if (event.relatedTarget && event.relatedTarget !== mark && !note.contains(event.relatedTarget)) close();
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

    function close({ back = false } = {}) {
      const note = find(".note-here");
      const mark = find("sup a[aria-expanded=true]");
      note?.remove();
      mark?.setAttribute("aria-expanded", "false");
      if (back) mark?.focus({ preventScroll: true });
      return Boolean(note);
    }

    return { toggle, close };
  }

  return { documentFootnotes };
})());
