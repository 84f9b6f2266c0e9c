import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { silentLog } from "#server/system/log.ts";
import { defineJob } from "../define-job.ts";
import { AttemptAborted } from "../errors.ts";
import { FakeTransport, fakeJob } from "../testing/fake-transport.ts";
import type { TransportJob } from "../transports/transport.ts";
import { type AnyJob, runAttempt } from "./run-attempt.ts";
import { RunningAttempt } from "./running-attempt.ts";

class SetClock extends FakeTransport {
  now = 0;
  override nowMs(): number {
    return this.now;
  }
}

function attemptOf(more: Partial<TransportJob> = {}) {
  const transport = new SetClock();
  return { transport, attempt: new RunningAttempt(fakeJob(more), transport, silentLog, 0) };
}

describe("the signal of an attempt", () => {
  it("aborts with the reason, whether it was looked at before or after", () => {
    const reason = new AttemptAborted("cancelled", "stop");
    const early = attemptOf().attempt;
    const seen = early.signal;
    early.abort(reason);
    expect(seen.reason).toBe(reason);
    const late = attemptOf().attempt;
    late.abort(reason);
    expect(late.signal.aborted).toBe(true);
    expect(late.signal.reason).toBe(reason);
  });

  it("keeps the first reason", () => {
    const { attempt } = attemptOf();
    attempt.abort(new AttemptAborted("timeout", "first"));
    attempt.abort(new AttemptAborted("cancelled", "second"));
    expect(attempt.signal.reason).toMatchObject({ kind: "timeout", message: "first" });
  });
});

describe("the limits of an attempt", () => {
  it("tell it to stop at its limit, and give it up 200 ms later", () => {
    const { attempt } = attemptOf({ attemptMs: 1_000 });
    expect(attempt.enforceLimits(999)).toBeNull();
    expect(attempt.aborted).toBeNull();
    expect(attempt.enforceLimits(1_000)).toBeNull();
    expect(attempt.aborted).toMatchObject({ kind: "timeout" });
    expect(attempt.enforceLimits(1_199)).toBeNull();
    expect(attempt.enforceLimits(1_200)).toMatchObject({ kind: "timeout" });
  });

  it("give up a handler that was told to stop for another reason and goes on past its limit", () => {
    const { attempt } = attemptOf({ attemptMs: 1_000 });
    attempt.abort(new AttemptAborted("cancelled", "stop"));
    expect(attempt.enforceLimits(1_100)).toBeNull();
    expect(attempt.enforceLimits(1_200)).toMatchObject({ kind: "timeout" });
    expect(attempt.aborted).toMatchObject({ kind: "cancelled" });
  });

  it("take progress and checkpoints for signs of life, and silence for its end", async () => {
    const { attempt, transport } = attemptOf({ heartbeatMs: 100 });
    transport.now = 90;
    attempt.progress(0.5);
    expect(attempt.enforceLimits(190)).toBeNull();
    transport.now = 180;
    await attempt.checkpoint({ at: 1 });
    expect(attempt.enforceLimits(280)).toBeNull();
    expect(attempt.aborted).toBeNull();
    attempt.enforceLimits(281);
    expect(attempt.aborted).toMatchObject({ kind: "heartbeat-timeout" });
  });

  it("do not let a silent handler talk itself out of its end", () => {
    const { attempt, transport } = attemptOf({ heartbeatMs: 100 });
    attempt.enforceLimits(101);
    transport.now = 290;
    attempt.progress();
    expect(attempt.enforceLimits(300)).toBeNull();
    expect(attempt.enforceLimits(301)).toMatchObject({ kind: "heartbeat-timeout" });
  });
});

describe("progress", () => {
  it("is a share between 0 and 1 whatever the handler says", () => {
    const { attempt } = attemptOf();
    fc.assert(
      fc.property(fc.double(), (share) => {
        attempt.progress(share);
        const kept = attempt.progressShare;
        expect(kept === null || (kept >= 0 && kept <= 1)).toBe(true);
      }),
    );
  });
});

describe("a checkpoint", () => {
  it("is saved as JSON, and refused by name when JSON cannot carry it", async () => {
    const { attempt, transport } = attemptOf();
    await attempt.checkpoint({ row: 7 });
    await attempt.checkpoint(undefined);
    expect(transport.checkpoints).toEqual(['{"row":7}', "null"]);
    await expect(attempt.checkpoint({ rows: new Map() })).rejects.toThrow("/rows");
    await expect(attempt.checkpoint(1, { artifacts: 10n })).rejects.toThrow("artifacts");
  });

  it("rejects when the lease is lost or the attempt is over", async () => {
    const { attempt, transport } = attemptOf();
    transport.checkpointAnswer = false;
    await expect(attempt.checkpoint(1)).rejects.toMatchObject({ kind: "lease-lost" });
    attempt.over = true;
    await expect(attempt.checkpoint(2)).rejects.toMatchObject({ kind: "lease-lost" });
    expect(transport.checkpoints).toEqual(["1"]);
  });

  it("is where an attempt that is to give way stops, once it is saved; without one it runs to its end", async () => {
    const { attempt, transport } = attemptOf();
    attempt.giveWay();
    expect(attempt.signal.aborted).toBe(false);
    await expect(attempt.checkpoint({ row: 8 })).rejects.toMatchObject({ kind: "preempted" });
    expect(transport.checkpoints).toEqual(['{"row":8}']);
    expect(attempt.signal.aborted).toBe(true);
  });

  it("makes the run of an attempt that gave way end as preempted, whatever its handler does with the error", async () => {
    const { attempt } = attemptOf({ payload: "{}" });
    const job = defineJob({
      name: "long",
      queue: "q",
      input: z.object({}),
      handler: async (_input, context) => {
        try {
          await context.checkpoint(1);
        } catch (error) {
          throw new Error("cleaned up", { cause: error });
        }
      },
    });
    attempt.giveWay();
    expect(await runAttempt(attempt, job as unknown as AnyJob)).toEqual({ kind: "preempted" });
  });
});
