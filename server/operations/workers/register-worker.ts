import { insertWorker, type NewWorker } from "#server/store/workers/insert-worker.ts";
import type { Engine } from "../engine.ts";

/** Register a worker under an id that was never used before. */
export async function registerWorker(engine: Engine, worker: NewWorker): Promise<{ workerId: string }> {
  const workerId = await insertWorker(engine.pool, worker);
  const { pool, definitions, concurrency, transport, host } = worker;
  engine.log.info(
    { worker: workerId, pool, definitions: definitions.length, concurrency, transport, host },
    "worker registered",
  );
  return { workerId };
}
