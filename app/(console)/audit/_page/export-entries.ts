import { csvLine } from "#core/csv-line.ts";
import type { AuditEntry, AuditPage } from "#server/api/audit/audit-entry.ts";

/** What a file of entries can be. */
export type ExportForm = "csv" | "jsonl";

const columns = [
  "seq",
  "at",
  "actor",
  "action",
  "objectKind",
  "objectId",
  "reason",
  "before",
  "after",
] as const;
const types = { csv: "text/csv", jsonl: "application/jsonl" } as const;

/**
 * A file of all entries that `readPage` gives, page after page, newest first. `onCount` hears how many there are so
 * far; null when `signal` stopped it. The file is put together of a part a page: the whole is never one text.
 */
export async function exportEntries(
  form: ExportForm,
  readPage: (cursor: string | null) => Promise<AuditPage>,
  onCount: (count: number) => void,
  signal: AbortSignal,
): Promise<{ file: Blob; count: number } | null> {
  const parts: Blob[] = form === "csv" ? [new Blob([`${csvLine(columns)}\r\n`])] : [];
  let count = 0;
  for (let cursor: string | null = null; ; ) {
    const page: AuditPage = await readPage(cursor);
    if (signal.aborted) return null;
    parts.push(new Blob([page.entries.map((entry) => lineOf(form, entry)).join("")]));
    count += page.entries.length;
    onCount(count);
    cursor = page.nextCursor;
    if (cursor === null) return { file: new Blob(parts, { type: `${types[form]};charset=utf-8` }), count };
  }
}

function lineOf(form: ExportForm, { atMs, ...entry }: AuditEntry): string {
  const row = { ...entry, at: new Date(atMs).toISOString() };
  if (form === "jsonl") return `${JSON.stringify(row)}\n`;
  const jsonOf = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));
  return `${csvLine([
    ...[row.seq, row.at, row.actor, row.action, row.objectKind, row.objectId, row.reason],
    ...[jsonOf(row.before), jsonOf(row.after)],
  ])}\r\n`;
}
