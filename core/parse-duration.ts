const unitMs = {
  ms: 1,
  s: 1_000,
  sec: 1_000,
  min: 60_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
} as const;
const form = /^([0-9]+(?:\.[0-9]+)?)\s*(ms|sec|s|min|m|h|d)$/;

/**
 * A span as people type it: '30 s', '1.5 h', or parts that add up, '3 min 12 s'. A bare figure counts milliseconds.
 * Milliseconds, or null for what says no span.
 */
export function parseDuration(text: string): number | null {
  const typed = text
    .trim()
    .toLowerCase()
    .replaceAll(/(?<=\d)[,_](?=\d{3}\b)/g, "");
  if (/^[0-9]+(\.[0-9]+)?$/.test(typed)) return Number(typed);
  const parts = typed.match(/[0-9.]+\s*[a-z]+/g);
  if (parts === null || parts.join("").replaceAll(/\s/g, "") !== typed.replaceAll(/\s/g, "")) return null;
  let totalMs = 0;
  for (const part of parts) {
    const found = form.exec(part);
    if (found === null) return null;
    totalMs += Number(found[1]) * unitMs[found[2] as keyof typeof unitMs];
  }
  // 1.001 s is 1,001 ms, whatever binary fractions make of it.
  return Math.round(totalMs * 1_000) / 1_000;
}
