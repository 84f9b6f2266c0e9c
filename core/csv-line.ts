/** What a spreadsheet would take for the beginning of a formula. */
const formula = /^[=+\-@\t\r]/;

/**
 * A line of CSV (RFC 4180, without its line end): null is empty. Text that a spreadsheet would run as a formula gets an
 * apostrophe before it, as OWASP advises; figures are left as they are.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return cells.map(cell).join(",");
}

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
