import { z } from "zod";
import type { Setting } from "../settings/setting.ts";

/** What can run out in the database. */
export const storageLimits = ["database", "wal", "horizon"] as const;
export type StorageLimit = (typeof storageLimits)[number];

/** What was read of the database; null for what its role may not read. */
export interface StorageFacts {
  /** Size of the database, bytes. */
  databaseBytes: number | null;
  /** Size of the write-ahead log on disk, bytes. */
  walBytes: number | null;
  /** Age of the oldest transaction id that somebody still needs: no dead row younger than it can be removed. */
  horizonAge: number | null;
  /** Who needs it: a session, a replication slot, a prepared transaction; null when nobody does. */
  horizonHolder: string | null;
}

/** From where on to warn, and from where on to take critical jobs only; null for never. Bytes, and transactions. */
export type StorageGuards = Record<StorageLimit, { warnAt: number | null; stopAt: number | null }>;

/** A limit that is near or passed. */
export interface StorageFinding {
  limit: StorageLimit;
  level: "warn" | "stop";
  value: number;
  /** The bound that it is over. */
  bound: number;
  /** Since when, ms. */
  sinceMs: number;
  holder: string | null;
}

/** How the database stands: `stop` is the level black for all classes. */
export interface StorageVerdict {
  level: "ok" | "warn" | "stop";
  findings: StorageFinding[];
  /** What was read; null while nobody has looked. */
  facts: StorageFacts | null;
}

/** What is over a bound counts as under it again only this far below. */
const easeShare = 0.95;
const gigabyte = 1e9;

const bytes = z
  .number("is a number of bytes, or empty")
  .int()
  .min(1_000_000, "is at least 1 MB")
  .max(1e15, "is at most 1,000 TB");
const age = z
  .number("is a number of transactions, or empty")
  .int()
  .min(10_000, "is at least 10,000")
  .max(1.9e9, "is at most 1,900,000,000: Postgres itself stops soon after");

function bounds(value: z.ZodNumber) {
  return z
    .strictObject({ warnAt: value.nullable(), stopAt: value.nullable() })
    .refine(({ warnAt, stopAt }) => warnAt === null || stopAt === null || warnAt < stopAt, {
      message: "must warn before it stops: give a smaller bound to warn at",
      path: ["warnAt"],
    });
}

/**
 * The guards as they are set. Standard: the sizes are not guarded, since only an operator knows the disk; the log
 * warns at 16 GB; the horizon warns at 5 million transactions and stops at 200 million, where Postgres itself begins
 * to vacuum by force.
 */
export const storageGuardSetting: Setting<StorageGuards> = {
  key: "storageGuards",
  name: "the storage guards",
  schema: z.strictObject({ database: bounds(bytes), wal: bounds(bytes), horizon: bounds(age) }),
  standard: {
    database: { warnAt: null, stopAt: null },
    wal: { warnAt: 16 * gigabyte, stopAt: null },
    horizon: { warnAt: 5_000_000, stopAt: 200_000_000 },
  },
};

/** Judge what was read. A bound that was passed before is left only 5 % below it. */
export function judgeStorage(
  facts: StorageFacts,
  guards: StorageGuards,
  before: readonly StorageFinding[],
  nowMs: number,
): StorageVerdict {
  const values: Record<StorageLimit, number | null> = {
    database: facts.databaseBytes,
    wal: facts.walBytes,
    horizon: facts.horizonAge,
  };
  const findings = storageLimits.flatMap((limit): StorageFinding[] => {
    const value = values[limit];
    const known = before.find((finding) => finding.limit === limit);
    if (value === null) return [];
    const { warnAt, stopAt } = guards[limit];
    const stops = isOver(value, stopAt, known?.level === "stop");
    if (!stops && !isOver(value, warnAt, known !== undefined)) return [];
    const level = stops ? "stop" : "warn";
    const bound = (stops ? stopAt : warnAt) ?? 0;
    const sinceMs = known?.level === level ? known.sinceMs : nowMs;
    const holder = limit === "horizon" ? facts.horizonHolder : null;
    return [{ limit, level, value, bound, sinceMs, holder }];
  });
  const stops = findings.some((finding) => finding.level === "stop");
  return { level: stops ? "stop" : findings.length > 0 ? "warn" : "ok", findings, facts };
}

function isOver(value: number, bound: number | null, wasOver: boolean): boolean {
  return bound !== null && value >= (wasOver ? bound * easeShare : bound);
}
