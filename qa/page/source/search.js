// Searching within the document that is open: finds, counts, and leads from one place to the next.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  /** Return what searches the panel; `find` looks in it, and `showText` shows the text where the page as printed is shown. */
  function documentSearch({ find, words, showText }) {
    let matches = []; // ranges in the text
    let match = -1;

    function toggle(isShown) {
      const form = find(".in-document");
      if (!form || form.hidden === !isShown) return false;
      form.hidden = !isShown;
      find(".search-document").setAttribute("aria-expanded", String(isShown));
      if (isShown) {
        showText();
        form.querySelector("input").select();
        form.querySelector("input").focus();
      } else {
        CSS.highlights?.delete("found");
        find(".search-document").focus();
      }
      return true;
    }

    function search() {
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
      if (matches.length) step(1);
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

    function step(distance) {
      if (!matches.length) return;
      match = (match + distance + matches.length) % matches.length;
      CSS.highlights?.set("found-here", new Highlight(matches[match]));
      matches[match].startContainer.parentElement.scrollIntoView({ block: "nearest" }); // lays it out, in a long document
      bronvraag.scrollToThird(find("article"), matches[match]);
      showCount();
    }

    function showCount(sought = " ") {
      find(".in-document .n-found").textContent = matches.length ? `${match + 1} ${words.out_of} ${matches.length}` : sought ? words.not_in_document : "";
    }

    return { toggle, search, step };
  }

  return { documentSearch };
})());
