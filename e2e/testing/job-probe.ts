import type { Pool } from "#db/client.ts";
import { createProducer, type JobToEnqueue, SignalboxError } from "#sdk/index.ts";

/** Looks at jobs in the database and submits them, as a test needs it. */
export interface JobProbe {
  submit(jobs: JobToEnqueue[]): Promise<string[]>;
  /** How many of the jobs have a completed row; a job has one at most. */
  completed(ids: readonly string[]): Promise<number>;
  /** How many attempts of the jobs ended so (a completed one is no row here). */
  ended(ids: readonly string[], outcome: "failed" | "timed-out" | "lost" | "released"): Promise<number>;
  /** How many of the jobs stand under a lease. */
  running(ids: readonly string[]): Promise<number>;
  /** The first row of any statement. */
  row<Row>(text: string, values?: unknown[]): Promise<Row>;
}

export function probeJobs({ url, pool }: { url: string; pool: Pool }): JobProbe {
  const row = async <Row>(text: string, values: unknown[] = []) => {
    const { rows } = await pool.query(text, values);
    return rows[0] as Row;
  };
  const count = async (text: string, values: unknown[]) => (await row<{ count: number }>(text, values)).count;
  return {
    row,
    async submit(jobs) {
      const producer = await createProducer({ connectionString: url, name: "e2e" });
      const results = await producer.enqueueMany(jobs);
      await producer.close();
      return results.map((result) => {
        if (result instanceof SignalboxError) throw result;
        return result.id;
      });
    },
    completed: (ids) =>
      count("select count(*)::int as count from signalbox.completed where id = any($1::bigint[])", [ids]),
    ended: (ids, outcome) =>
      count(
        "select count(*)::int as count from signalbox.attempts where job_id = any($1::bigint[]) and outcome = $2",
        [ids, outcome],
      ),
    running: (ids) =>
      count(
        `select count(*)::int as count from signalbox.leases l cross join lateral unnest(l.ids) as u(id)
          where u.id = any($1::bigint[]) and u.id <> all(l.fenced)`,
        [ids],
      ),
  };
}
