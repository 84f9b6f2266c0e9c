const units = ["B", "kB", "MB", "GB", "TB"];

/** A size to three figures, in powers of 1,000: 512 B · 4.2 kB · 1.24 GB. */
export function sayBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : Number(value.toPrecision(3))} ${units[unit]}`;
}
