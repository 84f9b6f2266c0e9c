import { formatExactCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { formatClock } from "#components/domain/format-instant.ts";

/** What an automatic act is called, to be followed by its object. A kind without a word gets its own. */
const kinds: Readonly<Record<string, string>> = {
  "breaker-opened": "opened the breaker of",
  "breaker-half-open": "probes",
  "breaker-ramp-started": "lets jobs through again to",
  "breaker-closed": "closed the breaker of",
  "breaker-force-ended": "lets the policy decide again about",
  "rate-lowered": "lowered the rate of",
  "rate-lifted": "lifted the rate of",
  "backoff-stretched": "stretched retry delays of",
  "backoff-relaxed": "shortened retry delays of",
  "retries-deferred": "put off retries of",
  "pressure-rose": "saw pressure rise on",
  "pressure-fell": "saw pressure fall on",
  "work-deferred": "deferred low classes of",
  "deferral-ended": "ended the deferral of",
  "workers-wanted": "wants another number of workers of",
  "storage-guard": "guards the storage of",
  "concurrency-adapted": "changed the concurrency of",
  "worker-ejected": "ejected",
  "worker-probed": "probes",
  "worker-returned": "gave jobs again to",
  "job-preempted": "preempted",
  "jobs-raised": "raised the class of jobs of",
  "fallback-diverted": "let the fallback run jobs of",
  "fallback-answered": "answered from the cache jobs of",
  "alert-retry": "retried jobs of",
  "alert-escalate": "escalated an alert of",
  "alert-reprioritise": "changed the class of jobs of",
};

/** The texts of the automation feed: its page, and the parts of it on the pages of objects. */
export const automationWords = {
  title: "Automation",
  what: "Everything Signalbox did by itself, with the figures it decided by. What can be taken back has its button.",
  list: "Automatic acts, newest first",
  trail: "What Signalbox did",
  trailNone: "Nothing was done by itself.",
  trailMore: "All of it",
  kinds,
  kind: "Act",
  objectKind: "Object",
  since: "When",
  times: { "1h": "last hour", "24h": "last 24 hours", "7d": "last 7 days", "30d": "last 30 days" },
  objectKinds: ["dependency", "definition", "queue", "pool", "worker", "job", "storage"],
  remove: (what: string) => `Remove the filter ${what}`,
  clear: "Clear filters",
  onlyKind: (kind: string) => `Only acts of the kind ${kind}`,
  head: { when: "when", what: "what", why: "why", undo: "take back" },
  undoneBy: "taken back by",
  undoTitle: (label: string, object: string) => `${label}: ${object}`,
  undoWhat: {
    "dependency.force-closed":
      "Jobs that need it start again at once, whatever fails, until somebody lets the policy decide. The cause stands below.",
    "fallback.bring-back":
      "Jobs that still wait for the fallback, in line or for a retry, wait for the dependency again, and no more are diverted while this lasts. What has begun there goes on. The cause stands below.",
    "jobs.lower":
      "Those that still wait, a hundred at most, get the class back which they had. The cause stands below.",
    "worker.return": "It gets jobs like any other again. The cause stands below.",
  } as Readonly<Record<string, string>>,
  undoOther: "Takes the act back. The cause stands below.",
  undone: (object: string) => `Taken back: ${object}`,
  older: "Older",
  newest: "Newest",
  lookFurther: "Look further back",
  none: "Signalbox has done nothing by itself yet",
  noneTeach:
    "When a breaker opens, a rate is lowered, retries are put off or a worker's concurrency changes, it stands here: why, with the figures, and how to take it back.",
  noneMatch: "No act fits the filters",
  noneMatchTeach: "What is not here was not done under these filters.",
  partly: "Nothing in the part that was looked at",
  partlyTeach: "The filters need acts to be read one by one, some 10,000 at a time.",
} as const;

/** 'opened the breaker of': what was done, to be followed by its object. */
export function sayAutomation(kind: string): string {
  return kinds[kind] ?? `${kind.replaceAll("-", " ")}:`;
}

/** 'opened the breaker': the same where no object follows. */
export function sayAutomationAlone(kind: string): string {
  return sayAutomation(kind)
    .replace(/ (of|to|on)$/, "")
    .replace(/:$/, "");
}

/** The cause of an automatic act as a sentence, however it was written down. */
export function sayCause(cause: string): string {
  return `${cause.charAt(0).toUpperCase()}${cause.slice(1)}${cause.endsWith(".") ? "" : "."}`;
}

/** What it was before what it became; else as written down. */
export function orderFigures(keys: readonly string[]): string[] {
  const place = (key: string) => (key.startsWith("from") ? 0 : key.startsWith("to") ? 1 : 2);
  return [...keys].sort((a, b) => place(a) - place(b));
}

/** From here on, ms, a figure is no span but an instant: the year 2001. */
const instantsFromMs = 1e12;

/** 'in a row 5', 'calls 50': a figure behind an act, its key spelled out; times and shares in their units. */
export function sayFigure(key: string, value: number | string): { name: string; value: string } {
  const name = key
    .replace(/(Ms|PerSecond)$/, "")
    .replace(/([A-Z])/g, " $1")
    .toLowerCase();
  if (typeof value === "string") return { name, value };
  const rounded = Number(value.toPrecision(3));
  if (key.endsWith("Ms") && value >= instantsFromMs) return { name, value: formatClock(value) };
  if (key.endsWith("Ms")) return { name, value: formatDuration(value) };
  if (key.endsWith("PerSecond")) return { name, value: `${rounded}/s` };
  return { name, value: Number.isInteger(value) ? formatExactCount(value) : String(rounded) };
}
