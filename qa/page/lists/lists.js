// Question lists: kept in this browser, each under a name. Reads a list, asks its questions one after the other, and makes a file of the answers.
// Rows come from the server, where every text in them was escaped; what the browser adds itself is set as text.
"use strict";

window.bronvraag = Object.assign(window.bronvraag ?? {}, (() => {
  const MAX_NAME = 60;
  const shortened = (text) => (text.length <= MAX_NAME ? text : `${text.slice(0, MAX_NAME).replace(/\s+\S*$/, "")} …`);

  const VERSION = 1;
  const KEY = "bronvraag_list_";
  const OPEN_KEY = "bronvraag_open_list";
  const FILES = ["xlsx", "csv", "docx"];
  const texts = () => JSON.parse(document.getElementById("texts").textContent);
  const language = () => document.documentElement.lang;

  // --- the storage --------------------------------------------------------------------------------------------------

  function newList() {
    return { version: VERSION, id: crypto.randomUUID?.() ?? String(Date.now()), name: "", text: "", changed: Date.now(), questions: [], answered: [] };
  }

  function isList(value) {
    return value !== null && typeof value === "object" && value.version === VERSION && typeof value.id === "string" && typeof value.name === "string"
      && typeof value.text === "string" && Array.isArray(value.questions) && Array.isArray(value.answered);
  }

  function keptLists() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(KEY)).map((key) => {
        try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
      }).filter(isList).sort((one, other) => other.changed - one.changed);
    } catch {
      return []; // no storage at all
    }
  }

  function startLists(element, gradio) {
    const server = bronvraag.watched(gradio);
    const find = (selector) => element.querySelector(selector);
    const form = find("form");
    const box = find("textarea");
    const result = find("section");
    const table = find("table");
    let list = newList();
    let run = null; // while questions are being answered

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      begin();
    });
    box.addEventListener("change", () => { if (box.value.trim()) keep({ text: box.value }); });
    find("#list-name").addEventListener("change", ({ target }) => keep({ name: target.value.trim().slice(0, 120).toWellFormed() }));
    find("#list-chosen").addEventListener("change", ({ target }) => open(keptLists().find(({ id }) => id === target.value) ?? newList()));
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
      if (FILES.includes(act)) download(act);
      else ({ stop: halt, resume: goOn, new: () => open(newList()), delete: remove })[act]?.();
    });
    table.addEventListener("change", ({ target }) => { if (target.matches(".keep input")) strike(target); });
    open(keptLists().find(({ id }) => id === openedId()) ?? keptLists()[0] ?? list);

    // --- the lists that are kept ------------------------------------------------------------------------------------

    function openedId() {
      try { return sessionStorage.getItem(OPEN_KEY); } catch { return null; }
    }

    function keep(changes) {
      Object.assign(list, changes, { changed: Date.now() });
      list.name ||= shortened(list.questions[0]?.text ?? list.text.trim().split("\n")[0].replace(/^\d+[.)]\s*/, ""));
      try {
        localStorage.setItem(KEY + list.id, JSON.stringify(list));
        sessionStorage.setItem(OPEN_KEY, list.id);
      } catch {
        problem(texts().list_not_kept);
      }
      drawChoice();
    }

    function drawChoice() {
      const kept = keptLists();
      const options = [...(kept.some(({ id }) => id === list.id) ? [] : [list]), ...kept];
      find("#list-chosen").replaceChildren(...options.map(({ id, name }) => {
        const option = new Option(name || texts().list_new, id);
        option.selected = id === list.id;
        return option;
      }));
      if (document.activeElement !== find("#list-name")) find("#list-name").value = list.name;
    }

    async function open(opened) {
      halt();
      list = opened;
      try { sessionStorage.setItem(OPEN_KEY, list.id); } catch { /* the newest one is opened next time */ }
      problem("");
      box.value = list.text;
      drawChoice();
      clear();
      result.hidden = list.answered.length === 0;
      delete form.dataset.state;
      if (!list.answered.length) return;
      const { rows, error } = await call("draw_rows", { answered: list.answered });
      if (list !== opened) return;
      if (error) return problem(error);
      list.answered.forEach((one, place) => { if (rows[place]) addRows(rows[place], one); });
      finish();
      document.dispatchEvent(new CustomEvent("bronvraag:drawn"));
    }

    function remove() {
      halt();
      localStorage.removeItem(KEY + list.id);
      open(keptLists()[0] ?? newList());
      box.focus();
    }

    // --- asking -----------------------------------------------------------------------------------------------------

    // What a file holds is shown as text first, so that it can be looked through and changed before it is asked.
    async function readFile(file) {
      if (!file) return;
      problem("");
      if (file.size > 10_000_000) return problem(texts().list_too_large);
      const read = await call("read_list", { name: file.name, content: await encoded(file) });
      if (read.error) return problem(read.error);
      open({ ...newList(), name: file.name.replace(/\.[^.]*$/, "").slice(0, 120), text: read.text });
      box.focus();
      say(`${texts().list_read} ${read.questions.length}`);
    }

    async function begin() {
      if (run) return;
      problem("");
      run = { stopped: false };
      const read = await call("read_list", { text: box.value.toWellFormed() });
      run = null;
      if (read.error) {
        box.focus();
        return problem(read.error);
      }
      if (list.answered.length && list.text !== box.value) list = { ...newList(), name: "" }; // other questions are another list
      keep({ text: box.value, questions: read.questions, answered: [] });
      clear();
      await goOn();
    }

    /** Ask the questions that have no answer yet. */
    async function goOn() {
      const mine = { stopped: false };
      run = mine;
      result.hidden = false;
      state("asking");
      find("[data-act=stop]").hidden = false;
      find("[data-act=resume]").hidden = true;
      count();
      say(texts().searching);
      const answered = new Set(list.answered.map(({ label }) => label));
      for (const question of list.questions.filter(({ label }) => !answered.has(label))) {
        const reply = await call("answer_listed", question);
        if (mine.stopped) return;
        if (reply.error && bronvraag.isServerAway()) break; // it goes on when it is asked to
        add(question, reply);
        count();
      }
      run = null;
      finish();
    }

    function clear() {
      for (const rows of table.querySelectorAll("tbody")) rows.remove();
    }

    function state(name) {
      form.dataset.state = result.dataset.state = name;
    }

    function add(question, reply) {
      if (reply.error) return table.append(failedRow(question, reply.error));
      const one = { label: question.label, verdict: reply.verdict, answer: JSON.parse(reply.answer), struck: [] };
      addRows(reply.html, one);
      keep({ answered: [...list.answered, one] });
    }

    function addRows(html, one) {
      table.insertAdjacentHTML("beforeend", html);
      const rows = table.lastElementChild;
      rows.dataset.label = one.label;
      for (const number of one.struck ?? []) {
        const box = rows.querySelector(`tr[data-number="${Number(number)}"] .keep input`);
        if (box) box.checked = false;
      }
    }

    /** Take a quote out of the file, or put it back. */
    function strike(input) {
      const label = input.closest("tbody").dataset.label;
      const number = Number(input.closest("tr").dataset.number);
      const answered = list.answered.map((one) => (one.label !== label ? one : {
        ...one, struck: input.checked ? (one.struck ?? []).filter((other) => other !== number) : [...(one.struck ?? []), number],
      }));
      keep({ answered });
    }

    function failedRow(question, sentence) {
      const rows = document.createElement("tbody");
      rows.className = "failed";
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

    function count() {
      const [n, total] = [table.tBodies.length, list.questions.length];
      find("progress").max = total;
      find("progress").value = n;
      find(".count").textContent = `${n} ${texts().out_of} ${total}`;
    }

    function finish() {
      state("finished");
      const focused = document.activeElement === find("[data-act=stop]");
      find("[data-act=stop]").hidden = true;
      find("[data-act=resume]").hidden = list.answered.length >= list.questions.length;
      find(".files").hidden = list.answered.length === 0;
      if (focused) (list.answered.length ? find("[data-act=xlsx]") : box).focus();
      const n = (verdict) => list.answered.filter((one) => one.verdict === verdict).length;
      find(".count").textContent = texts().list_count.replace("{good}", n("good")).replace("{doubtful}", n("doubtful")).replace("{nothing}", n("nothing"))
        .replace("{all}", list.questions.length);
      say(find(".count").textContent);
    }

    function halt() {
      if (!run) return;
      run.stopped = true;
      run = null;
      finish();
    }

    async function download(format) {
      const site = location.origin + location.pathname;
      const answered = list.answered.map(({ label, answer, struck }) => ({ label, answer, struck: struck ?? [] }));
      const file = await call("make_table", { format, name: list.name, site, answered });
      if (file.error) return problem(file.error);
      bronvraag.saveFile(file);
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
