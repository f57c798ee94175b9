// The source panel: opens what a citation's link names, scrolls to the quote, and gives the focus back when it closes.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const PREFIX = "#src=";
  const texts = () => JSON.parse(document.getElementById("texts").textContent);
  const soon = () => new Promise((resolve) => setTimeout(resolve));

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

  return { startPanel };
})());
