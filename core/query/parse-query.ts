import type { JobCondition, NumberRange } from "./job-condition.ts";
import type { QueryProblem, QueryTerm } from "./job-query.ts";
import { nearestWords } from "./nearest-words.ts";
import {
  findQueryField,
  type QueryField,
  type QueryFieldName,
  queryFieldNames,
  queryFields,
} from "./query-field.ts";
import { parseQueryRange } from "./query-range.ts";
import { parseQueryTime } from "./query-time.ts";
import { readQueryValue } from "./read-query-value.ts";
import { type ScannedTerm, scanQuery } from "./scan-query.ts";
import { maxValues } from "./value-limits.ts";

/** Longest text of the qualifier bar that is read, in characters. */
export const maxQueryLength = 2_000;
/** Most terms of one query. */
const maxTerms = 40;

/** A text read: the terms that make sense, and what is wrong with the others. Without problems the query is whole. */
export interface ParsedQuery {
  query: QueryTerm[];
  problems: QueryProblem[];
}

/**
 * Reads the text of the qualifier bar: terms `field:value` with a blank between them, all of which must hold. Commas mean
 * any of, `-` before a term none of; quotes keep blanks; `>`, `<`, `..` bound numbers; words without a field are looked
 * for in the keys, the definition's name, the latest error and the payload. Pure, and never throws.
 */
export function parseQuery(text: string): ParsedQuery {
  const query: QueryTerm[] = [];
  const problems: QueryProblem[] = [];
  if (text.length > maxQueryLength) {
    const message = `The filter is longer than ${maxQueryLength} characters: shorten it.`;
    return { query, problems: [{ from: maxQueryLength, to: text.length, message, fixes: [] }] };
  }
  const terms = scanQuery(text);
  for (const term of terms.slice(0, maxTerms)) {
    const read = readTerm(text, term);
    if ("message" in read) problems.push(read);
    else query.push(read);
  }
  const beyond = terms[maxTerms];
  if (beyond)
    problems.push({
      from: beyond.from,
      to: text.length,
      message: `A filter has at most ${maxTerms} terms.`,
      fixes: [],
    });
  return { query, problems };
}

type Read = QueryTerm | QueryProblem;

function readTerm(text: string, term: ScannedTerm): Read {
  const { from, to, field } = term;
  if (term.broken) return { ...term.broken, fixes: [] };
  if (field === null) return readWords(term);
  const name = findQueryField(field.text);
  if (name === null) {
    const fixes = nearestWords(field.text, queryFieldNames).map((nearest) => ({
      from: field.from,
      to: field.to,
      text: nearest,
    }));
    const typed = text.slice(field.from, to);
    const quoted = { from: field.from, to, text: `"${typed.replaceAll('"', "")}"` };
    return {
      from: field.from,
      to: field.to,
      message: `There is no field '${field.text}'.`,
      fixes: [...fixes, quoted],
    };
  }
  const spec: QueryField = queryFields[name];
  const wrong = (message: string, at: { from: number; to: number } = { from, to }): QueryProblem => ({
    from: at.from,
    to: at.to,
    message,
    fixes: [],
  });
  if (term.path.length > 0 && name !== "payload")
    return wrong(`'${name}' has no path: write ${spec.example}.`);
  if (term.values.every((value) => value.text === "" && !value.quoted))
    return wrong(`'${name}' needs a value, as in ${spec.example}.`);
  const empty = term.values.find((value) => value.text === "" && (!value.quoted || name !== "payload"));
  if (empty) return wrong("A value is missing at the comma.", { from: empty.from - 1, to: empty.to });
  if (term.values.length > maxValues) return wrong(`A term has at most ${maxValues} values.`);
  if (term.not && !spec.negatable) {
    const instead =
      name === "attempt" ? "turn the sign round, as in attempt:<=3" : "write since or until instead";
    return wrong(`'${name}' cannot be turned round with '-': ${instead}.`, { from, to: from + 1 });
  }
  return readField(name, spec, term);
}

