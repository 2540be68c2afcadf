"use strict";

const album = document.getElementById("album");
const empty = document.getElementById("empty");
const state = document.getElementById("state");
const progress = document.getElementById("progress");
const shown = new Map();
// An id is never used again.
const gone = new Set();

function size(bytes) {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (bytes >= 1024 && unit < units.length - 1) {
    bytes /= 1024;
    unit++;
  }
  return (unit === 0 ? bytes : bytes.toFixed(1)) + " " + units[unit];
}

function element(file) {
  const kind = file.type.split("/")[0];
  if (kind === "image") {
    const image = document.createElement("img");
    image.alt = file.name;
    image.loading = "lazy";
    return image;
  }
  if (kind === "video" || kind === "audio") {
    const media = document.createElement(kind);
    media.controls = true;
    // Only its beginning, until somebody plays it or seeks in it: that is what ranges are for.
    media.preload = "metadata";
    return media;
  }
  return null;
}

function add(file, first) {
  if (shown.has(file.id) || gone.has(file.id)) {
    return;
  }
  const entry = document.getElementById("entry").content.firstElementChild.cloneNode(true);
  const address = "files/" + file.id;
  const link = entry.querySelector(".name");
  link.textContent = file.name;
  link.href = address;
  entry.querySelector(".length").textContent = size(file.length);
  entry.dataset.id = file.id;
  const view = element(file);
  if (view) {
    view.src = address;
    entry.querySelector(".shown").append(view);
  }
  const button = entry.querySelector(".remove");
  button.setAttribute("aria-label", "Remove " + file.name);
  button.addEventListener("click", () => asked(address, {method: "DELETE"}));
  shown.set(file.id, entry);
  if (first) {
    album.prepend(entry);
  } else {
    album.append(entry);
  }
  empty.hidden = true;
}

function hide(id) {
  shown.get(id)?.remove();
  shown.delete(id);
  empty.hidden = shown.size > 0;
}

// The answer of the server; null, and a person is told why, if there is none or it is no good one.
async function asked(address, options) {
  try {
    const answer = await fetch(address, options);
    if (answer.ok) {
      return answer;
    }
    state.textContent = await answer.text();
  } catch (error) {
    state.textContent = "the server cannot be reached";
  }
  return null;
}

// First the stream, then the list: what comes between the two is in both, and what is in both is shown once.
const changes = new EventSource("changes");
changes.onopen = async () => {
  state.textContent = "live";
  const before = [...shown.keys()];
  const answer = await asked("files/");
  if (answer) {
    const files = (await answer.json()).files;
    const there = new Set(files.map(file => file.id));
    // What went while nobody listened.
    before.filter(id => !there.has(id)).forEach(hide);
    files.forEach(file => add(file, false));
    empty.hidden = shown.size > 0;
  }
};
changes.onerror = () => {
  state.textContent = changes.readyState === EventSource.CLOSED
    ? "not live: the database cannot tell of changes at the moment; reload the page to try again"
    : "connection lost, trying again…";
};
changes.onmessage = event => {
  const change = JSON.parse(event.data);
  if (change.added) {
    add(change.added, true);
  } else {
    gone.add(change.removed);
    hide(change.removed);
  }
};

function upload(file) {
  // The one thing that fetch cannot do is to tell how far an upload is.
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", "files/");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = event => { progress.value = event.loaded / event.total; };
    request.onload = () => request.status === 201 ? done() : failed(new Error(request.responseText));
    request.onerror = () => failed(new Error("the connection broke"));
    request.send(file);
  });
}

document.getElementById("file").addEventListener("change", async event => {
  progress.hidden = false;
  try {
    for (const file of event.target.files) {
      await upload(file);
    }
  } catch (error) {
    state.textContent = error.message;
  }
  // So that the same file can be chosen again.
  event.target.value = "";
  progress.hidden = true;
});
