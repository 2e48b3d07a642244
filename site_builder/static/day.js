// Shows what stood on a day: marks of state, and the reasons of that day. The day is kept in the address and goes along
// with links; without one it is today, which calendars mark. Where scripts are off, pages say the day of their change.
"use strict";

const PolicyDay = (() => {
  const SHAPE = /^\d{4}-\d{2}-\d{2}$/;
  const pad = (number, width) => String(number).padStart(width, "0");
  const isDay = (text) => SHAPE.test(text ?? "") && !Number.isNaN(Date.parse(text));

  function today() {
    const now = new Date();
    return `${pad(now.getFullYear(), 4)}-${pad(now.getMonth() + 1, 2)}-${pad(now.getDate(), 2)}`;
  }

  function asked() {
    const given = new URL(location.href).searchParams.get("on");
    return isDay(given) ? given : null;
  }

  // [[first day, state, name], ...] in the order of time: the last one that has begun
  function at(periods, day) {
    return periods.reduce((found, period) => (period[0] <= day ? period : found), periods[0]);
  }

  function spoken(day) {
    const [year, month, date] = day.split("-").map(Number);
    return `${year}年${month}月${date}日`;
  }

  return { asked, at, isDay, spoken, today, current: () => asked() ?? today() };
})();

(() => {
  const control = document.getElementById("day-control");

  function mark(day) {
    for (const shown of document.querySelectorAll("[data-periods]")) {
      const [, state, label] = PolicyDay.at(JSON.parse(shown.dataset.periods), day);
      shown.dataset.state = state;
      (shown.querySelector(".state-name") ?? shown).textContent = label;
    }
    for (const group of document.querySelectorAll("[data-days]")) {
      const told = [...group.querySelectorAll("[data-first]")];
      const now = told.reduce((found, one) => (one.dataset.first <= day ? one : found), told[0]);
      for (const one of told) one.hidden = one !== now;
    }
  }

  // a day that was asked for goes along to the next page
  function carry(asked) {
    for (const link of document.querySelectorAll("a[href]")) {
      const address = link.getAttribute("href");
      if (!/^(?![a-z]+:|#|\/\/)[^#]*\.html/i.test(address)) continue;
      const [page, anchor] = address.split("#");
      const [path, query] = page.split("?");
      const parameters = new URLSearchParams(query);
      if (asked) parameters.set("on", asked); else parameters.delete("on");
      const rest = parameters.toString();
      link.setAttribute("href", path + (rest ? `?${rest}` : "") + (anchor === undefined ? "" : `#${anchor}`));
    }
  }

  function show() {
    const asked = PolicyDay.asked();
    const day = asked ?? PolicyDay.today();
    mark(day);
    carry(asked);
    for (const name of document.querySelectorAll("[data-day-name]")) name.textContent = PolicyDay.spoken(day);
    dispatchEvent(new CustomEvent("policyday", { detail: day }));
    if (!control) return;
    control.querySelector("input").value = day;
    control.querySelector("button").hidden = !asked;
    control.classList.toggle("asked", Boolean(asked));
  }

  function ask(day) {
    const address = new URL(location.href);
    if (day) address.searchParams.set("on", day); else address.searchParams.delete("on");
    history.replaceState(null, "", address);
    show();
  }

  if (control) {
    control.hidden = false;
    control.querySelector("input").addEventListener("change", (event) => {
      if (PolicyDay.isDay(event.target.value)) ask(event.target.value);
    });
    control.querySelector("button").addEventListener("click", () => ask(null));
    control.addEventListener("submit", (event) => event.preventDefault());
  }
  show();
  document.querySelector(`.month time[datetime="${PolicyDay.today()}"]`)?.closest("td").classList.add("today");
})();
