import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { curlOf, jsonOf } from "./job-copies.ts";

const payload = { name: 'O\'Brien; $(touch /tmp/pwned) `id` "x" \\', amount: 3 };
const job = {
  ...{ definition: "send", priority: "normal", tags: ["a'b"], correlationId: null, output: null },
  payload: { text: JSON.stringify(payload), redactions: [] },
} as unknown as JobPage;

it("the copied curl call gives a shell the very payload, whatever quotes and commands it holds", () => {
  const script = curlOf(job, "http://127.0.0.1:1").replace(/^curl/, 'printf "%s\\n"');
  const said = execFileSync("sh", ["-c", script], { encoding: "utf8" }).trimEnd().split("\n");
  expect(JSON.parse(said.at(-1) ?? "")).toEqual({
    definition: "send",
    payload,
    priority: "normal",
    tags: ["a'b"],
  });
});

it("the copied JSON has the payload as a value", () => {
  expect(JSON.parse(jsonOf(job))).toMatchObject({ payload, output: null });
});
