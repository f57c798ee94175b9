// The kept quotes: a list across conversations, in this browser only, in an order and with notes of the reader's.
// What a document says is set as text; nothing in it is HTML.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const KEY = "bronvraag_collected";
  const MAX_QUOTES = 500;
  const texts = () => JSON.parse(document.getElementById("texts").textContent);
  const language = () => document.documentElement.lang;
  const linkOf = (citation) => `#src=${encodeURIComponent(citation.document_id)}.${citation.quote_start}.${citation.quote_end}`;
  const sayDate = (date) => {
    const day = new Date(`${date}T12:00`);
    return Number.isNaN(day.getTime()) ? date : day.toLocaleDateString(language(), { dateStyle: "long" });
  };
  let list = null;
  let removed = null; // the last one, with its place, until something else happens

  function read() {
    try {
      const value = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(value) ? value.filter((kept) => typeof kept?.question === "string" && typeof kept?.citation?.quote === "string" && typeof kept.citation.document_id === "string") : [];
    } catch {
      return [];
    }
  }

  function write(quotes, { redraw = true } = {}) {
    try {
      localStorage.setItem(KEY, JSON.stringify(quotes.slice(0, MAX_QUOTES)));
    } catch {
      return announce(texts().collected_full);
    }
    if (redraw) draw();
    document.dispatchEvent(new CustomEvent("bronvraag:collected"));
  }

  const isCollected = (citation) => read().some((kept) => linkOf(kept.citation) === linkOf(citation));

  /** Keep a quote, or no longer. */
  function collect(question, citation) {
    removed = null;
    const quotes = read();
    const others = quotes.filter((kept) => linkOf(kept.citation) !== linkOf(citation));
    if (others.length < quotes.length) return write(others);
    const { passage: _passage, ...needed } = citation; // a passage may be long, and a file of quotes does not show it
    write([...quotes, { question, note: "", citation: { ...needed, passage: "", also_in: [] } }]);
  }

  // --- the list -----------------------------------------------------------------------------------------------------

  function startCollected(element, gradio) {
    const server = bronvraag.watched(gradio);
    list = element;
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.format) save(server, button.dataset.format);
      else if (button?.dataset.act) act(button.dataset.act, Number(button.closest("[data-place]")?.dataset.place));
    });
    element.addEventListener("change", ({ target }) => {
      if (!target.matches("textarea")) return;
      const quotes = read();
      const place = Number(target.closest("[data-place]").dataset.place);
      if (quotes[place]) write(quotes.with(place, { ...quotes[place], note: target.value.slice(0, 5000).toWellFormed() }), { redraw: false }); // what is clicked next stays where it is
    });
    window.addEventListener("storage", draw); // another tab
    draw();
  }

  function act(name, place) {
    const quotes = read();
    if (name === "undo") {
      const back = removed;
      removed = null;
      return back && write(quotes.toSpliced(back.place, 0, back.kept));
    }
    if (name === "remove") {
      removed = { place, kept: quotes[place] };
      write(quotes.toSpliced(place, 1));
      return list.querySelector("[data-act=undo]")?.focus();
    }
    removed = null;
    const other = place + (name === "up" ? -1 : 1);
    if (!quotes[other]) return undefined;
    [quotes[place], quotes[other]] = [quotes[other], quotes[place]];
    write(quotes);
    return list.querySelector(`[data-place="${other}"] [data-act=${name}]`)?.focus();
  }

  function make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function draw() {
    const quotes = read();
    const badge = document.querySelector("#top [data-view=collected] .badge");
    if (badge) badge.textContent = quotes.length || "";
    if (!list) return;
    list.querySelector(".none").hidden = quotes.length > 0;
    list.querySelector(".files").hidden = quotes.length === 0;
    list.querySelector("ol").replaceChildren(...quotes.map(entryOf));
    list.querySelector(".said").replaceChildren(
      ...(removed ? [`${texts().collected_removed} `, make("button", { type: "button", "data-act": "undo" }, texts().undo)] : []),
    );
  }

  function entryOf({ question, note, citation }, place, quotes) {
    const say = texts();
    const where = [citation.reference ?? citation.title, citation.date && sayDate(citation.date)].filter(Boolean).join(" · ");
    const area = make("textarea", { rows: "1", maxlength: "5000", "aria-label": `${say.collected_note} ${place + 1}`, placeholder: say.collected_note });
    area.value = note ?? "";
    const button = (name, said, isOff) => {
      const made = make("button", { type: "button", "data-act": name, class: `icon ${name}`, title: said, "aria-label": `${said}: ${place + 1}` });
      made.disabled = isOff;
      return made;
    };
    return make("li", { "data-place": place },
      make("p", { class: "question" }, make("bdi", {}, question)),
      make("blockquote", { lang: "nl" }, make("a", { href: linkOf(citation), title: say.open_source }, make("bdi", {}, citation.quote))),
      make("p", { class: "where" }, make("bdi", {}, where)),
      area,
      make("p", { class: "doings" }, button("up", say.collected_up, place === 0), button("down", say.collected_down, place === quotes.length - 1), button("remove", say.delete, false)));
  }

  async function save(server, format) {
    const site = location.origin + location.pathname;
    const file = await server.export_collection({ quotes: read(), format, site, language: language() }).catch(() => ({ error: texts().export_failed }));
    if (file.error) return announce(file.error);
    bronvraag.saveFile(file);
  }

  function announce(sentence) {
    const said = list?.querySelector(".said");
    if (said) said.textContent = sentence;
    const elsewhere = document.querySelector("#conversations .notice");
    if (elsewhere) elsewhere.textContent = sentence;
  }

  return { startCollected, collect, isCollected };
})());
