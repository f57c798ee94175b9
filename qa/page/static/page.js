// The page's own behaviour: the two switches, and names for controls that Gradio leaves nameless.
"use strict";

// Gradio takes its language from the browser; the server has chosen one, so the browser says the same.
for (const [name, value] of [["language", document.documentElement.lang], ["languages", [document.documentElement.lang]]]) {
  Object.defineProperty(navigator, name, { configurable: true, get: () => value });
}

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const YEAR_S = 365 * 24 * 3600;
  const texts = () => JSON.parse(document.getElementById("texts").textContent);

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

  return { startSwitches };
})());
