import { appendFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { defineJob } from "#sdk/index.ts";
import { demoFolder } from "./demo-folder.ts";

const itemSchema = z.object({
  sku: z.string(),
  title: z.string(),
  priceCents: z.number().int().min(0),
  attributes: z.record(z.string(), z.string()),
});
const publishedSchema = z.object({
  sku: z.string().regex(/^SKU-\d{3}$/),
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string().min(1).max(120),
  priceWithTaxCents: z.number().int().min(0),
  attributes: z.array(z.object({ name: z.string(), value: z.string() })),
});
const checkpointSchema = z.object({ items: z.number().int().min(0), bytes: z.number().int().min(0) });

const itemsPerCheckpoint = 25;

/**
 * Turns supplier items into the shop's form, one JSON line each, checked before it is written. After every 25
 * items it notes how many items and bytes are written; a retry cuts the file there and goes on, or starts over
 * when the file is not there (another machine).
 */
export const transformCatalogue = defineJob({
  name: "transform-catalogue",
  queue: "catalogue",
  priority: "bulk",
  description: "Turns a supplier's articles into the shop's form; goes on where it stopped.",
  owner: "Catalogue",
  input: z.object({
    catalogueId: z.string().regex(/^[\w-]+$/),
    taxPercent: z.number().min(0).max(50),
    items: z.array(itemSchema).min(1).max(500),
  }),
  timeouts: { attemptMs: 60_000 },
  handler: async ({ catalogueId, taxPercent, items }, ctx) => {
    const file = join(await demoFolder("catalogues"), `${catalogueId}.jsonl`);
    let { items: done, bytes } = await resumeAt(file, ctx.lastCheckpoint?.data);
    const resumedAt = done;
    if (done > 0) ctx.log.info("going on where the last attempt stopped", { items: done });
    while (done < items.length) {
      ctx.signal.throwIfAborted();
      const batch = items.slice(done, done + itemsPerCheckpoint);
      const text = batch.map((item) => `${JSON.stringify(publish(item, taxPercent))}\n`).join("");
      await appendFile(file, text);
      done += batch.length;
      bytes += Buffer.byteLength(text);
      await ctx.checkpoint({ items: done, bytes }, { schemaVersion: 1, artifacts: { file } });
      ctx.progress(done / items.length);
    }
    return { file, items: done, resumedAt, bytes };
  },
});

async function resumeAt(file: string, checkpoint: unknown): Promise<z.output<typeof checkpointSchema>> {
  const known = checkpointSchema.safeParse(checkpoint);
  const size = await stat(file).then(
    (found) => found.size,
    () => -1,
  );
  if (known.success && size >= known.data.bytes) {
    await truncate(file, known.data.bytes);
    return known.data;
  }
  await writeFile(file, "");
  return { items: 0, bytes: 0 };
}

function publish(item: z.output<typeof itemSchema>, taxPercent: number): z.output<typeof publishedSchema> {
  const title = item.title.trim().replace(/\s+/g, " ");
  return publishedSchema.parse({
    sku: item.sku.toUpperCase(),
    slug: title
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, ""),
    title,
    priceWithTaxCents: Math.round(item.priceCents * (1 + taxPercent / 100)),
    attributes: Object.entries(item.attributes)
      .map(([name, value]) => ({ name: name.trim().toLowerCase(), value: value.trim() }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  });
}
