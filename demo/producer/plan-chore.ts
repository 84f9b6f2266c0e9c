import type { Random } from "#core/clock.ts";
import { drawOne, drawWhole } from "../draw.ts";
import { warehouseSkus } from "../services/warehouse-service.ts";
import type { PlannedJob } from "./planned-job.ts";

const suppliers = ["northwind", "hansa", "alpina", "iberia"];
const titles = ["Oak chair", "Crème brûlée set", "Linen towel  XL", "Desk lamp «Nova»", "Steel kettle 1.7 l"];

/** The share of feeds with a bad line. */
const badFeedShare = 0.08;

/** A document of 64 to 512 KiB to hash. */
export function planDocument(random: Random, id: string): PlannedJob {
  const input = { documentId: `document-${id}`, kilobytes: drawWhole(random, 1, 8) * 64 };
  return { job: "hash-document", input, tags: ["archive"], correlationId: id };
}

/** A log of 64 to 512 KiB to compress. */
export function planArchive(random: Random, id: string): PlannedJob {
  const input = { archiveId: `log-${id}`, kilobytes: drawWhole(random, 1, 8) * 64 };
  return { job: "compress-archive", input, tags: ["archive"], correlationId: id };
}

/** The sales report of an hour such as `2026-11-21T14`. */
export function planReport(hour: string, id: string): PlannedJob {
  return { job: "build-sales-report", input: { hour }, tags: ["finance"], correlationId: id };
}

/** A supplier's catalogue of 10 to 120 articles. */
export function planCatalogue(random: Random, id: string): PlannedJob {
  const items = Array.from({ length: drawWhole(random, 10, 120) }, (_, index) => ({
    sku: drawOne(random, warehouseSkus).toLowerCase(),
    title: `${drawOne(random, titles)} ${index + 1}`,
    priceCents: drawWhole(random, 100, 20_000),
    attributes: {
      Colour: drawOne(random, ["oak", "white", "slate"]),
      Width: `${drawWhole(random, 10, 200)} cm`,
    },
  }));
  const supplier = drawOne(random, suppliers);
  const input = { catalogueId: `catalogue-${id}`, taxPercent: drawOne(random, [19, 20, 21, 25]), items };
  return { job: "transform-catalogue", input, tags: ["catalogue", supplier], correlationId: id };
}

/** A supplier's stock feed of 5 to 60 lines; about one in twelve has a line that is cut short or a wrong value. */
export function planFeed(random: Random, id: string): PlannedJob {
  const rows = Array.from({ length: drawWhole(random, 5, 60) }, () => ({
    sku: drawOne(random, warehouseSkus),
    quantity: drawWhole(random, 0, 400),
    priceCents: drawWhole(random, 100, 20_000),
  }));
  const lines = rows.map((row) => JSON.stringify(row));
  const at = drawWhole(random, 0, lines.length - 1);
  const bad = random() < badFeedShare;
  const cutShort = random() < 0.5;
  if (bad)
    lines[at] = cutShort ? (lines[at] ?? "").slice(0, 17) : JSON.stringify({ ...rows[at], quantity: -1 });
  const supplier = drawOne(random, suppliers);
  const input = { feedId: `feed-${id}`, supplier, content: lines.join("\n") };
  return { job: "import-feed", input, tags: ["catalogue", supplier], correlationId: id };
}

/** A clean-up of files older than a quarter of an hour (about 100 MB at the usual rate), half a minute to two minutes from now. */
export function planCleanup(random: Random, id: string): PlannedJob {
  return {
    job: "nightly-cleanup",
    input: { olderThanMinutes: 15 },
    delayMs: drawWhole(random, 30, 120) * 1_000,
    tags: ["maintenance"],
    correlationId: id,
  };
}
