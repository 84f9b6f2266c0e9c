import path from "node:path";
import { demoEnvironment } from "#demo/demo-environment.ts";
import type { Settings } from "#server/system/settings.ts";
import type { ChildSpec } from "./managed-child.ts";

const root = path.resolve(import.meta.dirname, "../..");
const program = path.join(root, "cli/signalbox.mjs");
/** A little more than each gives itself to stop (`stopLimitMs` of its command). */
const limits = { web: 9_000, dispatcher: 16_000, worker: 16_000, services: 5_000, producer: 8_000 };
const demoConcurrency = "20";

export interface PlanOptions {
  databaseUrl: string;
  settings: Settings;
  environment: NodeJS.ProcessEnv;
  demo: boolean;
}

/** The children of `signalbox up`, in the order to start them, with the address of each demo service. */
export async function planChildren(
  options: PlanOptions,
): Promise<{ children: ChildSpec[]; demoUrls: Readonly<Record<string, string>> }> {
  const { databaseUrl, settings, environment, demo } = options;
  const demoUrls = demo ? await demoEnvironment(environment) : {};
  const common = {
    ...environment,
    DATABASE_URL: databaseUrl,
    DATA_DIR: path.resolve(settings.dataDirectory),
    HOST: settings.host,
    PORT: String(settings.port),
    ...(demo ? { ...demoUrls, ALLOW_PRIVATE_TARGETS: "on" } : {}),
  };
  const child = (name: string, command: string[], stopLimitMs: number): ChildSpec => ({
    name,
    command,
    environment: common,
    stopLimitMs,
  });
  const parts = [
    child("web", [program, "web"], limits.web),
    child("dispatcher", [program, "dispatcher"], limits.dispatcher),
  ];
  if (!demo) return { children: parts, demoUrls };
  const children = [
    child("services", [path.join(root, "demo/start-services.ts")], limits.services),
    ...parts,
    child("worker", [program, "worker", path.join(root, "demo/worker-module.ts"), "--concurrency", demoConcurrency], limits.worker),
    child("producer", [path.join(root, "demo/start-producer.ts")], limits.producer),
  ];
  return { children, demoUrls };
}
