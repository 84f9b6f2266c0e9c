import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { demoFolder } from "./demo-folder.ts";

/** A paid order as one line of the hour's CSV file; a charge that was retried may stand there twice. */
export interface OrderLine {
  chargeId: string;
  orderId: string;
  amountCents: number;
  currency: string;
  /** ISO 8601, UTC. */
  chargedAt: string;
}

/** The CSV file of an hour such as `2026-11-21T14`. */
export async function orderFile(hour: string): Promise<string> {
  return join(await demoFolder("orders"), `orders-${hour}.csv`);
}

/** Appends a paid order to the file of its hour: one short write, so lines of several workers do not mix. */
export async function appendOrderLine(line: OrderLine): Promise<void> {
  const text = [line.chargeId, line.orderId, line.amountCents, line.currency, line.chargedAt].join(",");
  await appendFile(await orderFile(line.chargedAt.slice(0, 13)), `${text}\n`);
}

/** Reads a line that {@link appendOrderLine} wrote; null for anything else, such as a line cut short. */
export function parseOrderLine(text: string): OrderLine | null {
  const [chargeId, orderId, amount, currency, chargedAt, ...rest] = text.split(",");
  const amountCents = Number(amount);
  if (!chargeId || !orderId || !currency || !chargedAt || rest.length > 0) return null;
  return Number.isInteger(amountCents) ? { chargeId, orderId, amountCents, currency, chargedAt } : null;
}
