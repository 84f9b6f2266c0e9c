import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Loop } from "#server/dispatcher/loop.ts";
import { dispatcherServices } from "#server/dispatcher/services.ts";
import { cancelJob } from "#server/operations/jobs/cancel-job.ts";
import { testEngine } from "#server/operations/testing/test-engine.ts";
import { silentLog } from "#server/system/log.ts";
import { type Rig, type RigOptions, StatusError, transportRigs } from "./testing/transport-rig.ts";

const test = await testEngine();
const { engine } = test;
const rigs = transportRigs(engine, test.url);
const loop = new Loop(dispatcherServices(engine, "1"), silentLog);
beforeAll(() => loop.start());
afterAll(() => loop.stop());

const stateOf = (id: string) =>
  test.value(
    `select case when exists (select from signalbox.completed where id = $1) then 'completed'
       when exists (select from signalbox.dead where id = $1) then 'dead'
       when exists (select from signalbox.cancelled where id = $1) then 'cancelled'
       when exists (select from signalbox.leases where $1 = any(ids) and $1 <> all(fenced)) then 'running'
       when exists (select from signalbox.ready where id = $1) then 'available'
       when exists (select from signalbox.scheduled where id = $1) then 'scheduled' end`,
    [id],
  );
const reaches = (id: string, state: string, withinMs = 8_000) =>
  vi.waitFor(async () => expect(await stateOf(id)).toBe(state), { timeout: withinMs, interval: 25 });
const attempts = (id: string) =>
  test.value(
    "select coalesce(array_agg(outcome order by number), '{}') from signalbox.attempts where job_id = $1",
    [id],
  );
const open = () => {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { gate, release };
};

