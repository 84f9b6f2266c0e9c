import { cutText } from "#core/definition/cut-text.ts";
import { logLimits } from "#core/job/log-limits.ts";
import type { Redactor } from "#core/redaction/redactor.ts";
import { insertLogLines, type LogRow } from "#server/store/logs/insert-log-lines.ts";
import type { Engine } from "../engine.ts";

/**
 * Keep lines that handlers logged, without their secrets and each cut to 8 KiB. A line of a number that is there
 * already is left as it is, so a batch may be sent again. Not durable at once: a crash of the database within the
 * last fraction of a second may cost lines, never a job.
 */
export async function keepLogLines(engine: Engine, lines: readonly LogRow[]): Promise<void> {
  if (lines.length === 0) return;
  const { redactor } = engine.catalog.current;
  await insertLogLines(
    engine.counters,
    lines.map((line) => cleanLine(line, redactor)),
  );
}

function cleanLine(line: LogRow, redactor: Redactor): LogRow {
  const message = cutText(redactor.text(line.message), logLimits.lineBytes);
  const facts = line.facts === null ? null : redactor.facts(line.facts);
  const fits = facts !== null && Buffer.byteLength(facts) <= logLimits.lineBytes;
  return { ...line, message, facts: fits ? facts : null };
}
