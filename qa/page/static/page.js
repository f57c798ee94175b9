// The page's own behaviour: the source panel, the two switches, and names for controls that Gradio leaves nameless.
"use strict";

// Gradio takes its language from the browser; the server has chosen one, so the browser says the same.
for (const [name, value] of [["language", document.documentElement.lang], ["languages", [document.documentElement.lang]]]) {
  Object.defineProperty(navigator, name, { configurable: true, get: () => value });
}

window.bronvraag = (() => {
  const PREFIX = "#src=";
  const YEAR_S = 365 * 24 * 3600;
  const texts = () => JSON.parse(document.getElementById("texts").textContent);
  const soon = () => new Promise((resolve) => setTimeout(resolve));

  // --- the source panel -------------------------------------------------------------------------------------------

  function startPanel(element, props, server) {
    let opener = null;
    let latest = 0;

    async function open(link) {
      const mine = ++latest;
      document.body.classList.add("source-open");
      markOpen(opener);
      element.setAttribute("aria-busy", "true");
      const html = await server.open_source({ link, language: document.documentElement.lang }).catch(() => unreachable());
      if (mine !== latest) return; // closed meanwhile, or another one was chosen
      props.value = html;
      await soon(); // Gradio draws in a microtask
      element.removeAttribute("aria-busy");
      history.replaceState(history.state, "", link);
      show(element.querySelector("mark"));
    }

    function show(mark) {
      const article = element.querySelector("article");
      if (!mark || !article) return element.querySelector("h2")?.focus();
      article.scrollTop += mark.getBoundingClientRect().top - article.getBoundingClientRect().top - article.clientHeight / 3;
      mark.focus({ preventScroll: true });
    }

    function close() {
      latest += 1;
      const link = location.hash;
      document.body.classList.remove("source-open");
      props.value = "";
      history.replaceState(history.state, "", location.pathname + location.search);
      const citation = opener?.isConnected ? opener : document.querySelector(`#chat a[href$="${CSS.escape(link)}"]`);
      (citation ?? document.querySelector("#question textarea"))?.focus();
      markOpen(null);
      opener = null;
    }

    function markOpen(citation) {
      for (const open of document.querySelectorAll("#chat a.open")) open.classList.remove("open");
      citation?.classList.add("open");
    }

    function jump(event, anchor) {
      const target = document.getElementById(decodeURIComponent(anchor.hash.slice(1)));
      event.preventDefault();
      target?.scrollIntoView({ block: "center" });
      target?.focus({ preventScroll: true });
    }

    document.addEventListener("click", (event) => {
      const anchor = event.target.closest?.("a[href]");
      if (anchor?.closest("#chat") && anchor.hash.startsWith(PREFIX)) {
        event.preventDefault();
        opener = anchor;
        open(anchor.hash);
      } else if (anchor?.hash.startsWith("#note-") && element.contains(anchor)) {
        jump(event, anchor);
      } else if (event.target.closest?.("#source .close")) {
        close();
      }
    }, true);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && document.body.classList.contains("source-open")) close();
    });
    const openAddress = () => location.hash.startsWith(PREFIX) && open(location.hash);
    window.addEventListener("hashchange", openAddress);
    openAddress();
  }

  function unreachable() {
    const { source, close, open_failed_server: sentence } = texts(); // our own texts, in which nothing is HTML
    return `<header><div class="title-row"><h2 tabindex="-1">${source}</h2>`
      + `<button type="button" class="close" aria-label="${close}"></button></div></header><p class="apology" role="alert">${sentence}</p>`;
  }

  // --- the switches -----------------------------------------------------------------------------------------------

  function startSwitches(element) {
    const other = document.documentElement.lang === "nl" ? "en" : "nl";
    element.querySelector("#switch-theme").setAttribute("aria-label", texts().switch_theme);
    element.querySelector("#switch-theme").title = texts().switch_theme;
    element.querySelector("#switch-theme").addEventListener("click", () => {
      localStorage.setItem("bronvraag_theme", document.body.classList.contains("dark") ? "light" : "dark");
      keepTheme();
    });
    element.querySelector("#switch-language").addEventListener("click", () => {
      document.cookie = `bronvraag_language=${other}; path=/; max-age=${YEAR_S}; samesite=strict`;
      location.reload();
    });
  }

  // Gradio follows the system and forgets a choice; a choice made here stays.
  function keepTheme() {
    const theme = localStorage.getItem("bronvraag_theme");
    if (theme && document.body.classList.contains("dark") !== (theme === "dark")) document.body.classList.toggle("dark");
  }

  // --- the conversation ---------------------------------------------------------------------------------------------

  // A new question stands at the top, so that the best quote is what is seen first; the end of the answer holds the weakest.
  let seen = "";
  function followConversation() {
    const question = [...document.querySelectorAll("#chat .user-row")].at(-1);
    const scroller = document.querySelector("#chat .bubble-wrap");
    const now = question ? `${document.querySelectorAll("#chat .user-row").length}:${[...document.querySelectorAll("#chat .bot-row")].at(-1)?.textContent.length}` : "";
    if (now === seen) return;
    seen = now;
    if (question && scroller) scroller.scrollTop += question.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 14;
  }

  // --- names and roles for assistive technology -------------------------------------------------------------------

  function nameControls() {
    document.querySelector("#question .submit-button")?.setAttribute("aria-label", texts().send);
    document.querySelector("#chat [role=log]")?.setAttribute("aria-label", texts().conversation);
    for (const list of document.querySelectorAll("#chat .examples")) {
      list.setAttribute("role", "group");
      list.setAttribute("aria-label", texts().examples);
    }
    // Messages are named after their Markdown source, examples in English: their own text says it better.
    for (const named of document.querySelectorAll("#chat [data-testid][aria-label], #chat .example[aria-label]")) named.removeAttribute("aria-label");
    for (const content of document.querySelectorAll("#chat .placeholder-content")) content.removeAttribute("role");
  }

  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(keepTheme).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    new MutationObserver(followConversation).observe(document.body, { childList: true, subtree: true, characterData: true });
    new MutationObserver(nameControls).observe(document.body, { childList: true, subtree: true });
    keepTheme();
  });

  return { startPanel, startSwitches };
})();
