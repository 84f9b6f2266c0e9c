import type { z } from "zod";
import { logLimits } from "#core/job/log-limits.ts";
import { keepLogLines } from "#server/operations/attempts/keep-log-lines.ts";
import { measureLog } from "#server/store/logs/measure-log.ts";
import type { HttpContext } from "../route.ts";
import { type AttemptCall, lost } from "./settle-attempt.ts";
import type { logsSchema } from "./worker-schemas.ts";

type Lines = z.output<typeof logsSchema>["lines"];

/**
 * Keep lines of an attempt's log; how many were taken. Whoever holds the attempt's token may, also shortly after it has
 * ended. Throws `not_found` and `lease_lost` for a token that never held it.
 */
export async function keepLogs(context: HttpContext, call: AttemptCall, lines: Lines): Promise<number> {
  const { engine, tokens } = context;
  const { jobId, attempt, token } = call;
  if ((await tokens.read(token, jobId, attempt)) === null) throw await lost(context, { jobId, attempt });
  const rows = lines.map(({ facts, ...line }) => ({
    ...line,
    jobId,
    attempt,
    facts: facts === undefined ? null : JSON.stringify(facts),
  }));
  let { bytes } = await measureLog(engine.counters, { jobId, number: attempt });
  const taken = rows.filter(({ message, facts }) => {
    const before = bytes;
    bytes += Math.min(message.length, logLimits.lineBytes) + (facts?.length ?? 0);
    return before < logLimits.bytes;
  });
  await keepLogLines(engine, taken);
  return taken.length;
}
