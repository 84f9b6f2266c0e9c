import { describe } from "vitest";
import { MemoryQueue } from "./memory-queue.ts";
import { contractLayout } from "./queue-store-contract.ts";
import { guaranteeQueueStore } from "./queue-store-guarantees.ts";

describe("the queue in memory", () => {
  guaranteeQueueStore(async () => new MemoryQueue(contractLayout, { nowMs: 1_800_000_000_000 }, () => 0.5));
});
