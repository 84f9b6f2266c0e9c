import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { serveApi } from "#server/http/testing/serve-api.ts";
import { findLogLines } from "#server/store/logs/find-log-lines.ts";
import { silentLog } from "#server/system/log.ts";
import { createWorker, type SignalboxWorker } from "../create-worker.ts";
import { defineJob } from "../define-job.ts";
import type { JobContext } from "../job-context.ts";
import { httpTransport } from "./http.ts";

const { database, engine, origin, tokens, call } = await serveApi();
const ways = {
  postgres: { connectionString: database.url },
  http: { transport: httpTransport({ url: origin, token: tokens.worker }) },
};
const workers: SignalboxWorker[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
});

/** Runs a handler once by a worker of that way, and gives the lines that are kept when the worker has stopped. */
async function logOf(way: keyof typeof ways, name: string, handler: (context: JobContext) => void) {
  const over = Promise.withResolvers<void>();
  const job = defineJob({
    name: `${way}-${name}`,
    queue: way,
    input: z.unknown(),
    handler: async (_input, context) => {
      handler(context);
      over.resolve();
    },
  });
  const worker = createWorker({ ...ways[way], jobs: [job], log: silentLog, drainMs: 1_000 });
  workers.push(worker);
  await worker.start();
  const { body } = await call("POST", "/jobs", { definition: job.name, payload: {} });
  await over.promise;
  await worker.stop();
  const lines = await findLogLines(engine.pool, { jobId: body.job.id, number: 1 }, 0, 2_000);
  return { jobId: body.job.id as string, lines };
}

describe.each(["postgres", "http"] as const)("over %s", (way) => {
  it("the lines of a handler are kept in their order with level and facts", async () => {
    const { lines } = await logOf(way, "talks", ({ log }) => {
      log.info("began", { rows: 3 });
      log.warn("slow");
      log.error("gave up", { error: new Error("no answer"), big: 10n });
    });
    expect(lines.map(({ seq, level, message }) => [seq, level, message])).toEqual([
      [1, "info", "began"],
      [2, "warn", "slow"],
      [3, "error", "gave up"],
    ]);
    expect(JSON.parse(lines[0]?.facts ?? "null")).toEqual({ rows: 3 });
    expect(JSON.parse(lines[2]?.facts ?? "null")).toMatchObject({
      error: { message: "no answer" },
      big: "10",
    });
    expect(lines[0]?.atMs).toBeGreaterThan(0);
  });

  it("no secret is kept, neither of the message nor of the facts", async () => {
    const { lines } = await logOf(way, "blabs", ({ log }) => {
      log.info("password=canary-in-message next", {
        apiKey: "canary-in-facts",
        deep: { url: "pg://a:canary-in-url@db" },
      });
    });
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain("canary");
  });

  it("text that Postgres cannot keep is mended, not lost", async () => {
    const { lines } = await logOf(way, "odd", ({ log }) =>
      log.info("a\u0000b \ud800", { "k\u0000": "\udfff" }),
    );
    expect(lines[0]?.message).toBe("a\ufffdb \ufffd");
  });

  it("beyond 1,000 lines the rest is counted, and a line is at most 8 KiB", async () => {
    const { lines } = await logOf(way, "chatters", ({ log }) => {
      log.info("é".repeat(20_000), { much: "x".repeat(9_000) });
      for (let line = 2; line <= 1_010; line++) log.info(`line ${line}`);
    });
    expect(lines).toHaveLength(1_001);
    expect(Buffer.byteLength(lines[0]?.message ?? "")).toBeLessThanOrEqual(8_192);
    expect(lines.at(-1)?.message).toMatch(/^10 more lines dropped/);
  });

  it("beyond 256 KiB the rest is counted", async () => {
    const { lines } = await logOf(way, "floods", ({ log }) => {
      for (let line = 0; line < 100; line++) log.info("x".repeat(8_000));
    });
    const bytes = lines.reduce((sum, { message }) => sum + message.length, 0);
    expect(bytes).toBeLessThanOrEqual(262_144 + 200);
    expect(lines.at(-1)?.message).toMatch(/^6[78] more lines dropped/);
  });

  it("a handler that logs nothing leaves nothing", async () => {
    const { lines } = await logOf(way, "silent", () => undefined);
    expect(lines).toEqual([]);
  });
});

describe("POST …/logs", () => {
  it("is refused without the attempt's token, and lines sent twice stand once", async () => {
    const as = { as: "worker" } as const;
    const body = { queue: "direct", inputSchema: true };
    await call("PUT", "/definitions/direct", body, as);
    const submitted = await call("POST", "/jobs", { definition: "direct", payload: 1 });
    const jobId = submitted.body.job.id;
    const registered = { pool: "default", definitions: ["direct"], concurrency: 1, host: "here" };
    const worker = await call("POST", "/workers", registered, as);
    const claimed = await call("POST", `/workers/${worker.body.workerId}/claim`, { max: 1 }, as);
    const { token } = claimed.body.jobs[0];
    const lines = [{ seq: 1, atMs: 1_700_000_000_000, level: "info", message: "once" }];
    const path = `/jobs/${jobId}/attempts/1/logs`;
    expect((await call("POST", path, { token: "1.1.AAAAAAAAAAAAAAAAAAAAAAAAAAA", lines }, as)).status).toBe(
      409,
    );
    expect((await call("POST", path, { token, lines }, { as: "producer" })).status).toBe(403);
    expect((await call("POST", path, { token, lines: [{ ...lines[0], seq: 1_002 }] }, as)).status).toBe(422);
    for (let time = 0; time < 2; time++)
      expect((await call("POST", path, { token, lines }, as)).body).toEqual({ kept: 1 });
    expect(await findLogLines(engine.pool, { jobId, number: 1 }, 0, 10)).toHaveLength(1);
  });
});
