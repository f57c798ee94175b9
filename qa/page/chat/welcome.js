// The welcome: what is in the library, and questions to begin with, drawn anew when the library has changed.
// HTML comes from the server, where every text in it was escaped.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  function startWelcome(element, gradio) {
    const server = bronvraag.watched(gradio);
    const root = element.querySelector(".welcome");
    const language = () => document.documentElement.lang;
    let latest = 0;

    async function draw() {
      const mine = ++latest;
      const html = await server.draw_welcome(language()).catch(() => null);
      if (html === null || mine !== latest) return;
      root.innerHTML = html;
      if (!root.querySelector(".opening")) return;
      const examples = await server.draw_examples(language()).catch(() => "");
      if (mine === latest) root.querySelector(".opening").innerHTML = examples;
    }

    element.addEventListener("click", (event) => {
      if (!event.target.closest("[data-act=add]")) return;
      bronvraag.showView("documents");
      document.dispatchEvent(new CustomEvent("bronvraag:add"));
    });
    for (const name of ["changed", "back"]) document.addEventListener(`bronvraag:${name}`, draw);
    draw();
  }

  return { startWelcome };
})());