function readWords({ not, values, from, to }: ScannedTerm): Read {
  const [word] = values;
  if (!word || word.text === "") return { from, to, message: "There is nothing in the quotes.", fixes: [] };
  const read = readQueryValue({ kind: "text", example: "" }, word);
  return "message" in read ? read : { field: "words", ...negated(not), anyOf: [read.value] };
}

function readField(name: QueryFieldName, spec: QueryField, term: ScannedTerm): Read {
  const { to, not } = term;
  const [first] = term.values as [ScannedTerm["values"][number]];
  const single = () => ({
    from: first.to,
    to,
    message: `'${name}' takes one value.`,
    fixes: [],
  });
  if (name === "since" || name === "until") {
    const time = parseQueryTime(first.text);
    if (term.values.length > 1) return single();
    const message = `'${first.text}' is not a time: write how long ago, as 30m, 2h or 3d, or a day or time in UTC, as 2026-11-20T10:00.`;
    return time === null ? { from: first.from, to: first.to, message, fixes: [] } : { field: name, ...time };
  }
  if (name === "attempt") {
    if (term.values.length > 1) return single();
    const bounds = readAttempts(first.text);
    const message = `'${first.text}' is not a number of attempts: write 3, >3, <=3 or 2..5.`;
    return bounds === null
      ? { from: first.from, to: first.to, message, fixes: [] }
      : { field: name, ...bounds };
  }
  if (name === "payload") return readPayload(term);
  const values: string[] = [];
  for (const value of term.values) {
    const read = readQueryValue(spec, value);
    if ("message" in read) return read;
    values.push(read.value);
  }
  return { field: name, ...negated(not), anyOf: [...new Set(values)] } as JobCondition & QueryTerm;
}

function readPayload({ from, to, not, path, values }: ScannedTerm): Read {
  const missing = path.length === 0 || path.some((part) => part.text === "");
  if (missing)
    return { from, to, message: "'payload' needs a path, as in payload.user.plan:pro.", fixes: [] };
  if (path.length > 20) return { from, to, message: "A path has at most 20 parts.", fixes: [] };
  const texts: string[] = [];
  for (const value of [...path, ...values]) {
    const read = readQueryValue({ kind: "text", example: "" }, value);
    if ("message" in read) return read;
    texts.push(read.value);
  }
  const term = { field: "payload" as const, ...negated(not), path: texts.slice(0, path.length) };
  const [only] = values;
  if (values.length === 1 && only && !only.quoted) {
    if (only.text === "*") return term;
    const range = parseQueryRange(only.text);
    if (range !== null && isUpsideDown(range))
      return { from: only.from, to: only.to, message: "The range ends before it begins.", fixes: [] };
    if (range !== null) return { ...term, range };
  }
  return { ...term, anyOf: [...new Set(texts.slice(path.length))] };
}

function isUpsideDown(range: NumberRange): boolean {
  return "atLeast" in range && range.atMost !== undefined && range.atMost < range.atLeast;
}

function readAttempts(text: string): { from?: number; to?: number } | null {
  const bounded = (bound: number) => Number.isInteger(bound) && bound >= 0 && bound <= 1_000_000;
  if (/^\d{1,7}$/.test(text)) return bounded(Number(text)) ? { from: Number(text), to: Number(text) } : null;
  const range = parseQueryRange(text);
  if (range === null) return null;
  const from = "above" in range ? range.above + 1 : "atLeast" in range ? range.atLeast : undefined;
  const to = "below" in range ? range.below - 1 : "atMost" in range ? range.atMost : undefined;
  if ((from !== undefined && !bounded(from)) || (to !== undefined && !bounded(to))) return null;
  if (from !== undefined && to !== undefined && to < from) return null;
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function negated(not: boolean): { not?: true } {
  return not ? { not: true } : {};
}
