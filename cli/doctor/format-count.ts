const format = new Intl.NumberFormat("en-GB");

/** A count with separators: 1,234,567. */
export function formatCount(count: number): string {
  return format.format(count);
}
