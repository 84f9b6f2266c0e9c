import { expect, it } from "vitest";
import { testEngine } from "../testing/test-engine.ts";

const test = await testEngine();

it("leaves jobs that need an excepted dependency, be it one of several, and takes all others", async () => {
  await test.define("charge", { dependencies: ["pay"] });
  await test.define("notify", { dependencies: ["mail", "pay"] });
  await test.define("post", { dependencies: ["mail"] });
  await test.define("clean");
  for (const definition of ["charge", "notify", "post", "clean"]) await test.submit({ definition });
  const worker = await test.worker();
  const names = async (except?: readonly string[]) =>
    (await worker.claim(10, { except })).map((job) => job.definition.name).sort();
  expect(await names(["pay", "unknown"])).toEqual(["clean", "post"]);
  expect(await names([])).toEqual(["charge", "notify"]);
});
