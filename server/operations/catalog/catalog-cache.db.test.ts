import { describe, expect, it, vi } from "vitest";
import type { Queryable } from "#db/client.ts";
import { DatabaseClock } from "#server/system/clock.ts";
import { testEngine } from "../testing/test-engine.ts";
import { CatalogCache } from "./catalog-cache.ts";

const test = await testEngine();
const { engine } = test;
await test.define("first", { priority: "low" });

const readsOf = (name: string, calls: { name?: string }[]) =>
  calls.filter((call) => call.name === name).length;
function watched() {
  const calls: { name?: string }[] = [];
  const db: Queryable = {
    query: (statement) => {
      calls.push(statement);
      return engine.pool.query(statement);
    },
  };
  return { cache: new CatalogCache(db, new DatabaseClock(), vi.fn()), calls };
}

describe("the catalogue in memory", () => {
  it("sees an edit of another process within a second, with no NOTIFY", async () => {
    const { cache } = watched();
    await cache.start();
    await test.define("second");
    await vi.waitFor(() => expect(cache.current.definitions.has("second")).toBe(true), {
      timeout: 1_500,
      interval: 20,
    });
    cache.stop();
  });

  it("is read once for many that ask at once, and not at all while nothing was edited", async () => {
    const { cache, calls } = watched();
    await Promise.all(Array.from({ length: 20 }, () => cache.reload()));
    expect(readsOf("load-catalog", calls)).toBe(1);
    await Promise.all(Array.from({ length: 20 }, () => cache.check()));
    expect(readsOf("load-catalog", calls)).toBe(1);
    expect(readsOf("read-catalog-version", calls)).toBe(20);
  });

  it("is read again after a read that failed", async () => {
    let fails = true;
    const cache = new CatalogCache(
      { query: (statement) => (fails ? Promise.reject(new Error("away")) : engine.pool.query(statement)) },
      new DatabaseClock(),
      vi.fn(),
    );
    await expect(cache.start()).rejects.toThrow("away");
    expect(() => cache.current).toThrow("not loaded");
    fails = false;
    await cache.reload();
    expect(cache.current.definitions.has("first")).toBe(true);
  });

  it("reports a check that failed, keeps what it has and catches up", async () => {
    let fails = false;
    const onError = vi.fn();
    const cache = new CatalogCache(
      { query: (statement) => (fails ? Promise.reject(new Error("away")) : engine.pool.query(statement)) },
      new DatabaseClock(),
      onError,
    );
    await cache.start();
    fails = true;
    await vi.waitFor(() => expect(onError).toHaveBeenCalled(), { timeout: 2_500 });
    expect(cache.current.definitions.has("first")).toBe(true);
    cache.stop();
  });

  it("gives the spec a job was submitted with, old versions from the database once each", async () => {
    const { cache, calls } = watched();
    await test.define("first", { priority: "high" });
    await cache.reload();
    const definition = cache.current.definitions.get("first");
    if (!definition) throw new Error("no definition");
    expect((await cache.specOf(definition, definition.version)).priority).toBe("high");
    for (let n = 0; n < 3; n++) expect((await cache.specOf(definition, 1)).priority).toBe("low");
    expect(readsOf("load-definition-version", calls)).toBe(1);
    expect((await cache.specOf(definition, 999)).priority).toBe("high");
  });
});
