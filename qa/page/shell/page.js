// The page's own behaviour: the header with its sections, menus and switches, the column at the side, and names for controls that Gradio leaves nameless.
"use strict";

// Gradio takes its language from the browser; the server has chosen one, so the browser says the same.
for (const [name, value] of [["language", document.documentElement.lang], ["languages", [document.documentElement.lang]]]) {
  Object.defineProperty(navigator, name, { configurable: true, get: () => value });
}

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const YEAR_S = 365 * 24 * 3600;
  const texts = () => JSON.parse(document.getElementById("texts").textContent);
  const announce = (name, detail) => document.dispatchEvent(new CustomEvent(`bronvraag:${name}`, { detail }));

  // --- the header ---------------------------------------------------------------------------------------------------

  function startHeader(element) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.view) showView(button.dataset.view);
      if (button.dataset.export) announce("export", { format: button.dataset.export, withWeak: element.querySelector("#with-weak").checked });
      ({ "toggle-side": toggleSide, "new-conversation": beginNew, "switch-theme": switchTheme, "switch-language": switchLanguage, print: printPage })[button.id]?.();
      if (button.closest("details")) button.closest("details").open = false;
    });
    document.addEventListener("click", (event) => { // a menu closes when something else is chosen
      for (const menu of document.querySelectorAll("#top details[open]")) if (!menu.contains(event.target)) menu.open = false;
    });
    document.addEventListener("keydown", (event) => {
      const menu = event.key === "Escape" && event.target.closest?.("#top details[open]");
      if (!menu) return;
      event.stopPropagation();
      menu.open = false;
      menu.querySelector("summary").focus();
    }, true);
    element.querySelector("#switch-theme").setAttribute("aria-label", texts().switch_theme);
    element.querySelector("#switch-theme").title = texts().switch_theme;
    document.addEventListener("bronvraag:address", ({ detail }) => drawView(detail.view));
    drawView(bronvraag.here().view);
  }

  function showView(view) {
    bronvraag.visit({ view });
    drawView(view);
  }

  function drawView(view) {
    document.body.dataset.view = view;
    bronvraag.nameForTitle("view", texts()[`view_${view}`]);
    for (const button of document.querySelectorAll("#top [data-view]")) {
      if (button.dataset.view === view) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
    announce("view", { view });
  }

  function beginNew() {
    showView("chat");
    closeSheet();
    announce("new");
    document.querySelector("#question textarea")?.focus();
  }

  function printPage() {
    const folded = [...document.querySelectorAll("#chat details.also:not([open])")];
    for (const details of folded) details.open = true; // paper cannot be unfolded
    window.print();
    for (const details of folded) details.open = false;
  }

  function switchLanguage() {
    const other = document.documentElement.lang === "nl" ? "en" : "nl";
    document.cookie = `bronvraag_language=${other}; path=/; max-age=${YEAR_S}; samesite=strict`;
    location.reload();
  }

  function switchTheme() {
    localStorage.setItem("bronvraag_theme", document.body.classList.contains("dark") ? "light" : "dark");
    keepTheme();
  }

  // Gradio follows the system and forgets a choice; a choice made here stays.
  function keepTheme() {
    const theme = localStorage.getItem("bronvraag_theme");
    if (theme && document.body.classList.contains("dark") !== (theme === "dark")) document.body.classList.toggle("dark");
  }

  // --- the column at the side: beside the chat where there is room, otherwise a sheet over it -----------------------

  const WIDE = matchMedia("(min-width: 1000px)");
  const VERY_WIDE = matchMedia("(min-width: 1400px)");
  const isSheet = () => !WIDE.matches || (!VERY_WIDE.matches && document.body.classList.contains("source-open"));
  const isSideShown = () => document.body.classList.contains(isSheet() ? "side-sheet" : "side-docked");

  function startSide() {
    document.body.classList.toggle("side-docked", localStorage.getItem("bronvraag_side") !== "closed");
    document.addEventListener("bronvraag:chosen", () => {
      const covered = document.body.classList.contains("side-sheet");
      showView("chat");
      closeSheet();
      if (covered) document.getElementById("turns")?.focus(); // the entry that was chosen is out of sight now
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !document.body.classList.contains("side-sheet") || event.target.closest("#conversations form")) return;
      event.stopPropagation(); // the source below it stays open
      closeSheet();
      document.getElementById("toggle-side").focus();
    }, true);
    document.addEventListener("click", (event) => {
      if (!document.body.classList.contains("side-sheet")) return;
      if (event.target.id === "close-side" || event.target.id === "workbench") { // what lies below the sheet cannot be clicked itself
        closeSheet();
        document.getElementById("toggle-side").focus();
      }
    });
    for (const width of [WIDE, VERY_WIDE]) width.addEventListener("change", markSide);
    markSide();
  }

  function toggleSide() {
    if (isSheet()) {
      document.body.classList.toggle("side-sheet");
    } else {
      localStorage.setItem("bronvraag_side", document.body.classList.toggle("side-docked") ? "open" : "closed");
    }
    markSide();
    if (document.body.classList.contains("side-sheet")) document.querySelector("#side button, #side input")?.focus();
  }

  function closeSheet() {
    document.body.classList.remove("side-sheet");
    markSide();
  }

  function markSide() {
    if (!isSheet()) setClass("side-sheet", false);
    setClass("side-over", isSheet());
    const covered = document.body.classList.contains("side-sheet");
    for (const below of document.querySelectorAll("#workbench > :not(#side)")) below.inert = covered;
    document.getElementById("toggle-side")?.setAttribute("aria-expanded", String(isSideShown()));
  }

  // A class that is set to what it was would count as a change all the same, and be seen as one by who watches for changes.
  function setClass(name, isSet) {
    if (document.body.classList.contains(name) !== isSet) document.body.classList.toggle(name);
  }

  /** Save a file that the server made, `{name, type, content}` with the content in base64. */
  function saveFile({ name, type, content }) {
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([bytes], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  // --- names and roles for assistive technology -------------------------------------------------------------------

  function nameControls() {
    document.querySelector("#question .submit-button")?.setAttribute("aria-label", texts().send);
    document.querySelector("#question textarea")?.setAttribute("aria-description", texts().box_keys);
    const expanded = String(isSideShown());
    const toggle = document.getElementById("toggle-side");
    if (toggle && toggle.getAttribute("aria-expanded") !== expanded) toggle.setAttribute("aria-expanded", expanded);
  }

  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => { keepTheme(); markSide(); }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    new MutationObserver(nameControls).observe(document.body, { childList: true, subtree: true });
    keepTheme();
    startSide();
  });

  return { startHeader, showView, saveFile };
})());
