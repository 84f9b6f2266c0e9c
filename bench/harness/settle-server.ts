import pg from "pg";
import type { Place } from "./system.ts";

/**
 * Before a measured part: statistics for the planner and a checkpoint, the same for every Postgres system, so that
 * no run pays for the writes of the one before; and a collected heap.
 */
export async function settleServer(place: Place): Promise<void> {
  if (place.url.startsWith("postgres:")) {
    const client = new pg.Client({ connectionString: place.url });
    await client.connect();
    await client.query("analyze");
    await client.query("checkpoint");
    await client.end();
  }
  globalThis.gc?.();
}
