import { describe, expect, it, vi } from "vitest";
import type { Queryable } from "#db/client.ts";
import { WakeHint } from "./wake-hint.ts";

/** A database that notes what it was told, one message at a time and each only when let through. */
function told() {
  const messages: string[] = [];
  let gate = Promise.resolve();
  const query = vi.fn(async ({ values }: { values?: unknown[] }) => {
    messages.push(values?.[0] as string);
    await gate;
    return { rows: [], rowCount: 1 };
  });
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    return resolve;
  };
  return { db: { query } as Queryable, query, messages, hold };
}

describe("a wake hint", () => {
  it("is sent at once, and what comes meanwhile together in the next message", async () => {
    const { db, messages, hold } = told();
    const hint = new WakeHint(db, vi.fn());
    const release = hold();
    hint.send([1]);
    hint.send([2, 3]);
    hint.send([3, 4]);
    expect(messages).toEqual(["1"]);
    release();
    await hint.stop();
    expect(messages).toEqual(["1", "2,3,4"]);
  });

  it("of no lane sends nothing, and does not silence the hints after it", async () => {
    const { db, messages } = told();
    const hint = new WakeHint(db, vi.fn());
    hint.send([]);
    hint.send(new Set());
    await hint.stop();
    hint.send([7]);
    await hint.stop();
    hint.send([]);
    hint.send([8]);
    await hint.stop();
    expect(messages).toEqual(["7", "8"]);
  });

  it("that could not be sent is reported, and the next goes out", async () => {
    const { db, query, messages } = told();
    const onError = vi.fn();
    const hint = new WakeHint(db, onError);
    query.mockRejectedValueOnce(new Error("away"));
    hint.send([1]);
    await hint.stop();
    expect(onError).toHaveBeenCalledTimes(1);
    hint.send([2]);
    await hint.stop();
    expect(messages).toEqual(["2"]);
  });
});
