import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runHandler } from "../testing/run-handler.ts";
import { awardLoyaltyPoints } from "./award-loyalty-points.ts";
import { buildSalesReport } from "./build-sales-report.ts";
import { compressArchive } from "./compress-archive.ts";
import { demoFolder } from "./demo-folder.ts";
import { hashDocument } from "./hash-document.ts";
import { importFeed } from "./import-feed.ts";
import { nightlyCleanup } from "./nightly-cleanup.ts";
import { appendOrderLine, orderFile } from "./order-line.ts";
import { transformCatalogue } from "./transform-catalogue.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "signalbox-demo-"));
  vi.stubEnv("SIGNALBOX_DEMO_DIR", directory);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

const stopped = new Error("stopped");

describe("hash-document", () => {
  test("the same document has the same hash, another one or another size another", async () => {
    const hash = async (documentId: string, kilobytes: number) =>
      (await runHandler(hashDocument, { documentId, kilobytes })).output;
    const first = await hash("a", 200);
    expect(first.bytes).toBe(204_800);
    expect(first.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await hash("a", 200)).toEqual(first);
    expect((await hash("b", 200)).sha256).not.toBe(first.sha256);
    expect((await hash("a", 201)).sha256).not.toBe(first.sha256);
  });

  test("gives way to other work after each 64 KiB, and stops there when it is aborted", async () => {
    const attempt = new AbortController();
    const running = runHandler(
      hashDocument,
      { documentId: "a", kilobytes: 16_384 },
      { signal: attempt.signal },
    );
    setImmediate(() => attempt.abort(stopped));
    await expect(running).rejects.toBe(stopped);
  });
});

describe("compress-archive", () => {
  test("writes an archive that unpacks to what was packed, is smaller, and leaves nothing else behind", async () => {
    const { output } = await runHandler(compressArchive, { archiveId: "log-1", kilobytes: 256 });
    const { archive, sha256, bytes, compressedBytes } = output;
    const unpacked = gunzipSync(await readFile(archive));
    expect(createHash("sha256").update(unpacked).digest("hex")).toBe(sha256);
    expect(unpacked.length).toBe(bytes);
    expect(bytes).toBeGreaterThanOrEqual(262_144);
    expect(compressedBytes).toBeLessThan(bytes / 2);
    expect(await readdir(join(directory, "archives"))).toEqual(["log-1.gz"]);
  });

  test("an aborted one leaves no working files", async () => {
    const input = { archiveId: "log-2", kilobytes: 64 };
    await expect(
      runHandler(compressArchive, input, { signal: AbortSignal.abort(stopped) }),
    ).rejects.toThrow();
    expect(await readdir(join(directory, "archives"))).toEqual([]);
  });
});

describe("build-sales-report", () => {
  const line = (chargeId: string, amountCents: number, currency: string) =>
    appendOrderLine({
      chargeId,
      orderId: `of-${chargeId}`,
      amountCents,
      currency,
      chargedAt: "2026-11-21T14:05:00.000Z",
    });

  test("adds up the hour by currency, counts a repeated charge once and skips a broken line", async () => {
    await line("ch_1", 1_000, "EUR");
    await line("ch_2", 3_000, "EUR");
    await line("ch_2", 3_000, "EUR");
    await line("ch_3", 500, "GBP");
    await writeFile(await orderFile("2026-11-21T14"), "ch_4,of-ch_4,12", { flag: "a" });
    const { output } = await runHandler(buildSalesReport, { hour: "2026-11-21T14" });
    expect(output).toMatchObject({ orders: 3, skippedLines: 1 });
    expect(await readFile(output.report, "utf8")).toBe(
      "currency,orders,total_cents,mean_cents,largest_cents\nEUR,2,4000,2000,3000\nGBP,1,500,500,500\n",
    );
  });

  test("an hour without orders is a report without rows", async () => {
    const { output } = await runHandler(buildSalesReport, { hour: "2026-11-21T15" });
    expect(output).toMatchObject({ orders: 0, totals: {} });
  });
});

