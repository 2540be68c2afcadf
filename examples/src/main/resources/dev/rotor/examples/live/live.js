"use strict";

const notes = document.getElementById("notes");
const state = document.getElementById("state");
const text = document.getElementById("text");

const changes = new EventSource("changes");
changes.onopen = () => { state.textContent = "live"; };
// The browser comes again by itself, and says which note it has seen last.
changes.onerror = () => { state.textContent = "connection lost, trying again…"; };
changes.onmessage = event => {
  const note = document.createElement("li");
  note.textContent = JSON.parse(event.data).text;
  notes.prepend(note);
};

document.getElementById("write").addEventListener("submit", async event => {
  event.preventDefault();
  const answer = await fetch("notes", {
    method: "POST", headers: {"Content-Type": "application/x-note"}, body: text.value});
  if (answer.ok) {
    text.value = "";
  } else {
    state.textContent = await answer.text();
  }
});
