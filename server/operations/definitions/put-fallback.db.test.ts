import { beforeAll, expect, test } from "vitest";
import { findDefinition } from "#server/store/definitions/find-definition.ts";
import { testEngine } from "../testing/test-engine.ts";
import { putDefinition } from "./put-definition.ts";

const { engine, define } = await testEngine();

beforeAll(async () => {
  await define("backup", {
    inputSchema: { type: "object", required: ["amount"], properties: { amount: { type: "number" } } },
  });
  await define("sibling", { dependencies: ["bank"] });
});

const put = (name: string, fallback: unknown, more: Record<string, unknown> = {}) =>
  putDefinition(engine, {
    name,
    body: { queue: "q", inputSchema: true, dependencies: ["bank"], fallback, ...more },
    actor: "ada",
  });

test("a fallback is kept with the version that names it, and what may not fit is told once it is written", async () => {
  const written = await put("charge", { definition: "backup" });
  expect(written.warnings).toEqual([
    "backup may refuse payloads of it, which then stay held: the payload takes only object; /amount is now required; /amount takes only number",
  ]);
  expect((await findDefinition(engine.pool, "charge", null))?.body).toMatchObject({
    fallback: { definition: "backup" },
  });
  const cached = await put("charge", { result: "cached", maxAgeMs: 600_000 });
  expect(cached).toMatchObject({ version: written.version + 1, warnings: [] });
});

test.each([
  ["itself", "charge", "charge", "must be another definition than itself"],
  ["nobody", "charge", "nobody", "there is no definition nobody: write it first"],
  [
    "one with the same dependency",
    "charge",
    "sibling",
    "sibling calls bank too, whose breaker would hold both: name one that does not",
  ],
])(
  "a fallback to %s is refused by its field, and nothing is written",
  async (_, name, definition, message) => {
    const before = await findDefinition(engine.pool, name, null);
    await expect(put(name, { definition })).rejects.toMatchObject({
      code: "validation",
      errors: [{ path: "/fallback/definition", message }],
    });
    expect((await findDefinition(engine.pool, name, null))?.version).toBe(before?.version);
  },
);

test("two editors who would close a circle side by side write it never", async () => {
  await define("left", {});
  await define("right", {});
  const edits = await Promise.allSettled([
    put("left", { definition: "right" }, { dependencies: ["a"] }),
    put("right", { definition: "left" }, { dependencies: ["b"] }),
  ]);
  expect(edits.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});