describe.each(["postgres", "http", "target"] as const)("a worker over %s", (kind) => {
  let count = 0;
  const withRig = async (
    options: Omit<RigOptions, "name">,
    run: (name: string, rig: Rig) => Promise<void>,
  ) => {
    const name = `${kind}-${++count}`;
    const rig = await rigs[kind]({ name, ...options });
    await engine.catalog.check();
    try {
      await run(name, rig);
    } finally {
      await rig.stop();
    }
  };

  it("runs a job with its payload and stores the output", async () => {
    const payload = { text: "grün ✓ \u2028", nested: [1, { deep: null }] };
    await withRig({ handler: (input) => ({ echo: input }) }, async (definition) => {
      const id = await test.submit({ definition, payload });
      await reaches(id, "completed");
      expect(
        JSON.parse(
          (await test.value("select output::text from signalbox.completed where id = $1", [id])) as string,
        ),
      ).toEqual({ echo: payload });
    });
  });

  it("retries a failure and completes, the attempts numbered and the token the same", async () => {
    const seen: { attempt: number; token: string }[] = [];
    const handler: RigOptions["handler"] = (_input, context) => {
      seen.push({ attempt: context.attempt, token: context.idempotencyToken });
      if (context.attempt < 3) throw new StatusError(503);
      return "done";
    };
    await withRig({ handler }, async (definition) => {
      const id = await test.submit({ definition });
      await reaches(id, "completed");
      expect(seen.map((each) => each.attempt)).toEqual([1, 2, 3]);
      expect(new Set(seen.map((each) => each.token)).size).toBe(1);
      expect(await attempts(id)).toEqual(["failed", "failed"]);
      expect(
        await test.value("select distinct failure_class from signalbox.attempts where job_id = $1", [id]),
      ).toBe("dependency-down");
    });
  });

  it("kills at once what the other side refuses for good", async () => {
    await withRig({ handler: () => Promise.reject(new StatusError(422)) }, async (definition) => {
      const id = await test.submit({ definition });
      await reaches(id, "dead");
      expect(await attempts(id)).toEqual(["failed"]);
    });
  });

  it("waits as long as Retry-After says", async () => {
    await withRig(
      { handler: () => Promise.reject(new StatusError(429, { "retry-after": "60" })) },
      async (definition) => {
        const id = await test.submit({ definition });
        await reaches(id, "scheduled");
        const delay = await test.value(
          "select (run_at_ms - signalbox.now_ms())::float8 from signalbox.scheduled where id = $1",
          [id],
        );
        expect(delay).toBeGreaterThan(55_000);
        expect(await test.value("select failure_class from signalbox.attempts where job_id = $1", [id])).toBe(
          "rate-limited",
        );
      },
    );
  });

  it("ends a handler that never returns at its limit, within a second", async () => {
    const never = open();
    const body = {
      timeouts: { attemptMs: 300 },
      retryPolicy: { law: { kind: "constant", delayMs: 60_000 }, jitter: "none", maxAttempts: 3 },
    };
    await withRig({ handler: () => never.gate, body }, async (definition) => {
      const id = await test.submit({ definition });
      await reaches(id, "scheduled");
      expect(await attempts(id)).toEqual(["timed-out"]);
      const ran = await test.value(
        "select (finished_at_ms - started_at_ms)::float8 from signalbox.attempts where job_id = $1",
        [id],
      );
      expect(ran).toBeGreaterThanOrEqual(290);
      expect(ran).toBeLessThan(1_400);
      never.release();
    });
  });

  it("tells a running handler of a cancel through its signal", async () => {
    const started = open();
    const handler: RigOptions["handler"] = (_input, { signal }) => {
      started.release();
      return new Promise((_resolve, reject) => {
        const stop = () => reject(signal.reason ?? new Error("aborted"));
        if (signal.aborted) stop();
        else signal.addEventListener("abort", stop);
      });
    };
    await withRig({ handler }, async (definition) => {
      const id = await test.submit({ definition });
      await started.gate;
      expect(await cancelJob(engine, { jobId: id, reason: "stop it", actor: "operator:ada" })).toEqual({
        state: "running",
      });
      await reaches(id, "cancelled");
      expect(await attempts(id)).toEqual(["cancelled"]);
    });
  });

  it("never runs more handlers at once than its concurrency", async () => {
    let now = 0;
    let most = 0;
    const handler = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
    };
    await withRig({ handler, concurrency: 3 }, async (definition) => {
      const ids = await Promise.all(Array.from({ length: 30 }, () => test.submit({ definition })));
      for (const id of ids) await reaches(id, "completed");
      expect(most).toBeLessThanOrEqual(3);
      expect(most).toBeGreaterThan(0);
    });
  });

  it("loses nothing and repeats nothing of 200 jobs that fail now and then", async () => {
    const done = new Map<string, number>();
    const handler: RigOptions["handler"] = (input, context) => {
      if ((input as { n: number }).n % 7 === 0 && context.attempt === 1) throw new StatusError(503);
      done.set(context.idempotencyToken, (done.get(context.idempotencyToken) ?? 0) + 1);
    };
    await withRig({ handler, concurrency: 10 }, async (definition) => {
      const ids = await Promise.all(
        Array.from({ length: 200 }, (_, n) => test.submit({ definition, payload: { n } })),
      );
      for (const id of ids) await reaches(id, "completed", 15_000);
      expect(done.size).toBe(200);
      expect(new Set(done.values())).toEqual(new Set([1]));
    });
  });

  it("hands a running job back when it stops, with no failure counted", async () => {
    const started = open();
    const never = open();
    const name = `${kind}-stop`;
    const handler: RigOptions["handler"] = (_input, { signal }) => {
      started.release();
      return Promise.race([
        never.gate,
        new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      ]);
    };
    const rig = await rigs[kind]({ name, handler, drainMs: 50 });
    await engine.catalog.check();
    const id = await test.submit({ definition: name });
    await started.gate;
    await rig.stop();
    await reaches(id, "available");
    expect(await attempts(id)).toEqual(["released"]);
    expect(await test.value("select failures::int from signalbox.ready where id = $1", [id])).toBe(0);
    never.release();
    await test.value("delete from signalbox.ready where id = $1", [id]);
  });
});
