import { describe, expect, test } from "vitest";
import { SignalboxError } from "#core/error.ts";
import { type Log, silentLog } from "#server/system/log.ts";
import type { ProducerTick } from "./plan-jobs.ts";
import type { PlannedJob } from "./planned-job.ts";
import { runProducer } from "./run-producer.ts";

const job = (correlationId: string): PlannedJob => ({
  job: "hash-document",
  input: {},
  tags: [],
  correlationId,
});
const tick = (elapsedMs: number, ...names: string[]): ProducerTick => ({
  elapsedMs,
  jobs: names.map(job),
  burst: false,
});

/** Runs a plan on a clock that jumps to the end of each wait; `submit` sees the job and the time. */
async function run(
  plan: Iterable<ProducerTick>,
  submit: (name: string, nowMs: number) => { deduplicated: boolean },
  more: { log?: Log; stop?: AbortController } = {},
) {
  const { log = silentLog, stop = new AbortController() } = more;
  let nowMs = 1_000_000;
  const startMs = nowMs;
  const seen: [string, number][] = [];
  const counts = await runProducer({
    plan,
    log,
    signal: stop.signal,
    nowMs: () => nowMs,
    wait: async (ms) => {
      nowMs += Math.max(0, ms);
    },
    submit: async ({ correlationId }) => {
      const answer = submit(correlationId, nowMs - startMs);
      seen.push([correlationId, nowMs - startMs]);
      return answer;
    },
  });
  return { counts, seen };
}
const made = () => ({ deduplicated: false });

describe("the producer", () => {
  test("submits every job at its time and counts what was there already", async () => {
    const { counts, seen } = await run([tick(0, "a"), tick(250, "b", "c"), tick(500, "d")], (name) => ({
      deduplicated: name === "c",
    }));
    expect(seen).toEqual([
      ["a", 0],
      ["b", 250],
      ["c", 250],
      ["d", 500],
    ]);
    expect(counts).toEqual({ submitted: 3, deduplicated: 1, refused: 0, stopped: 0 });
  });

  test("while the database is away it tries again with growing pauses, loses nothing, and makes up no lost time", async () => {
    const tries: number[] = [];
    const { counts, seen } = await run([tick(0, "a"), tick(250, "b"), tick(500, "c")], (name, nowMs) => {
      if (name !== "a") return made();
      tries.push(nowMs);
      if (nowMs < 20_000) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
      return made();
    });
    expect(tries).toEqual([0, 250, 750, 1_750, 3_750, 7_750, 12_750, 17_750, 22_750]);
    expect(seen).toEqual([
      ["a", 22_750],
      ["b", 23_000],
      ["c", 23_250],
    ]);
    expect(counts.submitted).toBe(3);
  });

  test("a definition that no worker has registered yet is waited for", async () => {
    const { counts } = await run([tick(0, "a")], (_, nowMs) => {
      if (nowMs < 3_000) throw new SignalboxError("unknown_definition", "no such definition");
      return made();
    });
    expect(counts.submitted).toBe(1);
  });

  test("a 429 is heeded: the next try comes no sooner than it asks", async () => {
    const tries: number[] = [];
    await run([tick(0, "a")], (_, nowMs) => {
      tries.push(nowMs);
      if (tries.length === 1)
        throw new SignalboxError("too_many_requests", "slow down", { retryAfterMs: 9_000 });
      return made();
    });
    expect(tries).toEqual([0, 9_000]);
  });

  test("a job that is refused for good is said and left out, and the rest goes on", async () => {
    const said: string[] = [];
    const log: Log = { ...silentLog, error: (_, message) => said.push(message) };
    const { counts, seen } = await run(
      [tick(0, "bad", "good")],
      (name) => {
        if (name === "bad") throw new SignalboxError("validation", "wrong payload");
        return made();
      },
      { log },
    );
    expect(counts).toEqual({ submitted: 1, deduplicated: 0, refused: 1, stopped: 0 });
    expect(seen.map(([name]) => name)).toEqual(["good"]);
    expect(said).toEqual(["a hash-document job was refused and is left out"]);
  });

  test("it stops in the middle of an endless plan, and in the middle of retries", async () => {
    function* endless() {
      for (let elapsedMs = 0; ; elapsedMs += 250) yield tick(elapsedMs, `job-${elapsedMs}`);
    }
    const stop = new AbortController();
    const { counts } = await run(
      endless(),
      (_, nowMs) => {
        if (nowMs < 1_000) return made();
        stop.abort();
        throw new Error("the database is away");
      },
      { stop },
    );
    expect(counts).toEqual({ submitted: 4, deduplicated: 0, refused: 0, stopped: 1 });
  });
});
