// What filled forms say, as the fields of requests.

import type { Fields } from "./source.ts";
import type { Row } from "./store.ts";

/** The fields of `add` that a filled form says. */
export function fieldsOf(form: FormData): Fields {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const fields: Fields = {};
  for (const name of ["category", "path"]) if (text(name) !== "") fields[name] = text(name);
  const tags = tagsOf(text("tags"));
  if (tags.length > 0) fields["tags"] = tags;
  if (form.get("paused") !== null) fields["paused"] = true;
  if (text("priority") !== "") fields["priority"] = Number(text("priority"));
  return fields;
}

/** The fields of `set` by which a filled form differs from the download; limits are typed in kB/s. */
export function changedFields(row: Pick<Row, "category" | "tags">, form: FormData): Fields {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const fields: Fields = {};
  if (text("category") !== (row.category ?? "")) fields["category"] = text("category");
  const tags = tagsOf(text("tags"));
  if (tags.join("\n") !== row.tags.join("\n")) fields["tags"] = tags;
  for (const name of ["priority", "queue_position"]) if (text(name) !== "") fields[name] = Number(text(name));
  for (const name of ["download_limit", "upload_limit"])
    if (text(name) !== "") fields[name] = Number(text(name)) * 1000;
  return fields;
}

/** What was typed with commas between, each once. */
function tagsOf(typed: string): string[] {
  const tags = typed.split(",").map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ""))];
}

/** The categories in use, by name. */
export function categoriesOf(rows: Iterable<Row>): string[] {
  const names = new Set<string>();
  for (const { category } of rows) if (category) names.add(category);
  return [...names].sort((one, other) => one.localeCompare(other));
}
