import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startEmbedded } from "#db/embedded.ts";
import { startProcess } from "../testing/start-process.ts";
import type { RunningProduct } from "../testing/start-product.ts";
import { actInDemo } from "./act-in-demo.ts";

/** How long the demo works before it is looked at: its first outage begins after 45 s. */
const warmMs = 4 * 60_000;
/** What is begun then gets this long: a breaker opens, and a line builds up behind it. */
const actedMs = 45_000;

/** The demo on a throw-away Postgres, as `npm run demo` starts it, after it has worked for some minutes and payments is down. */
export async function startDemo(): Promise<RunningProduct> {
  const directory = mkdtempSync(path.join(tmpdir(), "signalbox-screens-"));
  const postgres = await startEmbedded(directory, { ephemeral: true });
  const [port, controlPort] = [await findFreePort(), await findFreePort()];
  const controlUrl = `http://127.0.0.1:${controlPort}`;
  const baseUrl = `http://127.0.0.1:${port}`;
  const demo = await startProcess(
    ["cli/signalbox.ts", "up", "--demo", "--port", String(port)],
    {
      DATABASE_URL: postgres.url,
      DATA_DIR: directory,
      LOG_LEVEL: "info",
      SIGNALBOX_DEMO_CONTROL_URL: controlUrl,
    },
    async () => (await fetch(`${baseUrl}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok,
  );
  process.stdout.write(`the demo runs at ${baseUrl}; pictures in ${warmMs / 60_000} minutes\n`);
  await wait(warmMs);
  await fetch(`${controlUrl}/payments/faults`, { method: "PUT", body: JSON.stringify({ refuse: true }) });
  await actInDemo({ baseUrl, databaseUrl: postgres.url });
  await wait(actedMs);
  return {
    baseUrl,
    databaseUrl: postgres.url,
    stop: async () => {
      await demo.stop();
      await postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function findFreePort(): Promise<number> {
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port } = free.address() as AddressInfo;
  free.close();
  return port;
}
