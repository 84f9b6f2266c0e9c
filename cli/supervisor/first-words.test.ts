import { expect, test } from "vitest";
import { firstWords } from "./first-words.ts";

test("a person learns in at most ten lines where the console and the data are, who can reach it, and how to stop", () => {
  const url = "http://127.0.0.1:3000";
  const demo = { url, dataDirectory: "/srv/.data", databaseUrl: "", demoControlUrl: "http://127.0.0.1:7410" };
  const lines = firstWords(demo);
  expect(lines.length).toBeLessThanOrEqual(10);
  const text = lines.join("\n");
  for (const words of [url, "this machine only", "sign-in does not exist yet", "/srv/.data", "Ctrl-C"])
    expect(text).toContain(words);
  expect(firstWords({ ...demo, dataDirectory: null, databaseUrl: "postgres://a:***@b/c" }).join()).toContain(
    "postgres://a:***@b/c",
  );
});
