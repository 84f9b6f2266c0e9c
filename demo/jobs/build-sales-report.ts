import { createReadStream } from "node:fs";
import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { defineJob } from "#sdk/index.ts";
import { demoFolder } from "./demo-folder.ts";
import { orderFile, parseOrderLine } from "./order-line.ts";

/** What was sold in one currency. */
interface Sales {
  orders: number;
  totalCents: number;
  largestCents: number;
}

/**
 * Adds up the orders that were paid in an hour, by currency, from the sales file that charge-card writes, and
 * writes a CSV report. A charge that stands in the file twice counts once; an hour without a file sold nothing.
 */
export const buildSalesReport = defineJob({
  name: "build-sales-report",
  queue: "reports",
  priority: "low",
  description: "Adds up an hour's paid orders by currency and writes the CSV report.",
  owner: "Finance",
  input: z.object({ hour: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}$/) }),
  timeouts: { attemptMs: 60_000 },
  handler: async ({ hour }, ctx) => {
    const seen = new Set<string>();
    const byCurrency = new Map<string, Sales>();
    let skippedLines = 0;
    const source = await orderFile(hour);
    if (await exists(source)) {
      for await (const text of createInterface({ input: createReadStream(source, { signal: ctx.signal }) })) {
        const line = parseOrderLine(text);
        if (line === null) skippedLines += 1;
        if (line === null || seen.has(line.chargeId)) continue;
        seen.add(line.chargeId);
        const sales = byCurrency.get(line.currency) ?? { orders: 0, totalCents: 0, largestCents: 0 };
        sales.orders += 1;
        sales.totalCents += line.amountCents;
        sales.largestCents = Math.max(sales.largestCents, line.amountCents);
        byCurrency.set(line.currency, sales);
      }
    }
    if (skippedLines > 0) ctx.log.warn("lines of the sales file could not be read", { skippedLines });
    const rows = [...byCurrency].sort(([a], [b]) => a.localeCompare(b));
    const report = join(await demoFolder("reports"), `sales-${hour}.csv`);
    const lines = rows.map(([currency, { orders, totalCents, largestCents }]) =>
      [currency, orders, totalCents, Math.round(totalCents / orders), largestCents].join(","),
    );
    await writeFile(
      report,
      `${["currency,orders,total_cents,mean_cents,largest_cents", ...lines].join("\n")}\n`,
    );
    return { hour, orders: seen.size, skippedLines, report, totals: Object.fromEntries(rows) };
  },
});

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
