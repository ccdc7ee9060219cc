// Figures as people read them. `null` is "unknown" and becomes an empty text.

const UNITS = ["B", "KB", "MB", "GB", "TB", "PB"];
const SPANS = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];

export function bytes(amount) {
  if (amount === null || amount === undefined) return "";
  const power = Math.min(UNITS.length - 1, amount < 1000 ? 0 : Math.floor(Math.log10(amount) / 3));
  const value = amount / 1000 ** power;
  return `${value.toFixed(power > 0 && value < 99.95 ? 1 : 0)} ${UNITS[power]}`;
}

export function rate(amount) {
  return amount === null || amount === undefined ? "" : `${bytes(amount)}/s`;
}

export function percent(amount) {
  if (amount === null || amount === undefined) return "";
  return `${amount === 100 ? "100" : (Math.floor(amount * 10) / 10).toFixed(1)} %`;
}

export function duration(seconds) {
  if (seconds === null || seconds === undefined) return "";
  const index = SPANS.findIndex(([length]) => seconds >= length);
  if (index < 0) return "0 s";
  const [length, name] = SPANS[index];
  const whole = Math.floor(seconds / length);
  const next = SPANS[index + 1];
  if (!next || whole >= 10 || length === 60) return `${whole} ${name}`;
  const rest = Math.floor((seconds % length) / next[0]);
  return rest ? `${whole} ${name} ${rest} ${next[1]}` : `${whole} ${name}`;
}

export function clock(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

export function plural(count, one, many = `${one}s`) {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}
