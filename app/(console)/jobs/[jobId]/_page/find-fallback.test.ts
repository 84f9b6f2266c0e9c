import { expect, test } from "vitest";
import type { JobEvent } from "#core/job/job-event.ts";
import { findFallback } from "./find-fallback.ts";

const event = (kind: JobEvent["kind"], data: Record<string, unknown>): JobEvent => ({
  ...{ atMs: 0, kind, from: "available", to: "available", actor: "dispatcher", because: [] },
  data,
});
const away = event("diverted", { definition: "backup", before: "charge" });

test("a job that another definition runs names its own, until it is brought back", () => {
  expect(findFallback([away]).divertedFrom).toBe("charge");
  expect(findFallback([away, event("diverted", { definition: "charge" })]).divertedFrom).toBeNull();
});

test("a job that was answered names the job whose output it has, and one that ran names none", () => {
  expect(findFallback([event("completed", { cachedFrom: "17" })]).answeredBy).toBe("17");
  expect(findFallback([event("completed", {})]).answeredBy).toBeNull();
});
