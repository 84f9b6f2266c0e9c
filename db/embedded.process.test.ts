import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll, describe, expect, it, vi } from "vitest";
import { openClient } from "./client.ts";
import { type EmbeddedPostgres, startEmbedded } from "./embedded.ts";

const directory = mkdtempSync(path.join(tmpdir(), "signalbox-embedded-"));
let latest: EmbeddedPostgres | undefined;
afterAll(async () => {
  await latest?.stop().catch(() => undefined);
  rmSync(directory, { recursive: true, force: true });
});

async function start(port?: number): Promise<EmbeddedPostgres> {
  // Durable, unlike the cluster of the other tests: it is going to be killed.
  latest = await startEmbedded(directory, { port });
  return latest;
}

async function ask(url: string, text: string): Promise<unknown> {
  const client = openClient(url, "test");
  await client.connect();
  try {
    return Object.values((await client.query(text)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

const isGone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

describe("the embedded Postgres", () => {
  it("is made on first use with a secret of its own that only its user reads", async () => {
    const { url, reused } = await start();
    expect(reused).toBe(false);
    expect(new URL(url).password.length).toBeGreaterThanOrEqual(20);
    expect(statSync(path.join(directory, "password")).mode & 0o077).toBe(0);
    const wrong = new URL(url);
    wrong.password = "wrong";
    await expect(ask(wrong.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
    await ask(url, "create table kept as select 7 as n");
  });

  it("that is up already is used again by whoever starts it, two at once too", async () => {
    const before = latest as EmbeddedPostgres;
    const [one, other] = await Promise.all([start(), start()]);
    expect([one.reused, other.reused]).toEqual([true, true]);
    expect([one.url, other.pid]).toEqual([before.url, before.pid]);
  });

  it("killed without warning comes up again at the same address with all that was committed", async () => {
    const { pid, url } = latest as EmbeddedPostgres;
    process.kill(pid, "SIGKILL");
    await vi.waitFor(() => expect(isGone(pid)).toBe(true), { timeout: 10_000 });
    const again = await start(Number(new URL(url).port));
    expect(again.url).toBe(url);
    expect(again.pid).not.toBe(pid);
    expect(await ask(again.url, "select n from kept")).toBe(7);
  });

  it("stopped cleanly is gone, and starts again", async () => {
    const { url, stop } = latest as EmbeddedPostgres;
    await stop();
    await expect(ask(url, "select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
    const again = await start();
    expect(again.reused).toBe(false);
    expect(await ask(again.url, "select n from kept")).toBe(7);
  });

  it("waits for a port that something else still holds", async () => {
    await latest?.stop();
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as { port: number };
    const log = vi.fn(() => holder.close());
    latest = await startEmbedded(directory, { port, log });
    expect(log).toHaveBeenCalledWith(expect.stringContaining("did not start (try 1)"));
    expect(new URL(latest.url).port).toBe(String(port));
  });
});