describe("transform-catalogue", () => {
  const items = Array.from({ length: 60 }, (_, index) => ({
    sku: `sku-${String(index + 1).padStart(3, "0")}`,
    title: `  Crème  brûlée set ${index + 1}`,
    priceCents: 1_000,
    attributes: { Width: " 10 cm", Colour: "oak" },
  }));
  const input = { catalogueId: "catalogue-1", taxPercent: 19, items };
  const written = async () =>
    (await readFile(join(directory, "catalogues", "catalogue-1.jsonl"), "utf8")).trimEnd().split("\n");

  test("writes every item in the shop's form, with progress and a checkpoint after each 25", async () => {
    const { checkpoints, progress } = await runHandler(transformCatalogue, input);
    const lines = await written();
    expect(lines).toHaveLength(60);
    expect(JSON.parse(lines[6] ?? "")).toEqual({
      sku: "SKU-007",
      slug: "creme-brulee-set-7",
      title: "Crème brûlée set 7",
      priceWithTaxCents: 1_190,
      attributes: [
        { name: "colour", value: "oak" },
        { name: "width", value: "10 cm" },
      ],
    });
    expect(checkpoints).toMatchObject([{ items: 25 }, { items: 50 }, { items: 60 }]);
    expect(progress.at(-1)).toBe(1);
  });

  test("a retry goes on from the last checkpoint and the file is as if nothing had happened", async () => {
    const whole = await runHandler(transformCatalogue, input);
    const lines = await written();
    const [first] = whole.checkpoints as { items: number; bytes: number }[];
    await writeFile(join(directory, "catalogues", "catalogue-1.jsonl"), "half a line", { flag: "a" });
    const lastCheckpoint = { data: first, schemaVersion: 1, artifacts: null };
    const { output } = await runHandler(transformCatalogue, input, { attempt: 2, lastCheckpoint });
    expect(output).toMatchObject({ resumedAt: 25, items: 60 });
    expect(await written()).toEqual(lines);
  });

  test("without the file of the checkpoint it starts over", async () => {
    const lastCheckpoint = { data: { items: 25, bytes: 4_000 }, schemaVersion: 1, artifacts: null };
    const { output } = await runHandler(transformCatalogue, input, { attempt: 2, lastCheckpoint });
    expect(output).toMatchObject({ resumedAt: 0, items: 60 });
    expect(await written()).toHaveLength(60);
  });

  test("an article that does not fit the shop's form fails as invalid data", async () => {
    const [item] = items;
    const bad = { ...input, items: [{ ...item, sku: "no such" }] };
    await expect(runHandler(transformCatalogue, bad)).rejects.toMatchObject({ name: "ZodError" });
  });
});

describe("import-feed", () => {
  const row = (sku: string, quantity: number) => JSON.stringify({ sku, quantity, priceCents: 100 });
  const feed = (...lines: string[]) => ({ feedId: "feed-1", supplier: "hansa", content: lines.join("\n") });

  test("adds up the levels by article", async () => {
    const { output } = await runHandler(
      importFeed,
      feed(row("SKU-001", 5), row("SKU-002", 1), row("SKU-001", 2), ""),
    );
    expect(output).toMatchObject({ rows: 3, articles: 2 });
    expect(JSON.parse(await readFile(output.file, "utf8")).levels).toEqual({ "SKU-001": 7, "SKU-002": 1 });
  });

  test("a line cut short is a SyntaxError, a wrong value a ZodError, and nothing is written", async () => {
    await expect(runHandler(importFeed, feed(row("SKU-001", 5), '{"sku":"SKU-0'))).rejects.toBeInstanceOf(
      SyntaxError,
    );
    await expect(runHandler(importFeed, feed(row("SKU-001", -5)))).rejects.toMatchObject({
      name: "ZodError",
    });
    expect(await readdir(await demoFolder("feeds"))).toEqual([]);
  });
});

describe("nightly-cleanup", () => {
  test("deletes what is older, keeps what is younger, and says how much", async () => {
    const folder = await demoFolder("feeds");
    await writeFile(join(folder, "old.json"), "12345");
    await writeFile(join(folder, "new.json"), "1");
    const threeHoursAgo = new Date(Date.now() - 3 * 3_600_000);
    await utimes(join(folder, "old.json"), threeHoursAgo, threeHoursAgo);
    const { output } = await runHandler(nightlyCleanup, { olderThanMinutes: 120 });
    expect(output).toEqual({ deleted: 1, kept: 1, freedBytes: 5 });
    expect(await readdir(folder)).toEqual(["new.json"]);
  });
});

describe("award-loyalty-points", () => {
  const order = { orderId: "order-1", amountCents: 5_000 };

  test("awards points by tier", async () => {
    const customer = { id: "c1", loyalty: { tier: "gold", points: 10 } };
    const { output } = await runHandler(awardLoyaltyPoints, { ...order, customer });
    expect(output).toMatchObject({ awarded: 100, balance: 110 });
  });

  test("fails for guests with the TypeError of its bug", async () => {
    await expect(runHandler(awardLoyaltyPoints, { ...order, customer: { id: "c2" } })).rejects.toThrow(
      new TypeError("Cannot read properties of undefined (reading 'tier')"),
    );
  });
});
