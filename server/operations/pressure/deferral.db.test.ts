import { describe, expect, it } from "vitest";
import { findJob } from "#server/store/jobs/find-job.ts";
import { press } from "../testing/press.ts";
import { testEngine } from "../testing/test-engine.ts";

const test = await testEngine();
const { engine } = test;
await test.define("order");
await test.define("archive", { priority: "bulk" });
await test.define("digest", { deferrable: true });
const worker = await test.worker();
const claim = async (max: number) => {
  const names = (await worker.claim(max)).map((job) => job.definition.name);
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, of]) => [name, of.length]));
};
const submit = async (definition: string, count: number) => {
  for (let job = 0; job < count; job++) await test.submit({ definition });
};

describe("work that is kept back", () => {
  it("is bulk and what is deferrable, from the next claim on, and starts again with the next after its end", async () => {
    for (const definition of ["archive", "digest", "order"]) await submit(definition, 3);
    await press(engine, { defers: true });
    expect(await claim(20)).toEqual({ order: 3 });
    await press(engine, {});
    expect(await claim(20)).toEqual({ archive: 3, digest: 3 });
  });

  it("says so on the job, until when and for which class", async () => {
    const id = await test.submit({ definition: "archive" });
    await press(engine, { defers: true });
    // The page reads the table itself.
    await engine.pool.query({ text: "update signalbox.pressure set at_ms = signalbox.now_ms()" });
    const found = await findJob(engine.pool, id, engine.catalog.current.priority);
    expect(found?.waitingReasons.map(({ kind }) => kind)).toContain("pressure-deferred");
    await press(engine, {});
    expect(await claim(20)).toEqual({ archive: 1 });
  });

  it("gets its floor all the same, and no more: bulk never starves", async () => {
    await press(engine, { defers: true });
    await submit("order", 400);
    await submit("archive", 40);
    let archived = 0;
    for (let turn = 0; turn < 20; turn++) archived += (await claim(20)).archive ?? 0;
    // 2 % of 400 starts, less what is still owed.
    expect(archived).toBeGreaterThanOrEqual(6);
    expect(archived).toBeLessThanOrEqual(9);
  });
});
