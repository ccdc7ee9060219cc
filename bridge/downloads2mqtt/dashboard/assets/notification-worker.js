// Shows notifications where browsers show them for workers only (Android), and brings the page back when one is pressed.
// It caches nothing and answers no request.

self.addEventListener("notificationclick", (press) => {
  press.notification.close();
  const opened = press.notification.data?.key ?? null;
  press.waitUntil(show(opened));
});

async function show(opened) {
  const page = new URL("..", self.location.href).href;
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const ours = open.find((client) => client.url.startsWith(page));
  if (ours === undefined) return self.clients.openWindow(page);
  ours.postMessage({ opened });
  return ours.focus();
}
