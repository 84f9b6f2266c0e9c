import { sayDuration } from "#core/say-duration.ts";
import type { Queryable } from "#db/client.ts";
import { readUpkeep } from "#server/store/doctor/read-upkeep.ts";
import { type Finding, judge } from "./finding.ts";
import { formatCount } from "./format-count.ts";

/** The dispatcher acts within a second or so; what is later than this is left undone, ms. */
const graceMs = 5_000;
const longTransactionMs = 300_000;
const oldSnapshot = 5_000_000;

/** Whether somebody does the upkeep: leases, due jobs, partitions, duties, workers, cleaning. `work`: jobs not ended. */
export async function checkUpkeep(
  db: Queryable,
  work: { waiting: number; ready: number; running: number },
): Promise<Finding[]> {
  const facts = await readUpkeep(db, graceMs);
  const hasWork = work.waiting + work.running > 0;
  const startDispatcher = "start signalbox dispatcher, or look into its log";
  const sample =
    facts.lastSampleAgeMs === null
      ? "never counted the depth"
      : `counted the depth ${sayDuration(Math.max(0, Math.round(facts.lastSampleAgeMs)))} ago`;
  const oldestMs = facts.oldestTransactionMs ?? 0;
  return [
    judge(
      "dispatcher",
      facts.dispatcherAlive,
      facts.dispatcherAlive ? `alive, ${sample}` : `none is alive, ${sample}`,
      {
        status: hasWork ? "broken" : "warning",
        fix: "start signalbox dispatcher (or signalbox up)",
      },
    ),
    judge(
      "leases",
      facts.overdueLeases === 0,
      facts.overdueLeases === 0
        ? "none has run out without being taken back"
        : `${atLeast(facts.overdueLeases)} ran out over 5 s ago and were not taken back`,
      { status: "broken", fix: startDispatcher },
    ),
    judge(
      "due jobs",
      facts.overduePromotions === 0,
      facts.overduePromotions === 0
        ? "all that are due are in line"
        : `${atLeast(facts.overduePromotions)} have been due for over 5 s and are not in line`,
      { status: "broken", fix: startDispatcher },
    ),
    judge(
      "workers",
      facts.workersAlive > 0 || work.ready === 0,
      `${facts.workersAlive} alive with ${formatCount(facts.slotsAlive)} slots, ${formatCount(work.ready)} jobs in line`,
      { status: "warning", fix: "start signalbox worker <module>" },
    ),
    judge("partitions", facts.partitionDays >= 2, `made for ${facts.partitionDays} days from today`, {
      status: facts.partitionDays === 0 ? "broken" : "warning",
      fix: "the dispatcher makes them every ten minutes: start it; signalbox migrate makes them at once",
    }),
    judge(
      "stray rows",
      facts.strayRows === 0,
      facts.strayRows === 0
        ? "none outside the partitions of their day"
        : `${atLeast(facts.strayRows)} in the default partitions`,
      {
        status: "warning",
        fix: "a clock was wrong, or partitions were missing: those rows work but are kept for ever",
      },
    ),
    judge(
      "long transactions",
      oldestMs < longTransactionMs && facts.oldestSnapshotAge < oldSnapshot,
      `oldest ${sayDuration(Math.round(oldestMs))}, oldest snapshot ${formatCount(facts.oldestSnapshotAge)} transactions ago`,
      {
        status: "warning",
        fix: "find it in pg_stat_activity and end it: while it is open, dead rows pile up and claims slow down",
      },
    ),
    judge(
      "dead rows",
      facts.bloated.length === 0,
      facts.bloated.length === 0
        ? "few in the tables of the hot path"
        : facts.bloated
            .map(({ table, live, dead }) => `${table}: ${formatCount(dead)} dead, ${formatCount(live)} live`)
            .join("; "),
      { status: "warning", fix: "see long transactions; then vacuum signalbox.ready, signalbox.leases" },
    ),
  ];
}

function atLeast(count: number): string {
  return count >= 1_000 ? "1,000 or more" : String(count);
}
