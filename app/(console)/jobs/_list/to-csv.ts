const columns = [
  "id",
  "definition",
  "version",
  "queue",
  "priority",
  "state",
  "attempt",
  "failures",
  "maxAttempts",
  "createdAt",
  "runAt",
  "startedAt",
  "finishedAt",
  "idempotencyKey",
  "concurrencyKey",
  "correlationId",
  "tags",
  "lastError",
  "payload",
] as const;

/**
 * Jobs (JSON texts) as CSV by RFC 4180, one a line; what is not plain stands as JSON. A text that a spreadsheet would run
 * as a formula has an apostrophe before it.
 */
export function toCsv(jobs: readonly string[]): string {
  const rows = jobs.map((text) => {
    const job = JSON.parse(text) as Record<string, unknown>;
    return columns.map((name) => cell(job[name])).join(",");
  });
  return `${[columns.join(","), ...rows].join("\r\n")}\r\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
