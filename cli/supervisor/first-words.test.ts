import { expect, test } from "vitest";
import { firstWords } from "./first-words.ts";

test("a person learns in a dozen lines where the console and the data are, how to come in, and how to stop", () => {
  const url = "http://127.0.0.1:3000";
  const firstLink = `${url}/setup/abc`;
  const demo = {
    url,
    firstLink,
    demo: true,
    dataDirectory: "/srv/.data",
    databaseUrl: "",
    demoControlUrl: "http://127.0.0.1:7410",
  };
  const lines = firstWords(demo);
  expect(lines.length).toBeLessThanOrEqual(12);
  const text = lines.join("\n");
  for (const words of [url, firstLink, "the demo's admin", "works once", "/srv/.data", "Ctrl-C"])
    expect(text).toContain(words);
  expect(firstWords({ ...demo, dataDirectory: null, databaseUrl: "postgres://a:***@b/c" }).join()).toContain(
    "postgres://a:***@b/c",
  );
  expect(firstWords({ ...demo, demo: false }).join()).toContain("makes the first admin");
  expect(firstWords({ ...demo, firstLink: null }).join()).not.toContain("/setup/");
});
