import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { openClient } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { startProcess } from "./start-process.ts";

export interface RunningProduct {
  /** Address of the console and the API. */
  baseUrl: string;
  databaseUrl: string;
  stop(): Promise<void>;
}

export interface ProductOptions {
  /** The jobs of the worker, a path in the checkout. */
  workerModule?: string;
  /** What its handlers see beside the environment of this process. */
  workerEnvironment?: Record<string, string>;
  /** What must be there before the worker registers its jobs, such as their policy. */
  beforeWorker?: (product: Pick<RunningProduct, "baseUrl" | "databaseUrl">) => Promise<void>;
}

/**
 * The product as an operator runs it, on a throw-away Postgres: `signalbox up` (migrations, web, dispatcher) on a free
 * port, and one worker, with the jobs of ./worker-module.ts unless others are given.
 */
export async function startProduct(options: ProductOptions = {}): Promise<RunningProduct> {
  const { workerModule = "e2e/testing/worker-module.ts", workerEnvironment, beforeWorker } = options;
  const directory = mkdtempSync(path.join(tmpdir(), "signalbox-e2e-"));
  const closing: (() => Promise<void>)[] = [async () => rmSync(directory, { recursive: true, force: true })];
  const stop = async () => {
    const results: PromiseSettledResult<void>[] = [];
    for (const close of closing.splice(0).reverse()) results.push(...(await Promise.allSettled([close()])));
    const failure = results.find((result) => result.status === "rejected");
    if (failure) throw failure.reason;
  };
  try {
    const postgres = await startEmbedded(directory, { ephemeral: true });
    closing.push(postgres.stop);
    const environment = { DATABASE_URL: postgres.url, LOG_LEVEL: "info" };
    const port = await freePort();
    const baseUrl = `http://127.0.0.1:${port}`;
    const up = ["cli/signalbox.ts", "up", "--port", String(port)];
    const product = await startProcess(up, environment, () => answers(`${baseUrl}/readyz`));
    closing.push(product.stop);
    await beforeWorker?.({ baseUrl, databaseUrl: postgres.url });
    const { stop: stopWorker } = await startProcess(
      ["cli/signalbox.ts", "worker", workerModule],
      { ...environment, ...workerEnvironment },
      () => hasWorker(postgres.url),
    );
    closing.push(stopWorker);
    return { baseUrl, databaseUrl: postgres.url, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

async function answers(url: string): Promise<boolean> {
  const { ok } = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  return ok;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function hasWorker(databaseUrl: string): Promise<boolean> {
  const client = openClient(databaseUrl, "signalbox e2e");
  await client.connect();
  try {
    const found = await client.query(
      "select from signalbox.workers where ended_at is null and transport = 'postgres'",
    );
    return (found.rowCount ?? 0) > 0;
  } finally {
    await client.end();
  }
}
