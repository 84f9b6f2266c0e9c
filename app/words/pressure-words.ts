import { formatCount } from "#components/domain/format-count.ts";
import { formatAge, formatDuration } from "#components/domain/format-duration.ts";
import type { AdmissionCause } from "#core/pressure/admit.ts";
import type { PressureLevel } from "#core/pressure/pressure-level.ts";
import type { StorageFinding, StorageLimit } from "#core/pressure/storage-guard.ts";
import { sayBytes } from "#core/say-bytes.ts";
import { sayDuration } from "#core/say-duration.ts";

const causes = {
  storage: "storage at its limit",
  "predicted-wait": "predicted wait",
  depth: "depth",
  oldest: "age of the oldest",
} satisfies Record<AdmissionCause, string>;

const limits = {
  database: "The database",
  wal: "The write-ahead log",
  horizon: "The oldest transaction still needed",
} satisfies Record<StorageLimit, string>;

function amount(limit: StorageLimit, value: number): string {
  return limit === "horizon" ? `${formatCount(value)} transactions old` : sayBytes(value);
}

function finding({ limit, level, value, bound, holder }: StorageFinding): string {
  const who = holder === null ? "" : `, held by ${holder}`;
  const effect = level === "stop" ? "Only critical jobs are accepted." : "Jobs are still accepted.";
  return `${limits[limit]} is ${amount(limit, value)} (bound ${amount(limit, bound)})${who}. ${effect}`;
}

const levels = {
  green: "at ease",
  yellow: "pressed",
  red: "overloaded",
  black: "closed",
} satisfies Record<PressureLevel, string>;

function wait(ms: number | null): string {
  return ms === null ? "unknown" : ms < 1 ? "none" : `≈ ${sayDuration(ms)}`;
}

/** The texts of backpressure. */
export const pressureWords = {
  title: "Pressure",
  note: "predicted wait of a job submitted now; an estimate from what is in line and how fast it ends",
  level: levels,
  levelWhy: {
    green: "within reach of the class's wait budget",
    yellow: "at 0.8 budgets or more: producers are told to slow down",
    red: "at 1.5 budgets or more for 10 s: sheddable definitions are refused",
    black: "the database is at a storage limit: only critical jobs are accepted",
  } satisfies Record<PressureLevel, string>,
  head: { priority: "class", level: "level", wait: "≈ wait / budget" },
  wait,
  nobody: "No dispatcher reckons the pressure: everything is accepted.",
  since: (ms: number) => `for ${formatAge(ms)}`,
  deferred: (forClass: string) =>
    `Bulk jobs and deferrable definitions are kept back while ${forClass} misses its budget,`,
  deferredUntil: "until",
  deferredEnd: "at the latest; bulk keeps its floor.",
  thresholds: "thresholds",
  noThresholds: "none",
  depthMost: "in line at most",
  depthAt: (most: number, now: number | null) =>
    `${formatCount(most)}${now === null ? "" : ` (now ${formatCount(now)})`}`,
  oldestMost: "oldest may wait",
  oldestAt: (mostMs: number, nowMs: number | null) =>
    `${formatDuration(mostMs)}${nowMs === null ? "" : ` (now ${formatAge(nowMs)})`}`,
  beyondThat: "beyond that",
  beyond: { reject: "submits are refused", signal: "producers are told" },
  lastHour: "refused in the last hour",
  noneRefused: "none",
  refused: (count: number, cause: AdmissionCause) => `${formatCount(count)} (${causes[cause]})`,
  signalled: "told to slow down in it",
  edit: "Edit thresholds",
  editTitle: (name: string) => `Thresholds of ${name}`,
  editWhat:
    "From where on this queue refuses new jobs, or tells producers to slow down. What is in line stays.",
  save: "Save thresholds",
  saved: (name: string) => `The thresholds of ${name} are changed`,
  field: {
    depth: "Jobs in line at most",
    depthHint: "Available and held. Empty: any number.",
    depthUnit: "jobs",
    oldest: "Oldest may wait",
    oldestHint: "As in '10 min'. Empty: any time.",
    action: "Beyond that",
    reject: "refuse submits (429 with Retry-After)",
    signal: "accept and tell the producer",
  },
  wrong: {
    depth: "A whole number from 1 to 1,000,000, or nothing.",
    oldest: "A time from 1 s to 7 d, or nothing.",
  },
  effectNone: "Without a bound there are no thresholds: every job is accepted.",
  effectNow: (jobs: number) => `At present ${formatCount(jobs)} jobs are in line, so this would act at once.`,
  effectLater: "At present neither bound is reached.",
  form: {
    yes: "yes",
    sheddable: "Sheddable",
    sheddableHint: "While its class is overloaded, submits may be refused. Nothing accepted is ever dropped.",
    preemptible: "Preemptible",
    preemptibleHint:
      "Its jobs give up their slot at a checkpoint, twice each at most and with no attempt used, when critical or high work is late and no slot is free.",
    deferrable: "Deferrable",
    deferrableHint: "Its jobs may be kept back, 10 min at most, while critical or high miss their budgets.",
  },
  crew: (pool: string | null, definitions: readonly string[]) => {
    const names = `${definitions.slice(0, 3).join(", ")}${definitions.length > 3 ? ` and ${definitions.length - 3} more` : ""}`;
    return `${pool === null ? "HTTP targets" : pool}: ${names}`;
  },
  pressed: (priority: string, level: PressureLevel) => `${priority} ${levels[level]}`,
  waitOf: (waitMs: number | null, budgetMs: number) =>
    `predicted wait ${wait(waitMs)} of a budget of ${formatDuration(budgetMs)}`,
  finding,
  storage: {
    lead: "What can run out in the database. Near a bound it is told on the Board; at the stop bound only critical jobs are accepted, until somebody has made room.",
    noHorizon: "Nobody needs an old transaction now.",
    now: (text: string) => `Now ${text}`,
    unknown: "This database role may not read it.",
    notYet: "Not read yet.",
    database: "Size of the database",
    wal: "Size of the write-ahead log",
    horizon: "Age of the oldest transaction still needed",
    horizonHint:
      "An old transaction, a replication slot or a prepared transaction keeps dead rows from being removed.",
    warnAt: "Warn at",
    stopAt: "Stop at",
    bytesUnit: "GB",
    ageUnit: "million transactions",
    empty: "Empty: never.",
    amount,
  },
} as const;
