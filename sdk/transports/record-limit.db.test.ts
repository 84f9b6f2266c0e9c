import { expect, it } from "vitest";
import { testEngine } from "#server/operations/testing/test-engine.ts";
import { recordLimit } from "./record-limit.ts";

const test = await testEngine();

it("puts an adapted concurrency on the automation feed with its cause and figures, under its worker", async () => {
  await recordLimit(test.engine, "7", {
    before: 40,
    limit: 18,
    because: "jobs took 2.4 times as long as usual",
    figures: { slowdown: 2.4 },
  });
  const text = await test.value(
    "select json_build_array(kind, object_kind, object_id, cause, figures)::text from signalbox.automation_events",
  );
  expect(JSON.parse(String(text))).toEqual([
    "concurrency-adapted",
    "worker",
    "7",
    "Worker 7 runs 18 attempts at once instead of 40: jobs took 2.4 times as long as usual.",
    { before: 40, limit: 18, slowdown: 2.4 },
  ]);
});
