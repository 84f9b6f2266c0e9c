import {
  type StorageFacts,
  type StorageFinding,
  type StorageLimit,
  type StorageVerdict,
  storageLimits,
} from "../pressure/storage-guard.ts";
import { sayBytes } from "../say-bytes.ts";
import type { AlertEvidence, Finding } from "./alert.ts";
import { sayCount } from "./say-count.ts";

/** As the alert names what is near its end: a person silences by this name too. */
const names: Record<StorageLimit, string> = {
  database: "database size",
  wal: "write-ahead log",
  horizon: "vacuum horizon",
};

/** What the database runs out of, as the storage guard judged it: one alert for each of its three limits. */
export function findStorageAlerts({ findings, facts }: StorageVerdict): Finding[] {
  return findings.map((finding): Finding => {
    const { limit, level, value, bound, sinceMs, holder } = finding;
    const stops = level === "stop";
    return {
      key: `storage:${limit}`,
      kind: "storage",
      // The guard has its own hysteresis: what it lets go of is over.
      level: Math.max(1, value / bound),
      severity: stops ? "critical" : "warning",
      objectKind: "system",
      objectId: names[limit],
      sinceMs,
      jobIds: [],
      evidence: [
        measured(limit, "now", value),
        measured(limit, stops ? "bound to stop at" : "bound to warn at", bound),
        ...(holder === null ? [] : [{ label: "held by", value: holder, unit: "text" } as const]),
        { label: "submits", value: stops ? "only critical jobs are accepted" : "accepted", unit: "text" },
      ],
      cause: `${causeOf(finding)}${stops ? ": only critical jobs are accepted" : ""}.`,
      ruledOut: [
        ...storageLimits.flatMap((other) => ruledOut(other, findings, facts)),
        "No job that was accepted is lost, and what is in line runs.",
      ],
      whatToDo: [
        ...whatToDo(finding),
        `If there is room after all, raise the bound under Settings, Storage: it acts within 10 s${stops ? ", and submits are accepted again" : ""}.`,
      ],
      containment: null,
      runbook: `storage#${limit}`,
    };
  });
}

function measured(limit: StorageLimit, label: string, value: number): AlertEvidence {
  return { label, value, unit: limit === "horizon" ? "count" : "bytes" };
}

function say(limit: StorageLimit, value: number): string {
  return limit === "horizon" ? sayCount(value, "transaction") : sayBytes(value);
}

function causeOf({ limit, value, bound, holder }: StorageFinding): string {
  const over = `beyond its bound of ${say(limit, bound)}`;
  switch (limit) {
    case "database":
      return `The database takes ${say(limit, value)}, ${over}`;
    case "wal":
      return `The write-ahead log takes ${say(limit, value)}, ${over}`;
    case "horizon":
      return `No dead row of the last ${say(limit, value)} can be removed, ${over}: ${holder ?? "somebody"} still needs what they replaced`;
  }
}

/** What is read and not over a bound; of what is not read or not guarded nothing can be ruled out. */
function ruledOut(
  limit: StorageLimit,
  findings: readonly StorageFinding[],
  facts: StorageFacts | null,
): string[] {
  const value = { database: facts?.databaseBytes, wal: facts?.walBytes, horizon: facts?.horizonAge }[limit];
  if (value === null || value === undefined || findings.some((finding) => finding.limit === limit)) return [];
  switch (limit) {
    case "database":
      return [`The database itself, at ${say(limit, value)}, is not over a bound.`];
    case "wal":
      return [`The write-ahead log, at ${say(limit, value)}, is not over a bound.`];
    case "horizon":
      return [`Dead rows can be removed: the oldest transaction still needed is ${say(limit, value)} old.`];
  }
}

function whatToDo({ limit, holder }: StorageFinding): string[] {
  switch (limit) {
    case "database":
      return [
        "Keep less: shorten the retention under Settings, Retention. Whole days are dropped, and their room is free at once.",
        "Give the disk more room.",
        "Look for what else lives in this database: Signalbox counts all of it.",
      ];
    case "wal":
      return [
        "Look for a replication slot that nobody reads: select slot_name, active from pg_replication_slots.",
        "Look whether archiving fails: select last_failed_wal, last_failed_time from pg_stat_archiver.",
      ];
    case "horizon":
      return [
        holder === null
          ? "Look who holds an old transaction open: select pid, xact_start from pg_stat_activity order by xact_start."
          : endHolder(holder),
        "Find out why it was left open: a session that is idle in a transaction, a backup, a standby that fell behind.",
      ];
  }
}

/** How what holds the horizon is ended; see read-storage-facts.ts for the three forms of a holder. */
function endHolder(holder: string): string {
  const pid = /^session (\d+)/.exec(holder)?.[1];
  if (pid !== undefined)
    return `End the ${holder}, once it is known what it does: select pg_terminate_backend(${pid}).`;
  if (holder.startsWith("replication slot"))
    return `Let the reader of ${holder} catch up, or drop the slot when the reader is gone for good.`;
  return `Commit or roll back the ${holder}.`;
}
