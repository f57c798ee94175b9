// A table for a whole set: reads the list, asks its questions one after the other, and makes a file of the answers.
// Rows come from the server, where every text in them was escaped; what the browser adds itself is set as text.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const texts = () => JSON.parse(document.getElementById("texts").textContent);
  const language = () => document.documentElement.lang;

  function startLists(element, server) {
    const find = (selector) => element.querySelector(selector);
    const form = find("form");
    const box = find("textarea");
    const result = find("section");
    const table = find("table");
    let run = null; // the list that is being answered
    let done = []; // the questions that were, with their answers

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      begin();
    });
    find("#list-file").addEventListener("change", (event) => {
      readFile(event.target.files[0]);
      event.target.value = ""; // the same file may be chosen again, changed
    });
    for (const name of ["dragover", "drop"]) form.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (name === "drop") readFile(event.dataTransfer.files[0]);
    });
    element.addEventListener("click", (event) => {
      const act = event.target.closest("[data-act]")?.dataset.act;
      if (act === "stop") halt();
      else if (act) download(act);
    });

    // What a file holds is shown as text first, so that it can be looked through and changed before it is asked.
    async function readFile(file) {
      if (!file) return;
      problem("");
      if (file.size > 10_000_000) return problem(texts().set_unreadable);
      const read = await call("read_list", { name: file.name, content: await encoded(file) });
      if (read.error) return problem(read.error);
      box.value = read.text;
      box.focus();
      say(`${texts().set_read} ${read.questions.length}`);
    }

    async function begin() {
      if (run) return;
      problem("");
      const mine = { stopped: false };
      run = mine;
      const read = await call("read_list", { text: box.value.toWellFormed() });
      if (read.error) {
        run = null;
        box.focus();
        return problem(read.error);
      }
      clear(read.questions.length);
      for (const question of read.questions) {
        const reply = await call("answer_listed", question);
        if (mine.stopped) break;
        add(question, reply);
        count(read.questions.length);
      }
      run = null;
      finish(read.questions.length);
    }

    function clear(total) {
      done = [];
      for (const rows of table.querySelectorAll("tbody")) rows.remove();
      result.hidden = false;
      state("asking");
      find(".files").hidden = true;
      find("[data-act=stop]").hidden = false;
      count(total);
      say(texts().searching);
    }

    function state(name) {
      form.dataset.state = result.dataset.state = name;
    }

    function add(question, reply) {
      if (reply.error) return table.append(failedRow(question, reply.error));
      table.insertAdjacentHTML("beforeend", reply.html);
      done.push({ label: question.label, answer: JSON.parse(reply.answer) });
    }

    function failedRow(question, sentence) {
      const rows = document.createElement("tbody");
      rows.className = "nothing";
      const row = rows.insertRow();
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = `${question.label} ${question.text}`;
      row.append(head);
      const cell = row.insertCell();
      cell.colSpan = 3;
      cell.textContent = sentence;
      return rows;
    }

    function count(total) {
      const n = table.tBodies.length;
      find("progress").max = total;
      find("progress").value = n;
      find(".count").textContent = `${n} ${texts().out_of} ${total}`;
    }

    function finish(total) {
      state("finished");
      const focused = document.activeElement === find("[data-act=stop]");
      find("[data-act=stop]").hidden = true;
      find(".files").hidden = done.length === 0;
      if (focused) (done.length ? find("[data-act=xlsx]") : box).focus();
      const n = done.filter((question) => question.answer.citations.length).length;
      find(".count").textContent = `${n} ${texts().out_of} ${total} ${texts().set_found}`;
      say(find(".count").textContent);
    }

    function halt() {
      if (run) run.stopped = true;
    }

    async function download(format) {
      const site = location.origin + location.pathname;
      const file = await call("make_table", { format, site, answered: done });
      if (file.error) return problem(file.error);
      const bytes = Uint8Array.from(atob(file.content), (character) => character.charCodeAt(0));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([bytes], { type: file.type }));
      link.download = file.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    }

    async function call(name, request) {
      const reply = await server[name]({ ...request, language: language() }).catch(() => null);
      return reply ?? { error: texts().failed };
    }

    function problem(sentence) {
      find(".problem").textContent = sentence;
    }

    function say(sentence) {
      find(".said").textContent = sentence;
    }
  }

  function encoded(file) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(file);
    });
  }

  return { startLists };
})());
