import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { defineJob } from "#sdk/index.ts";
import { demoFolder } from "./demo-folder.ts";

const rowSchema = z.object({
  sku: z.string().regex(/^SKU-\d{3}$/),
  quantity: z.number().int().min(0),
  priceCents: z.number().int().min(0),
});

/**
 * Reads a supplier's feed of stock levels, one JSON object a line, and writes the levels by article. A line
 * that is not JSON or has a wrong value fails the whole feed: half a feed would show wrong stock.
 */
export const importFeed = defineJob({
  name: "import-feed",
  queue: "catalogue",
  priority: "bulk",
  description: "Reads a supplier's stock feed; a feed with a bad line is refused as a whole.",
  owner: "Catalogue",
  input: z.object({
    feedId: z.string().regex(/^[\w-]+$/),
    supplier: z.string(),
    content: z.string().max(100_000),
  }),
  timeouts: { attemptMs: 30_000 },
  handler: async ({ feedId, supplier, content }) => {
    const levels: Record<string, number> = {};
    const lines = content.split("\n").filter((line) => line.trim() !== "");
    for (const line of lines) {
      const row = rowSchema.parse(JSON.parse(line));
      levels[row.sku] = (levels[row.sku] ?? 0) + row.quantity;
    }
    const file = join(await demoFolder("feeds"), `${feedId}.json`);
    await writeFile(file, JSON.stringify({ supplier, levels }));
    return { file, rows: lines.length, articles: Object.keys(levels).length };
  },
});
