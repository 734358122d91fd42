"use strict";
(() => {
  const cards = [...document.querySelectorAll(".clause")];
  const form = document.getElementById("filters");
  const buttons = [...form.querySelectorAll("button[data-facet]")];
  const operation = document.getElementById("operation");
  const words = document.getElementById("words");
  const texts = new Map(); // card -> its text in small letters, made when it is first searched

  const textOf = (card) => {
    if (!texts.has(card)) texts.set(card, card.textContent.toLowerCase());
    return texts.get(card);
  };

  const wanted = () => {
    const facets = { verdict: [], level: [], kind: [], operation: operation.value ? [operation.value] : [] };
    for (const button of buttons) {
      if (button.getAttribute("aria-pressed") === "true") facets[button.dataset.facet].push(button.dataset.value);
    }
    return facets;
  };

  const apply = () => {
    const facets = Object.entries(wanted());
    const terms = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = cards.filter((card) => terms.every((term) => textOf(card).includes(term)));
    const fits = (card, but) =>
      facets.every(([name, values]) => name === but || !values.length || values.includes(card.dataset[name]));
    const shown = new Set(found.filter((card) => fits(card)));
    for (const card of cards) card.hidden = !shown.has(card);
    for (const part of document.querySelectorAll(".group, .subgroup")) {
      part.hidden = !part.querySelector(".clause:not([hidden])");
    }
    for (const part of document.querySelectorAll(".group")) {
      const [count, total] = [".clause:not([hidden])", ".clause"].map((kind) => part.querySelectorAll(kind).length);
      part.querySelector(".count").dataset.shown = count === total ? "" : `${count} of `;
    }
    for (const button of buttons) {
      const { facet, value } = button.dataset;
      const count = found.filter((card) => card.dataset[facet] === value && fits(card, facet)).length;
      button.querySelector("span").textContent = count;
    }
    document.getElementById("shown").textContent = `${shown.size} of ${cards.length} clauses`;
  };

  const clear = (facets = {}) => {
    words.value = "";
    operation.value = facets.operation || "";
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(facets[button.dataset.facet] === button.dataset.value));
    }
    apply();
  };

  const reveal = () => {
    const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!card || !card.matches(".clause")) return;
    if (card.hidden) clear();
    card.open = true;
    card.scrollIntoView();
  };

  const copy = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "copied";
    } catch {
      getSelection().selectAllChildren(text); // a page that may not write the clipboard
      button.textContent = document.execCommand("copy") ? "copied" : "selected";
    }
    setTimeout(() => { button.textContent = "copy"; }, 2000);
  };

  for (const text of document.querySelectorAll("pre.request")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "copy";
    button.addEventListener("click", () => copy(button, text));
    text.before(button);
  }

  form.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-facet]");
    if (!button) return;
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    apply();
  });
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => { event.preventDefault(); clear(); });
  document.getElementById("unfold").addEventListener("click", ({ target }) => {
    const shown = cards.filter((card) => !card.hidden);
    const open = shown.some((card) => !card.open);
    for (const card of shown) card.open = open;
    target.textContent = open ? "Close all" : "Open all";
  });
  for (const link of document.querySelectorAll("table a")) {
    link.addEventListener("click", () => clear(link.dataset));
  }
  for (const link of document.querySelectorAll(".chips a")) link.addEventListener("click", () => clear());
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href^='#']");
    if (link && link.hash === location.hash) reveal();
  });
  addEventListener("hashchange", reveal);

  form.hidden = false;
  form.querySelector("details").open = matchMedia("(min-width: 60em)").matches;
  apply();
  reveal();
})();
