import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { openClient } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import type { CountedDepth } from "../overview/read-latest-depths.ts";
import { depthsChannel, readToldDepths, tellDepths } from "./tell-depths.ts";

const { pool, url } = await testDatabase();
const row = (lane: number): CountedDepth => ({
  ...{ atMs: 1_000, lane, rank: 2, available: 10 + lane, scheduled: 2, retryable: 3, held: 4, running: 5 },
  oldestRunAtMs: lane % 2 === 0 ? null : 900,
});

async function told(counted: CountedDepth[]) {
  const client = openClient(url, "signalbox test");
  await client.connect();
  await client.query(`listen ${depthsChannel}`);
  const [[heard]] = await Promise.all([
    once(client, "notification") as Promise<[{ payload: string }]>,
    tellDepths(pool, counted),
  ]);
  await client.end();
  return readToldDepths(heard.payload);
}

describe("telling of depths", () => {
  it("carries a count whole to whoever listens", async () => {
    const counted = [row(1), row(2)];
    expect(await told(counted)).toEqual({ atMs: 1_000, rows: counted });
  });

  it("says of a count too long for a notification only that it is there", async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => row(index));
    expect(await told(many)).toEqual({ atMs: 1_000, rows: null });
  });

  it("takes no notice of what is no count", () => {
    for (const payload of ["", "{}", "[]", '["x",[]]', "null"]) expect(readToldDepths(payload)).toBeNull();
  });
});
