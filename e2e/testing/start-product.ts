import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbedded } from "#db/embedded.ts";
import { type StartedProcess, startProcess } from "./start-process.ts";

export interface RunningProduct {
  /** Address of the console and the API. */
  baseUrl: string;
  databaseUrl: string;
  stop(): Promise<void>;
}

/**
 * The product as an operator runs it, on a throw-away Postgres: `signalbox up` (migrations, web, dispatcher) on a free
 * port, and one worker with the jobs of ./worker-module.ts.
 */
export async function startProduct(): Promise<RunningProduct> {
  const directory = mkdtempSync(path.join(tmpdir(), "signalbox-e2e-"));
  const closing: (() => Promise<void>)[] = [async () => rmSync(directory, { recursive: true, force: true })];
  const stop = async () => {
    const results: PromiseSettledResult<void>[] = [];
    for (const close of closing.splice(0).reverse()) results.push(...(await Promise.allSettled([close()])));
    const failure = results.find((result) => result.status === "rejected");
    if (failure) throw failure.reason;
  };
  const keep = (started: StartedProcess) => {
    closing.push(started.stop);
    return started;
  };
  try {
    const postgres = await startEmbedded(directory, { ephemeral: true });
    closing.push(postgres.stop);
    const environment = { DATABASE_URL: postgres.url, LOG_LEVEL: "info" };
    const up = keep(
      await startProcess(["cli/signalbox.ts", "up", "--port", "0"], environment, /http:\/\/[\w.:[\]-]+:\d+/),
    );
    const worker = ["cli/signalbox.ts", "worker", "e2e/testing/worker-module.ts"];
    keep(await startProcess(worker, environment, /\S/));
    return { baseUrl: up.match[0], databaseUrl: postgres.url, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
