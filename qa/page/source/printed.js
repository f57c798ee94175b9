// The page as it was printed: drawn by the server, turned, and zoomed by buttons and by two fingers.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  /** Return what shows the pages of the panel; `find` looks in it, `link` tells what is open, and `draw` asks the server for a page. */
  function printedPages({ find, words, link, draw, announce }) {
    const SMALL = matchMedia("(max-width: 600px)");
    const [LEAST_ZOOM, MOST_ZOOM] = [1, 4];
    let latest = 0;

    async function show(page = null) {
      const view = find("#view-page");
      if (page === null && view.dataset.link === link()) return; // it is there already
      const [mine, asked] = [++latest, link()];
      view.setAttribute("aria-busy", "true");
      const html = await draw(asked, page);
      if (mine !== latest || asked !== link() || !view.isConnected) return;
      view.innerHTML = html;
      view.dataset.link = asked;
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
      bronvraag.scrollToThird(desk, box);
      const lefts = [...desk.querySelectorAll(".box")].map((one) => one.getBoundingClientRect().left); // a quote may begin in the middle of a line
      desk.scrollLeft += Math.min(...lefts) - desk.getBoundingClientRect().left - 24;
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

    async function turn(button) {
      if (button.getAttribute("aria-disabled") === "true") return;
      const name = [...button.classList].at(-1);
      await show(Number(button.dataset.page));
      (find(`#view-page .${name}`) ?? find(".desk"))?.focus();
      announce(find(".pages .place")?.textContent ?? "");
    }

    return { show, turn, zoomBy };
  }

  return { printedPages };
})());
