import { isStorable } from "../definition/is-storable.ts";
import type { QueryProblem } from "./job-query.ts";
import { nearestWords } from "./nearest-words.ts";
import type { QueryField } from "./query-field.ts";
import type { ScannedValue } from "./scan-query.ts";
import { maxValueLength } from "./value-limits.ts";

const name = /^[a-z0-9*][a-z0-9._*-]{0,99}$/;
const number = /^[1-9][0-9]{0,17}$/;

/** One value of a field as it is compared, or what is wrong with it. */
export function readQueryValue(
  field: Pick<QueryField, "kind" | "example" | "values">,
  value: ScannedValue,
): { value: string } | QueryProblem {
  const { text, from, to } = value;
  const wrong = (message: string, nearest: readonly string[] = []): QueryProblem => ({
    from,
    to,
    message,
    fixes: nearest.map((word) => ({ from, to, text: word })),
  });
  if (text.length > maxValueLength) return wrong(`A value has at most ${maxValueLength} characters.`);
  if (!isStorable(text)) return wrong("A value cannot hold U+0000 or half a surrogate pair.");
  const lower = text.toLowerCase();
  if (field.values !== undefined) {
    if (field.values.includes(lower)) return { value: lower };
    return wrong(`'${text}' is none of ${field.values.join(", ")}.`, nearestWords(text, field.values));
  }
  if (field.kind === "name")
    return name.test(lower)
      ? { value: lower }
      : wrong(`'${text}' is not a name: a to z, 0 to 9, dot, underscore, hyphen, and * for any.`);
  if (field.kind === "number" && !number.test(text))
    return wrong(`'${text}' is not a number, as in ${field.example}.`);
  return { value: text };
}
