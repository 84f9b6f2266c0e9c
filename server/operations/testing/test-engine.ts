import { afterAll } from "vitest";
import type { SubmittedJob } from "#core/definition/submit.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { silentLog } from "#server/system/log.ts";
import { type ClaimedAttempt, Claimer } from "../attempts/claim-attempts.ts";
import { putDefinition } from "../definitions/put-definition.ts";
import { type Engine, openEngine } from "../engine.ts";
import { enqueueJobs } from "../jobs/enqueue-jobs.ts";
import { registerWorker } from "../workers/register-worker.ts";

export interface TestEngine {
  engine: Engine;
  url: string;
  /** Register a definition; queue `q` and any payload unless said. */
  define(name: string, body?: Record<string, unknown>): Promise<void>;
  /** Submit one job and return its id. */
  submit(job: Partial<SubmittedJob> & { definition: string }): Promise<string>;
  /** Register a worker that serves everything of the default pool. */
  worker(): Promise<TestWorker>;
  /** One number or text out of the database. */
  value(sql: string, values?: unknown[]): Promise<unknown>;
}

export interface TestWorker {
  id: string;
  claim(
    max?: number,
    more?: { maxOther?: number; leaseMs?: number; leasePerJob?: boolean; except?: readonly string[] },
  ): Promise<ClaimedAttempt[]>;
  /** See {@link Claimer.tokensInMs}. */
  tokensInMs(): number | null;
}

/** An engine on a database of this test file's own, with short names for what most tests begin with. */
export async function testEngine(): Promise<TestEngine> {
  const database = await testDatabase();
  const engine = await openEngine({
    connectionString: database.url,
    applicationName: "signalbox test",
    log: silentLog,
    poolSize: 8,
    lanes: 4,
  });
  afterAll(() => engine.close());
  return {
    engine,
    url: database.url,
    define: async (name, body = {}) => {
      await putDefinition(engine, {
        name,
        body: { queue: "q", inputSchema: true, force: true, ...body },
        actor: "test",
      });
      await engine.catalog.check();
    },
    submit: async (job) => {
      const [result] = await enqueueJobs(engine, [{ payload: null, ...job }], { actor: "test" });
      if (!result?.ok) throw result?.error ?? new Error("no result");
      return result.id;
    },
    worker: async () => {
      const { workerId } = await registerWorker(engine, {
        pool: "default",
        definitions: [],
        concurrency: 100,
        transport: "postgres",
        host: "test",
        pid: null,
        version: null,
        heartbeatMs: 5_000,
      });
      const claimer = new Claimer(engine);
      const served = { pool: "default", definitions: "all", target: "worker" } as const;
      return {
        id: workerId,
        tokensInMs: () => claimer.tokensInMs,
        claim: (max = 1, more = {}) =>
          claimer.claim({
            workerId,
            served,
            leaseMs: 15_000,
            max,
            maxOther: max,
            leasePerJob: false,
            ...more,
          }),
      };
    },
    value: async (sql, values = []) => {
      const { rows } = await engine.pool.query({ text: sql, values, rowMode: "array" });
      return (rows as unknown[][])[0]?.[0];
    },
  };
}
