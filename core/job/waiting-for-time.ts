import { sayDuration } from "../say-duration.ts";
import type { KeyHold, WaitingFacts } from "./waiting-facts.ts";
import type { UnmetCondition } from "./waiting-reasons.ts";

/** A row of its own holds it: others with its key go before it. */
export function setAside({ job, queue }: WaitingFacts): UnmetCondition[] {
  const { hold } = job;
  if (hold === null) return [];
  const { untilMs } = hold;
  if (hold.reason !== "concurrency-key")
    return [
      {
        kind: hold.reason === "ordering-key" ? "ordering-key" : "due-later",
        text:
          hold.reason === "ordering-key"
            ? "a job before it in its ordering key has not ended"
            : `held: ${hold.reason}`,
        untilMs,
        ref: null,
        action: null,
      },
    ];
  return [
    {
      kind: "concurrency-key",
      text: sayKey(hold.key, queue),
      untilMs,
      ref: { kind: "queue", id: queue.name },
      action: "raise-cap",
    },
  ];
}

/** Who is before it, as far as it is known. */
function sayKey(key: KeyHold | undefined, { name, maxRunningPerKey: most }: WaitingFacts["queue"]): string {
  const cap = most === null ? "" : `: queue ${name} lets ${most} of a key at once`;
  if (key === undefined) return `other jobs of its concurrency key go first${cap}`;
  const { admitted, ahead, exact, fair } = key;
  const turns = fair ? `; queue ${name} takes its keys by turns` : "";
  const others = ahead === 1 ? "1 job of it is" : `${exact ? ahead : `more than ${ahead}`} jobs of it are`;
  return `${admitted} of key ${key.key} ${admitted === 1 ? "runs or is" : "run or are"} in line${cap}; ${
    ahead === 0 ? "it is the next of the key" : `${others} ahead`
  }${turns}`;
}

/** It is not due, or the dispatcher has yet to put it in line: a claim sees only what is. */
export function notDue({ job, nowMs }: WaitingFacts): UnmetCondition[] {
  if (job.state !== "scheduled" && job.state !== "retryable") return [];
  const wait = job.runAtMs > nowMs ? sayDuration(job.runAtMs - nowMs) : null;
  const common = { untilMs: wait === null ? null : job.runAtMs, action: "run-now" } as const;
  if (job.deferrals > 0) return [{ ...common, ...budgetSpent(job, wait) }];
  if (job.state === "scheduled" && job.failures === 0)
    return [
      {
        ...common,
        kind: "due-later",
        text: wait === null ? "due; the dispatcher has yet to put it in line" : `due in ${wait}, not before`,
        ref: null,
      },
    ];
  const after = job.failures > 0 ? ` after failure ${job.failures}` : "";
  return [
    {
      ...common,
      kind: "backoff",
      text:
        wait === null
          ? `its backoff${after} is over; the dispatcher has yet to put it in line`
          : `backing off${after}: next attempt in ${wait}`,
      ref: null,
    },
  ];
}

function budgetSpent(
  { deferrals, budget }: WaitingFacts["job"],
  wait: string | null,
): Pick<UnmetCondition, "kind" | "text" | "ref"> {
  const whose = budget === null ? "the retry budget" : `the retry budget of ${budget.name}`;
  const times = deferrals === 1 ? "once" : `${deferrals} times`;
  return {
    kind: "budget-spent",
    text: `put off ${times} by ${whose}, without using an attempt: it asks again ${wait === null ? "now" : `in ${wait}`}`,
    ref: budget && { kind: budget.kind, id: budget.name },
  };
}
