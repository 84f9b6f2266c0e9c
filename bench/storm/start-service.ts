import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { ServiceReport } from "./service-counters.ts";
import type { ServicePlan } from "./service-plan.ts";

export interface StormService {
  url: string;
  /** Start counting anew under a plan. */
  plan(plan: ServicePlan): Promise<void>;
  report(): Promise<ServiceReport>;
  stop(): void;
}

/** The downstream service in a process of its own, on a free loopback port; it ends with this process. */
export async function startService(): Promise<StormService> {
  const child = fork(path.join(import.meta.dirname, "service.ts"), {
    execArgv: [],
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const url = `http://127.0.0.1:${port}`;
  return {
    url: `${url}/call`,
    plan: async (plan) => {
      const response = await fetch(`${url}/plan`, { method: "POST", body: JSON.stringify(plan) });
      if (!response.ok) throw new Error(`the service refused its plan: ${await response.text()}`);
    },
    report: async () => (await (await fetch(`${url}/report`)).json()) as ServiceReport,
    stop: () => child.disconnect(),
  };
}
