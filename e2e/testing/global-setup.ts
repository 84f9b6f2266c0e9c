import type { FullConfig } from "@playwright/test";
import { ensureConsoleBuilt } from "#cli/process/ensure-console-built.ts";
import { type RunningProduct, startProduct } from "./start-product.ts";

/**
 * Once a run of the browser tests: starts a product for each worker of Playwright, since tests of one product see each
 * other's jobs, and says where they are by `E2E_PRODUCTS`. With `E2E_BASE_URL` set already it tests what runs there, and
 * `DATABASE_URL` must be its database; one worker alone then.
 */
export default async function setup({ workers }: FullConfig): Promise<() => Promise<void>> {
  if (process.env.E2E_BASE_URL) return async () => undefined;
  // Once, before they start: two of them cannot build in one folder.
  await ensureConsoleBuilt((line) => process.stdout.write(`${line}\n`));
  const started = await Promise.allSettled(Array.from({ length: workers }, () => startProduct()));
  const products = started.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const failed = started.find((each) => each.status === "rejected");
  if (failed) {
    await stopAll(products);
    throw failed.reason;
  }
  process.env.E2E_PRODUCTS = JSON.stringify(
    products.map(({ baseUrl, databaseUrl }) => ({ baseUrl, databaseUrl })),
  );
  return () => stopAll(products);
}

async function stopAll(products: RunningProduct[]): Promise<void> {
  await Promise.all(products.map((product) => product.stop()));
}
