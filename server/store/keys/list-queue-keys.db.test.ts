import { expect, it } from "vitest";
import { keysKit } from "#server/operations/testing/keys-kit.ts";
import { testEngine } from "#server/operations/testing/test-engine.ts";
import { listQueueKeys } from "./list-queue-keys.ts";

const test = await testEngine();
const { limit, submit, submitMany, settle } = await keysKit(test);
const queueId = Number(await test.value("select id from signalbox.queues where name = 'q'"));
const list = (more: Partial<Parameters<typeof listQueueKeys>[1]> = {}) =>
  listQueueKeys(test.engine.pool, { queueId, afterKey: "", limit: 10, named: [], ...more });

it("lists keys with what is held and what is in line or running, and those that were named, in byte order", async () => {
  await limit({ maxRunningPerKey: 2 });
  await submitMany("tenant b", 5);
  await submit("Zürich");
  await submit("a");
  await submit("other queue's", { definition: "elsewhere" });
  await settle();
  expect(await list({ named: ["silent", "a"] })).toEqual([
    { key: "Zürich", taken: 1, held: 0 },
    { key: "a", taken: 1, held: 0 },
    { key: "silent", taken: 0, held: 0 },
    { key: "tenant b", taken: 2, held: 3 },
  ]);
  const first = await list({ limit: 2 });
  expect(first.map(({ key }) => key)).toEqual(["Zürich", "a"]);
  expect((await list({ limit: 2, afterKey: "a" })).map(({ key }) => key)).toEqual(["tenant b"]);
  expect(await list({ afterKey: "tenant b" })).toEqual([]);
});

it("counts a key no further than a thousand", async () => {
  await limit({ maxRunningPerKey: 1 });
  for (let batch = 0; batch < 2; batch++) await submitMany("flood", 600);
  expect(await list()).toMatchObject([{ key: "flood", held: 1_001 }]);
});
