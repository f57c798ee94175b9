// The documents: listed, searched, filtered, added and removed.
// HTML comes from the server, where every text in it was escaped; names of files are set as text.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const language = () => document.documentElement.lang;
  const MOST_ROWS = 500; // of files that are added, each with its own line
  const wanted = ({ words, order, start }) => ({ words, order, start });

  function startDocuments(element, gradio) {
    const server = bronvraag.watched(gradio);
    const root = element.querySelector(".library");
    const at = (selector) => root.querySelector(selector);
    const search = wanted(bronvraag.here());
    let latest = 0;
    let isDrawn = false;

    document.addEventListener("bronvraag:address", ({ detail }) => {
      if (JSON.stringify(wanted(detail)) === JSON.stringify(search)) return;
      Object.assign(search, wanted(detail));
      if (!isDrawn) return;
      fillForm();
      draw();
      searchTexts();
    });
    document.addEventListener("bronvraag:back", () => { if (document.body.dataset.view === "documents") open(); });
    document.addEventListener("bronvraag:add", async () => { await open(); at(".upload input[type=file]")?.focus(); });
    for (const type of ["dragover", "drop"]) document.addEventListener(type, (event) => event.preventDefault()); // the browser would leave the page and open the file
    document.addEventListener("bronvraag:view", ({ detail }) => { if (detail.view === "documents") open(); });
    if (document.body.dataset.view === "documents") open();

    // Files may be dropped anywhere on the page.
    const holdsFiles = (event) => [...event.dataTransfer?.types ?? []].includes("Files") && !event.target.closest?.("#lists form"); // a list of questions is no document
    let addFiles = null;
    let depth = 0; // of the elements that a dragged file is over
    const mark = (isOver) => document.body.classList.toggle("files-over", isOver);
    document.addEventListener("dragenter", (event) => { if (holdsFiles(event)) mark(++depth > 0); });
    document.addEventListener("dragleave", (event) => { if (holdsFiles(event)) mark(--depth > 0); });
    document.addEventListener("drop", async (event) => {
      depth = 0;
      mark(false);
      if (!holdsFiles(event)) return;
      const files = [...event.dataTransfer.files]; // gone after the event
      bronvraag.showView("documents");
      await open();
      addFiles?.(files);
    });

    async function open() {
      if (!isDrawn) {
        const html = await server.draw_library_frame(language()).catch(() => "");
        if (!html || isDrawn) return;
        root.innerHTML = html;
        isDrawn = true;
        begin();
        fillForm();
        searchTexts();
      }
      await draw();
    }

    function fillForm() {
      const form = at("form.search");
      form.elements.words.value = search.words;
      form.elements.order.value = search.order;
    }

    function begin() {
      const form = at("form.search");
      let timer;
      form.addEventListener("submit", (event) => event.preventDefault());
      form.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          const before = search.words;
          Object.assign(search, { words: form.elements.words.value, order: form.elements.order.value, start: 0 });
          bronvraag.visit(search, { replace: before !== "" && search.words !== "" }); // words that are still being typed are one step
          draw();
          searchTexts();
        }, 250);
      });
      bronvraag.startFacets(at("form.facets"), draw);
      document.addEventListener("bronvraag:filters", () => {
        search.start = 0;
        if (document.body.dataset.view !== "documents") return;
        draw();
        searchTexts();
      });
      at(".chosen-place").addEventListener("click", bronvraag.actOnChip);
      at(".listing").addEventListener("click", act);
      at(".in-texts").addEventListener("click", (event) => { if (event.target.closest(".ask-words")) bronvraag.ask(search.words); });
      foldFilters();
      startUpload();
    }

    // Beside the list there is room for the filters; where there is none they are folded, above it.
    function foldFilters() {
      const small = matchMedia("(max-width: 900px)");
      let isFolded = null;
      const fold = () => {
        const now = small.matches || document.body.classList.contains("source-open");
        if (now !== isFolded) at(".facets-fold").open = !now;
        isFolded = now;
      };
      small.addEventListener("change", fold);
      new MutationObserver(fold).observe(document.body, { attributes: true, attributeFilter: ["class"] });
      fold();
    }

    async function draw() {
      const mine = ++latest;
      at(".listing").setAttribute("aria-busy", "true");
      const wishes = { ...search, filters: bronvraag.chosenFilters(), narrowed: bronvraag.narrowedIn(at("form.facets")), language: language() };
      const drawn = await server.draw_library(wishes).catch(() => ({ error: at(".listing").dataset.failed }));
      if (mine !== latest) return;
      at(".listing").removeAttribute("aria-busy");
      if (drawn.error) {
        const again = Object.assign(document.createElement("button"), { type: "button", className: "again", textContent: at(".listing").dataset.again });
        again.addEventListener("click", draw);
        at(".listing").replaceChildren(drawn.error, " ", again);
        return;
      }
      at(".listing").innerHTML = drawn.list;
      at(".count").textContent = drawn.said;
      at(".chosen-place").innerHTML = drawn.chosen;
      bronvraag.drawFacets(at("form.facets"), drawn.facets);
    }

    function act(event) {
      const button = event.target.closest("button");
      const document_id = button?.closest("[data-document]")?.dataset.document;
      if (button?.dataset.start) turn(Number(button.dataset.start));
      else if (button?.matches(".ask-this")) askOf({ document_ids: [document_id] });
      else if (button?.matches(".ask-these")) askOf(bronvraag.chosenFilters());
      else if (button?.matches(".remove")) confirmRemoval(button.closest("[data-document]"));
    }

    // The titles are filtered at once; the texts take as long as a question.
    async function searchTexts() {
      const mine = ++latestSearch;
      const place = at(".in-texts");
      if (search.words.trim().length < 3) return place.replaceChildren();
      const html = await server.search_texts({ words: search.words, filters: bronvraag.chosenFilters(), language: language() }).catch(() => "");
      if (mine === latestSearch) place.innerHTML = html;
    }
    let latestSearch = 0;

    async function turn(start) {
      search.start = start;
      bronvraag.visit({ start });
      await draw();
      element.closest(".section")?.scrollTo({ top: 0 });
      at("h2").focus({ preventScroll: true });
    }

    function askOf(filters) {
      bronvraag.chooseFilters(filters);
      bronvraag.showView("chat");
      document.querySelector("#question textarea")?.focus();
    }

    // --- removing ---------------------------------------------------------------------------------------------------

    function confirmRemoval(entry) {
      const dialog = at("dialog.confirm");
      dialog.querySelector(".what bdi").textContent = entry.querySelector("h3").textContent;
      dialog.querySelector(".consequence").textContent = entry.dataset.consequence;
      dialog.returnValue = "cancel";
      dialog.onclose = () => { if (dialog.returnValue === "remove") remove(entry.dataset.document); };
      dialog.showModal();
      dialog.querySelector("[value=cancel]").focus();
    }

    async function remove(document_id) {
      const done = await server.remove_document({ document_id, language: language() }).catch(() => ({ error: at(".listing").dataset.failed }));
      await draw();
      at(".notice").textContent = done.error ?? done.said;
      at("h2").focus();
      document.dispatchEvent(new CustomEvent("bronvraag:changed"));
    }

    // --- adding -----------------------------------------------------------------------------------------------------

    function startUpload() {
      const place = at(".upload");
      if (!place) return;
      const waiting = [];
      let isRunning = false;

      place.querySelector("input[type=file]").addEventListener("change", ({ target }) => {
        add(target.files);
        target.value = "";
      });
      addFiles = add;
      let [n_all, n_done] = [0, 0];
      const counts = { indexed: 0, present: 0, refused: 0 };

      function add(files) {
        for (const file of files) waiting.push({ file, row: drawRow(file) });
        n_all += files.length;
        place.querySelector(".upload-state").hidden = false;
        showState();
        if (!isRunning) run();
      }

      place.addEventListener("click", (event) => {
        const shown = event.target.closest("[data-show]");
        if (!shown) return;
        place.querySelector(".uploaded").dataset.shown = shown.dataset.show;
        for (const button of place.querySelectorAll("[data-show]")) button.setAttribute("aria-pressed", String(button === shown));
      });

      function drawRow(file) {
        const list = place.querySelector(".uploaded");
        const row = document.createElement("li");
        const name = document.createElement("bdi");
        name.textContent = file.name;
        const state = document.createElement("span");
        state.className = "state";
        state.textContent = place.dataset.waiting;
        row.append(name, state);
        list.hidden = false;
        if (list.children.length < MOST_ROWS) list.append(row);
        return row;
      }

      function showState() {
        place.querySelector(".bar .done").style.width = `${100 * n_done / Math.max(1, n_all)}%`;
        const { indexed, present, refused } = counts;
        const template = n_done < n_all ? place.dataset.running : place.dataset.summary;
        place.querySelector(".summary").textContent = template.replace("{added}", indexed).replace("{present}", present).replace("{refused}", refused)
          .replace("{done}", n_done).replace("{all}", n_all);
      }

      async function run() {
        isRunning = true;
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const received = await send(next.file, next.row);
          next.row.className = received.outcome;
          next.row.querySelector("progress")?.remove();
          next.row.querySelector(".state").textContent = received.said;
          if (received.document_id) linkTo(next.row, received.document_id);
          if (received.outcome === "refused") place.querySelector(".uploaded").insertBefore(next.row, place.querySelector(".uploaded li:not(.refused)")); // failures first
          counts[received.outcome] += 1;
          n_done += 1;
          showState();
          if (received.outcome === "indexed" && document.body.dataset.view === "documents") draw();
        }
        isRunning = false;
        document.dispatchEvent(new CustomEvent("bronvraag:changed"));
      }

      function linkTo(row, document_id) {
        const link = Object.assign(document.createElement("a"), { href: `#doc=${encodeURIComponent(document_id)}`, textContent: place.dataset.open });
        link.setAttribute("aria-label", `${place.dataset.open}: ${row.querySelector("bdi").textContent}`);
        row.append(link);
      }

      function send(file, row) {
        if (file.size > Number(place.dataset.most)) return { outcome: "refused", said: place.dataset.tooLarge };
        const failed = { outcome: "refused", said: place.dataset.failed };
        const bar = document.createElement("progress");
        bar.setAttribute("aria-label", file.name);
        row.append(bar);
        row.querySelector(".state").textContent = place.dataset.sending;
        return new Promise((resolve) => {
          const request = new XMLHttpRequest();
          request.open("PUT", `uploads?${new URLSearchParams({ name: file.name.toWellFormed(), language: language() })}`);
          request.responseType = "json";
          request.upload.onprogress = ({ loaded, total }) => { [bar.max, bar.value] = [total || 1, loaded]; };
          request.upload.onload = () => {
            bar.hidden = true; // how long reading takes is not known; the bar of all files goes on
            row.querySelector(".state").textContent = place.dataset.indexing;
          };
          request.onload = () => resolve(request.response?.outcome ? request.response : { ...failed, said: request.response?.detail ?? failed.said });
          request.onerror = request.onabort = () => resolve(failed);
          request.send(file);
        });
      }
    }
  }

  return { startDocuments };
})());
