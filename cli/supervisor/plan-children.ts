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
  // The demo's handlers say what they do at every job: on a shared screen only their troubles are of interest.
  const quiet = { ...common, LOG_LEVEL: environment.LOG_LEVEL || "warn" };
  const command = (...words: string[]) => [program, ...words];
  const parts: ChildSpec[] = [
    {
      name: "web",
      command: demo ? command("web", "--demo") : command("web"),
      environment: common,
      saysReady: true,
      stopLimitMs: limits.web,
    },
    {
      name: "dispatcher",
      command: command("dispatcher"),
      environment: common,
      saysReady: true,
      stopLimitMs: limits.dispatcher,
    },
  ];
  if (!demo) return { children: parts, demoUrls };
  const worker = command(
    "worker",
    path.join(root, "demo/worker-module.ts"),
    "--concurrency",
    demoConcurrency,
  );
  const services = [path.join(root, "demo/start-services.ts")];
  const producer = [path.join(root, "demo/start-producer.ts")];
  const children: ChildSpec[] = [
    {
      name: "services",
      command: services,
      environment: common,
      saysReady: false,
      stopLimitMs: limits.services,
    },
    ...parts,
    { name: "worker", command: worker, environment: quiet, saysReady: true, stopLimitMs: limits.worker },
    // Until a worker has registered them, nobody knows the definitions that it submits.
    {
      name: "producer",
      command: producer,
      environment: common,
      saysReady: false,
      after: "worker",
      stopLimitMs: limits.producer,
    },
  ];
  return { children, demoUrls };
}
