import pg from "pg";
import type { BenchSystem, JobPayload, Place, WorkOptions } from "../harness/system.ts";
import { claim, drainBacklog, type RawWorker, workStream } from "./raw-queue.ts";

const schema = `
  create table raw_jobs (
    id bigint generated always as identity primary key,
    run_at timestamptz not null default now(),
    state smallint not null default 0,
    attempt smallint not null default 0,
    lease_until timestamptz,
    payload json not null
  );
  create index raw_jobs_ready on raw_jobs (run_at, id) where state = 0`;

const insertOne = { name: "insert-one", text: "insert into raw_jobs (payload) values ($1)" };
const insertOneAndNotify = {
  name: "insert-one-and-notify",
  text: `with added as (insert into raw_jobs (payload) values ($1) returning id)
         select pg_notify('raw_jobs', '') from added`,
};
const insertMany = {
  name: "insert-many",
  text: "insert into raw_jobs (payload) select item::json from unnest($1::text[]) item",
};

async function connect(place: Place): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  return client;
}

/**
 * Hand-written SQL with no engine around it: what this Postgres can do for a queue with leases. Prepared statements;
 * one table and one partial index; claim by update, complete by delete; no history, no fence, no retry policy.
 */
export const system: BenchSystem = {
  name: "ceiling",
  server: "postgres",
  settings:
    "claim by update (lease), complete by delete; backlog: 2 connections, batches of 2,000; stream: NOTIFY",
  retryDelayMs: 1000,

  async prepare(place) {
    const client = await connect(place);
    await client.query(schema);
    await client.end();
  },

  async openProducer(place, load) {
    const insert = load === "stream" ? insertOneAndNotify : insertOne;
    const pool = new pg.Pool({ connectionString: place.url, max: 10 });
    return {
      submit: async (payload: JobPayload) => {
        await pool.query({ ...insert, values: [JSON.stringify(payload)] });
      },
      submitMany: async (payloads: JobPayload[]) => {
        await pool.query({ ...insertMany, values: [payloads.map((payload) => JSON.stringify(payload))] });
      },
      close: () => pool.end(),
    };
  },

  async startWorker(place: Place, { load, handler }: WorkOptions) {
    const observer = await connect(place);
    const clients = await Promise.all([connect(place), connect(place), connect(place)]);
    const [first, second, listener] = clients as [pg.Client, pg.Client, pg.Client];
    await Promise.all([first, second].map((client) => client.query({ ...claim, values: [0] })));
    const worker: RawWorker =
      load === "backlog"
        ? drainBacklog([first, second], handler)
        : await workStream(first, second, listener, handler);
    return {
      settled: async () => {
        const { rows } = await observer.query("select not exists (select from raw_jobs) as settled");
        return rows[0].settled;
      },
      stop: async () => {
        await worker.stop();
        await Promise.all([observer, ...clients].map((client) => client.end()));
      },
    };
  },
};
