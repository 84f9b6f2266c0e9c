import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { type DemoUrlVariable, defaultDemoUrls } from "./demo-settings.ts";

/**
 * The addresses of the demo's services as variables for the processes that a supervisor spawns, so that all of
 * them agree: a variable that is set is kept, else the usual port when it is free, else any free one.
 */
export async function demoEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Record<DemoUrlVariable, string>> {
  const chosen = {} as Record<DemoUrlVariable, string>;
  for (const [variable, usual] of Object.entries(defaultDemoUrls) as [DemoUrlVariable, string][]) {
    chosen[variable] = environment[variable] || (await freeUrl(Number(new URL(usual).port)));
  }
  return chosen;
}

async function freeUrl(wantedPort: number): Promise<string> {
  const port = (await openPort(wantedPort)) ?? (await openPort(0));
  return `http://127.0.0.1:${port}`;
}

/** The port that could be opened (and was closed again), or null when it is taken. */
async function openPort(port: number): Promise<number | null> {
  const server = createServer();
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return null;
  }
  const opened = (server.address() as AddressInfo).port;
  server.close();
  await once(server, "close");
  return opened;
}
