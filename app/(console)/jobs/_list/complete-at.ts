import { findQueryField, type QueryFieldName } from "#core/query/query-field.ts";
import { scanQuery } from "#core/query/scan-query.ts";

/** What stands at the caret of the qualifier bar, and which stretch of the text a completion takes the place of. */
export interface CompletionPlace {
  from: number;
  to: number;
  /** What was typed of it so far. */
  typed: string;
  /** A field's name, a path in the payload, or a value of the field (of the payload: at the path). */
  of: { kind: "field" } | { kind: "path" } | { kind: "value"; field: QueryFieldName; path: string[] };
}

/** What a completion at the caret would complete. Null where there is nothing to offer, as within a field that is none. */
export function completionAt(text: string, caret: number): CompletionPlace | null {
  const term = scanQuery(text).find(({ from, to }) => from <= caret && caret <= to);
  if (!term) return { from: caret, to: caret, typed: "", of: { kind: "field" } };
  const start = term.from + (term.not ? 1 : 0);
  if (caret < start) return null;
  const written = text.slice(start, term.to);
  if (term.field === null) {
    if (written.startsWith('"')) return null;
    const place = { to: term.to, typed: text.slice(start, caret) };
    const path = /^payload\./i.exec(written);
    if (path && caret >= start + path[0].length) {
      const from = start + path[0].length;
      return { ...place, from, typed: text.slice(from, caret), of: { kind: "path" } };
    }
    return { ...place, from: start, of: { kind: "field" } };
  }
  const { field, path, values } = term;
  if (caret <= field.to)
    return { from: field.from, to: field.to, typed: text.slice(field.from, caret), of: { kind: "field" } };
  const [first] = values;
  if (!first || caret < first.from) {
    const from = field.to + 1;
    return { from, to: path.at(-1)?.to ?? from, typed: text.slice(from, caret), of: { kind: "path" } };
  }
  const name = findQueryField(field.text);
  const value = values.find((each) => each.from <= caret && caret <= each.to);
  if (name === null || !value) return null;
  const typed = text.slice(value.from + (value.quoted ? 1 : 0), caret);
  return {
    from: value.from,
    to: value.to,
    typed,
    of: { kind: "value", field: name, path: path.map((part) => part.text) },
  };
}
