import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isReachable, reachableDirectory } from "./reachable-place.ts";

const stranger = { uid: 4_000_001, gid: 4_000_001 };

test("a directory below a closed one cannot be reached by others, and the cluster is then kept elsewhere", () => {
  const home = mkdtempSync(path.join(tmpdir(), "signalbox-home-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const data = path.join(home, "checkout", ".data");
  mkdirSync(path.dirname(data));
  chmodSync(home, 0o700);
  expect(isReachable(stranger, data)).toBe(false);
  expect(reachableDirectory(stranger, data)).toMatch(/^\/var\/lib\/signalbox\/data-[0-9a-f]{12}$/);
  chmodSync(home, 0o755);
  expect(isReachable(stranger, data)).toBe(true);
  expect(reachableDirectory(stranger, data)).toBe(data);
});

test("whoever runs Postgres as himself keeps it where he said", () => {
  expect(isReachable({}, "/root/x")).toBe(true);
  expect(reachableDirectory({}, "/somewhere/closed")).toBe("/somewhere/closed");
});
