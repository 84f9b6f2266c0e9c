import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, expect, test } from "vitest";
import { demoEnvironment } from "./demo-environment.ts";
import { call } from "./testing/call.ts";

let child: ChildProcess | undefined;
afterEach(() => child?.kill("SIGKILL"));

function startServices(environment: Record<string, string>): {
  exit: Promise<unknown[]>;
  lines: AsyncIterable<string>;
} {
  child = spawn(process.execPath, ["demo/start-services.ts"], {
    env: { ...process.env, LOG_LEVEL: "info", SIGNALBOX_DEMO_OUTAGES: "on", ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const { stderr } = child;
  if (stderr === null) throw new Error("the process was started without a pipe for standard error");
  return { exit: once(child, "exit"), lines: createInterface({ input: stderr }) };
}

async function lineWith(lines: AsyncIterable<string>, words: string): Promise<string> {
  for await (const line of lines) if (line.includes(words)) return line;
  throw new Error(`the process ended without saying "${words}"`);
}

/** Every usual port may be taken on this machine, so the test asks for free ones. */
const freeUrls = () => demoEnvironment({});

test.each(["SIGTERM", "SIGINT"] as const)(
  "serves, takes faults, and ends with code 0 on %s",
  async (signal) => {
    const urls = await freeUrls();
    const { exit, lines } = startServices(urls);
    await lineWith(lines, "services listen");
    const found = await call("GET", `${urls.SIGNALBOX_DEMO_GEOCODER_URL}/geocode?q=Riga`);
    expect(found.body).toMatchObject({ place: "Riga" });
    const set = await call("PUT", `${urls.SIGNALBOX_DEMO_CONTROL_URL}/geocoder/faults`, { refuse: true });
    expect(set.status).toBe(200);
    child?.kill(signal);
    expect(await exit).toEqual([0, null]);
  },
);

test("a port in use ends it with code 1 and words that name the port", async () => {
  const urls = await freeUrls();
  const first = startServices(urls);
  await lineWith(first.lines, "services listen");
  const holder = child;
  const second = startServices(urls);
  const said = await lineWith(second.lines, "EADDRINUSE");
  expect(said).toContain(new URL(urls.SIGNALBOX_DEMO_MAIL_URL).port);
  expect(await second.exit).toEqual([1, null]);
  holder?.kill("SIGTERM");
  await first.exit;
});

test("a wrong setting ends it with code 1 and words that name the setting", async () => {
  const { exit, lines } = startServices({ SIGNALBOX_DEMO_RATE: "fast" });
  expect(await lineWith(lines, "SIGNALBOX_DEMO_RATE")).toContain("is a number of jobs a second");
  expect(await exit).toEqual([1, null]);
});
