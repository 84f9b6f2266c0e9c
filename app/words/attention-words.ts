import { formatCount } from "#components/domain/format-count.ts";
import { formatAge, formatDuration } from "#components/domain/format-duration.ts";
import { formatClockShort } from "#components/domain/format-instant.ts";
import type { HeldBreaker } from "#core/attention/find-held-breakers.ts";
import { failureWords } from "./failure-words.ts";
import { sayJobs } from "./say-jobs.ts";

/** How a breaker that holds jobs stands: by its policy, or by an operator's word and until when. */
export function sayBreaker({
  state,
  forced,
  untilMs,
}: Pick<HeldBreaker, "state" | "forced" | "untilMs">): string {
  if (forced !== "open") return state;
  return untilMs === null ? "forced open" : `forced open until ${formatClockShort(untilMs)}`;
}

/** The texts of what needs a person on the Board. */
export const attentionWords = {
  title: "Needs you",
  note: (clock: string) => `as of ${clock}`,
  failing: (what: string, quiet: boolean) => `${what} ${quiet ? "failed" : "fails"}`,
  quiet: (ageMs: number) => `quiet for ${formatAge(ageMs)}`,
  breaker: (breaker: HeldBreaker) => `the breaker of ${breaker.dependency} is ${sayBreaker(breaker)}`,
  held: (jobs: number) => (jobs === 0 ? "nothing waits for it" : `${sayJobs(jobs)} held, attempts untouched`),
  whose: (origin: string) => failureWords.origins[origin] ?? origin,
  since: (clock: string, ageMs: number) => `since ${clock} (${formatAge(ageMs)})`,
  cost: (attempts: number, deaths: number) =>
    `${formatCount(attempts)} ${attempts === 1 ? "attempt" : "attempts"} failed, ${deaths === 0 ? "no job given up" : `${sayJobs(deaths)} given up`}`,
  costWhy: "since it began, counted to the second by the dispatcher",
  inQueues: (names: readonly string[]) =>
    names.length === 0
      ? ""
      : `in ${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`,
  moreWays: (count: number) => (count === 1 ? "1 more kind of failure" : `${count} more kinds of failure`),
  stuck: "stuck",
  stuckFor: (heldMs: number) => `held for ${formatAge(heldMs)}`,
  usual: (usualMs: number) => `99 of 100 take under ${formatDuration(usualMs)}`,
  usualUnknown: "too few runs to know what is usual",
  progress: (share: number | null) =>
    share === null ? "no progress reported" : `last reported ${Math.round(share * 100)} %`,
  moreStuck: "There are more: the Jobs page lists all that run, the longest first by their age.",
  acts: "Lately changed",
  actsNote: "by people, tokens and Signalbox itself",
  actsNone: "Nobody has changed anything yet.",
  allActs: "All of them",
} as const;
