import { afterAll, describe, expect, it, vi } from "vitest";
import { testDatabase } from "../../db/testing/test-database.ts";
import { MemoryQueue } from "./memory-queue.ts";
import { PostgresQueue } from "./postgres-queue.ts";
import { contractLayout, runScript } from "./queue-store-contract.ts";
import { guaranteeQueueStore } from "./queue-store-guarantees.ts";

const { url, pool } = await testDatabase();
const queue = await PostgresQueue.open(url, pool, contractLayout, Date.now());
// The claim's own memory of dry gates goes by the monotonic clock of the process.
vi.spyOn(performance, "now").mockImplementation(() => queue.nowMs);
afterAll(() => queue.close());

const open = async () => {
  await queue.reset();
  return queue;
};

describe("the queue on Postgres", () => {
  guaranteeQueueStore(open);
});

describe("the queue in memory", () => {
  it.each([1, 2, 3, 4, 5, 6])("answers as the one on Postgres does, in seeded run %d", async (seed) => {
    const memory = new MemoryQueue(contractLayout, { nowMs: queue.nowMs }, () => 0.5);
    const expected = await runScript(await open(), seed);
    expect(await runScript(memory, seed)).toEqual(expected);
    expect(expected.filter((line) => line.startsWith("claimed")).length).toBeGreaterThan(10);
  });
});
