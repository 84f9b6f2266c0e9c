import { describe, expect, it } from "vitest";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { testEngine } from "../testing/test-engine.ts";
import { sweepStale } from "./sweep-stale.ts";

const test = await testEngine();
const { engine } = test;
await test.define("work");
const duty = {
  name: "sweep",
  owner: "1",
  epoch: (await takeDuty(engine.pool, "sweep", "1", 60_000)) as string,
};

describe("sweeping", () => {
  it("deletes receipts that have ended, answered cancel requests and old registrations, and nothing that lives", async () => {
    await test.submit({ definition: "work", idempotencyKey: "lives" });
    await test.submit({ definition: "work", idempotencyKey: "ended" });
    await test.value(
      "update signalbox.receipts set expires_at = clock_timestamp() - interval '1 s' where key = 'ended'",
    );
    await test.value(
      "insert into signalbox.receipts select 1, 'old-' || g, 1, clock_timestamp() - interval '1 s' from generate_series(1, 1500) g",
    );
    expect(await sweepStale(engine, duty)).toBe("more");
    const [old, live] = [await test.worker(), await test.worker()];
    await test.value(
      "update signalbox.workers set ended_at = clock_timestamp() - interval '8 days' where id = $1",
      [old.id],
    );
    expect(await sweepStale(engine, duty)).toBe("done");
    expect(await test.value("select array_agg(key) from signalbox.receipts")).toEqual(["lives"]);
    expect(
      await test.value("select count(*)::int from signalbox.workers where id = any($1)", [[old.id, live.id]]),
    ).toBe(1);
  });
});
