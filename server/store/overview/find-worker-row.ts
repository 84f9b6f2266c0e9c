import type { Queryable } from "#db/client.ts";
import { type WorkerRow, workerColumns } from "./read-workers.ts";

/** A registration with all it told of itself; null when there never was one. */
export async function findWorkerRow(db: Queryable, id: string): Promise<WorkerRow | null> {
  const { rows } = await db.query({
    name: "find-worker-row",
    text: `select ${workerColumns} from signalbox.workers where id = $1`,
    values: [id],
  });
  return (rows[0] as WorkerRow | undefined) ?? null;
}
