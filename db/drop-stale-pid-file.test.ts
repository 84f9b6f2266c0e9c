import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { dropStalePidFile } from "./drop-stale-pid-file.ts";

function pidFile(text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "signalbox-pid-")), "postmaster.pid");
  writeFileSync(file, text);
  return file;
}

test("a pid file whose number belongs to another program now, or that holds none, is deleted", async () => {
  for (const text of [`${process.pid}\n/data\n`, "", "what\n", "-1\n"]) {
    const file = pidFile(text);
    expect(await dropStalePidFile(file)).toBe(true);
    expect(existsSync(file)).toBe(false);
  }
});

test("the pid file of a process that is gone is left for Postgres to judge, and none is none", async () => {
  const file = pidFile("4194304\n/data\n");
  expect(await dropStalePidFile(file)).toBe(false);
  expect(existsSync(file)).toBe(true);
  expect(await dropStalePidFile(`${file}.none`)).toBe(false);
});
