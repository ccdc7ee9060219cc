// What stands where the list would be when there is nothing to list: what that means, and what to do.

export function explain(store, filtered, ready) {
  if (!ready) return { title: "Connecting to the relay…", text: ["The list appears as soon as it answers."] };
  if (filtered) return { title: "Nothing matches", text: ["No download fits what is filtered."], clear: true };
  if (!store.broker) {
    return {
      title: "The relay does not reach the broker",
      text: ["It tries again by itself. See that the broker runs, and that mqtt: in configuration.yaml names it:"],
      code: "mqtt:\n  url: mqtt://192.168.1.10:1883",
    };
  }
  if (store.bridges.size === 0) {
    return {
      title: "No bridge is on the bus yet",
      text: ["A bridge polls the download clients and publishes what they do. Start one on any machine in the house:"],
      code: "downloads2mqtt run",
      after: "If one runs already, see that it uses the same broker and the same base_topic as this relay.",
    };
  }
  if (store.clients.size === 0) {
    return {
      title: "Add your first client",
      text: ["The bridge is here, but it has no download client yet. Write one into its configuration.yaml and start it again:"],
      code: "clients:\n  seedbox:\n    kind: qbittorrent\n    url: http://192.168.1.10:8080\n    username: me\n    password: !secret seedbox",
      after: "The kinds it knows: qbittorrent, transmission, sabnzbd, nzbget.",
    };
  }
  return {
    title: "All quiet",
    text: ["Your clients have no downloads. Add one in any of them, and it appears here at once."],
  };
}

export function draw(element, { title, text, code, after, clear }, onClear) {
  const mark = document.createElement("img");
  mark.src = "assets/favicon.svg";
  mark.alt = "";
  const parts = [mark, make("h2", title), ...text.map((line) => make("p", line))];
  if (code) parts.push(make("pre", code));
  if (after) parts.push(make("p", after));
  if (clear) {
    const button = make("button", "Show everything");
    button.type = "button";
    button.addEventListener("click", onClear);
    parts.push(button);
  }
  element.replaceChildren(...parts);
}

function make(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
