/** A value as the qualifier bar takes it: in quotes when it would be read as something else without them. */
export function quoteValue(value: string, mustQuote: RegExp = /[\s,"]/): string {
  return value === "" || mustQuote.test(value)
    ? `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`
    : value;
}
