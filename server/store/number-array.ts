/**
 * Numbers (or ids, which are numbers as text) as the text of a Postgres array. The driver's own rendering quotes and
 * escapes every element; for the arrays of the hot path that is most of its time.
 */
export function numberArray(values: readonly (number | string | null)[]): string {
  return `{${values.map((value) => value ?? "NULL").join(",")}}`;
}
