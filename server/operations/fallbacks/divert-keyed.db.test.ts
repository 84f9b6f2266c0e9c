import { afterEach, beforeEach, expect, test } from "vitest";
import { undoAutomation } from "../automation/undo-automation.ts";
import { fallbackKit } from "../testing/fallback-kit.ts";
import { keysKit } from "../testing/keys-kit.ts";
import { testEngine } from "../testing/test-engine.ts";

const engineOfTest = await testEngine();
const { engine, define, submit, value } = engineOfTest;
const { serving, hold, fallBack, linesOf } = fallbackKit(engineOfTest);
const { limit, settle, count } = await keysKit(engineOfTest);

beforeEach(async () => {
  await define("charge", { dependencies: ["bank"], fallback: { definition: "elsewhere" } });
  await serving(["charge", "elsewhere"]);
});

afterEach(() =>
  value(
    "truncate signalbox.breakers, signalbox.fallbacks, signalbox.diversions, signalbox.automation_events",
  ),
);

async function chargesOfOneKey(number: number): Promise<string[]> {
  const ids: string[] = [];
  for (let job = 0; job < number; job++)
    ids.push(await submit({ definition: "charge", concurrencyKey: "tenant" }));
  return ids;
}

const linesOfAll = (ids: string[]) => Promise.all(ids.map(linesOf));

test("what waits behind others of its key is diverted too, as its places come free", async () => {
  await limit({ maxRunningPerKey: 1 });
  const ids = await chargesOfOneKey(3);
  await settle();
  expect(await count("held")).toBe(2);
  await hold("bank", "open", "open");
  for (const _ of ids) {
    await fallBack();
    await settle();
  }
  expect(await linesOfAll(ids)).toEqual([["elsewhere"], ["elsewhere"], ["elsewhere"]]);
  expect(await count("key_slots")).toBe(0);
});

test("an alternate in a queue that limits its keys takes one of them after the other, and all come home", async () => {
  await limit({ maxRunningPerKey: 1 }, "other");
  const ids = await chargesOfOneKey(3);
  await hold("bank", "open", "open");
  await fallBack();
  await settle();
  expect((await linesOfAll(ids)).flat()).toEqual(["elsewhere"]);
  expect(await count("held")).toBe(2);

  const eventId = Number(await value("select id from signalbox.automation_events"));
  await undoAutomation(engine, { eventId, reason: "elsewhere is too dear", actor: "ada" });
  await settle();
  expect(await linesOfAll(ids)).toEqual([["charge"], ["charge"], ["charge"]]);
  expect([await count("held"), await count("key_slots"), await count("diversions")]).toEqual([0, 0, 0]);
});
