import { describe, expect, it } from "vitest";
import { z } from "zod";
import { silentLog } from "#server/system/log.ts";
import { defineJob, type JobOptions } from "../define-job.ts";
import { AttemptAborted } from "../errors.ts";
import { FakeTransport, fakeJob } from "../testing/fake-transport.ts";
import { type AnyJob, runAttempt } from "./run-attempt.ts";
import { RunningAttempt } from "./running-attempt.ts";

const attemptOn = (payload: unknown = {}) =>
  new RunningAttempt(fakeJob({ payload: JSON.stringify(payload) }), new FakeTransport(), silentLog, 0);
const jobWith = (handler: JobOptions<unknown, unknown>["handler"], more: object = {}) =>
  defineJob({ name: "work", queue: "q", input: z.unknown(), handler, ...more }) as AnyJob;
const run = (handler: JobOptions<unknown, unknown>["handler"], more: object = {}) =>
  runAttempt(attemptOn(), jobWith(handler, more));

describe("a run", () => {
  it("completes with what the handler returns, as JSON, and with nothing for nothing", async () => {
    expect(await run(() => ({ ok: [1, "ä"] }))).toEqual({ kind: "completed", output: '{"ok":[1,"ä"]}' });
    expect(await run(() => undefined)).toEqual({ kind: "completed", output: null });
    expect(await run(async () => null)).toEqual({ kind: "completed", output: null });
  });

  it("fails with a report for whatever is thrown: null, undefined, text, a revoked proxy, an error that throws", async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const hostile = new Proxy(new Error("x"), {
      get() {
        throw new Error("looked");
      },
    });
    for (const thrown of [
      null,
      undefined,
      "plain",
      7,
      10n,
      Symbol("s"),
      proxy,
      hostile,
      { toString: null },
    ]) {
      const sync = await run(() => {
        throw thrown;
      });
      expect(sync).toMatchObject({
        kind: "failed",
        failure: { name: expect.any(String), message: expect.any(String) },
      });
      expect(await run(() => Promise.reject(thrown))).toMatchObject({ kind: "failed" });
    }
  });

  it("is a bug of the handler when its output cannot be stored or does not fit its schema", async () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const unstorable = [
      () => 1n,
      () => ({ at: Number.NaN }),
      () => "\u0000",
      () => cyclic,
      () => "x".repeat(300_000),
    ];
    for (const handler of unstorable)
      expect(await run(handler)).toMatchObject({
        kind: "failed",
        failure: { name: "OutputRefused", class: "bug" },
      });
    const typed = await run(() => ({ n: "no" }), { output: z.object({ n: z.number() }) });
    expect(typed).toMatchObject({ kind: "failed", failure: { name: "OutputRefused", class: "bug" } });
  });

  it("of a payload the handler's input does not take is invalid input, naming the places", async () => {
    const job = defineJob({
      name: "work",
      queue: "q",
      input: z.object({ to: z.object({ mail: z.string() }) }),
      handler: () => "never",
    }) as AnyJob;
    const result = await runAttempt(attemptOn({ to: { mail: 7 } }), job);
    expect(result).toMatchObject({ kind: "failed", failure: { class: "invalid-input" } });
    expect(result.kind === "failed" && result.failure.message).toContain("to.mail");
  });

  it("gives the handler what its input schema makes of the payload", async () => {
    const job = defineJob({
      name: "work",
      queue: "q",
      input: z.object({ n: z.number().default(5) }),
      handler: ({ n }) => n + 1,
    }) as AnyJob;
    expect(await runAttempt(attemptOn({}), job)).toEqual({ kind: "completed", output: "6" });
  });

  it("of a definition without handler here is a bug that names it", async () => {
    const result = await runAttempt(attemptOn(), undefined);
    expect(result).toMatchObject({
      kind: "failed",
      failure: { class: "bug", message: expect.stringContaining("work") },
    });
  });

  it("that was told to stop is released at shutdown, timed out at a limit, and failed when cancelled", async () => {
    const stopped = async (kind: AttemptAborted["kind"]) => {
      const attempt = attemptOn();
      attempt.abort(new AttemptAborted(kind, "told"));
      return runAttempt(
        attempt,
        jobWith((_input, { signal }) => Promise.reject(signal.reason)),
      );
    };
    expect(await stopped("shutdown")).toEqual({ kind: "released" });
    expect(await stopped("timeout")).toMatchObject({
      kind: "timed-out",
      failure: { class: "timeout", message: "told" },
    });
    expect(await stopped("heartbeat-timeout")).toMatchObject({ kind: "timed-out" });
    expect(await stopped("cancelled")).toMatchObject({ kind: "failed" });
  });

  it("that completes after it was told to stop is complete", async () => {
    const attempt = attemptOn();
    attempt.abort(new AttemptAborted("shutdown", "told"));
    expect(
      await runAttempt(
        attempt,
        jobWith(() => "done"),
      ),
    ).toEqual({ kind: "completed", output: '"done"' });
  });
});
