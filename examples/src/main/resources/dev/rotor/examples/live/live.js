"use strict";

const notes = document.getElementById("notes");
const state = document.getElementById("state");
const text = document.getElementById("text");

const changes = new EventSource("changes");
changes.onopen = () => { state.textContent = "live"; };
// The browser comes again by itself, and says which note it has seen last; unless it was refused.
changes.onerror = () => {
  state.textContent = changes.readyState === EventSource.CLOSED
    ? "not live: the database cannot tell of changes at the moment; reload the page to try again"
    : "connection lost, trying again…";
};
changes.onmessage = event => {
  const note = document.createElement("li");
  note.textContent = JSON.parse(event.data).text;
  notes.prepend(note);
};

document.getElementById("write").addEventListener("submit", async event => {
  event.preventDefault();
  try {
    const answer = await fetch("notes", {
      method: "POST", headers: {"Content-Type": "application/x-note"}, body: text.value});
    if (answer.ok) {
      text.value = "";
    } else {
      state.textContent = await answer.text();
    }
  } catch (error) {
    state.textContent = "the server cannot be reached";
  }
});
