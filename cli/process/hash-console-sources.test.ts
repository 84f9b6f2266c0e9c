import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ensureConsoleBuilt } from "./ensure-console-built.ts";
import { hashConsoleSources } from "./hash-console-sources.ts";

function packageWith(files: Record<string, string>): string {
  const root = mkdtempSync(path.join(tmpdir(), "signalbox-build-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

test("the hash changes with a source's content or name, not with its time or with a test", () => {
  const root = packageWith({ "app/page.tsx": "a", "core/x.ts": "b" });
  const { hash } = hashConsoleSources(root);
  utimesSync(path.join(root, "app/page.tsx"), 1, 1);
  writeFileSync(path.join(root, "core/x.test.ts"), "c");
  expect(hashConsoleSources(root).hash).toBe(hash);
  writeFileSync(path.join(root, "app/page.tsx"), "A");
  expect(hashConsoleSources(root).hash).not.toBe(hash);
});

test("a build made from these very sources is not made again, however new the files are", async () => {
  const root = packageWith({ "app/page.tsx": "a", ".next/BUILD_ID": "1" });
  writeFileSync(path.join(root, ".next/signalbox-sources"), hashConsoleSources(root).hash);
  const said: string[] = [];
  expect(await ensureConsoleBuilt((line) => said.push(line), root)).toBe("fresh");
  expect(said).toEqual([]);
});
