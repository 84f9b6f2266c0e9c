import process from "node:process";
import { embeddedDirectory } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";
import { maskDatabaseUrl } from "#server/system/mask-database-url.ts";
import type { Settings } from "#server/system/settings.ts";
import type { Command } from "../command-line/command.ts";
import { readWhole } from "../command-line/read-option.ts";
import { assertReachable } from "../database/assert-reachable.ts";
import { ensureConsoleBuilt } from "../process/ensure-console-built.ts";
import { assertPortFree } from "../supervisor/assert-port-free.ts";
import { firstWords } from "../supervisor/first-words.ts";
import { planChildren } from "../supervisor/plan-children.ts";
import { PostgresKeeper } from "../supervisor/postgres-keeper.ts";
import { supervise } from "../supervisor/supervise.ts";

export const up: Command = {
  usage: "up",
  positionals: { least: 0, most: 0 },
  options: {
    demo: { description: "with work to do: services, a worker and a producer (docs/guide/demo.md)" },
    port: { value: "N", description: "where the console listens, 1 to 65535; default PORT, else 3000" },
  },
  async run(call) {
    const { output, environment } = call;
    const port = readWhole(call, "port", { from: 1, to: 65_535 }) ?? call.settings.port;
    const settings = { ...call.settings, port };
    const say = (line: string) => output.say(line);
    await assertPortFree(settings.host, port);
    await ensureConsoleBuilt(say);
    const { url: databaseUrl, postgres } = await openForUp(settings, say);
    const { children, demoUrls } = await planChildren({
      databaseUrl,
      settings,
      environment,
      demo: call.isSet("demo"),
    });
    const dataDirectory = postgres === null ? null : embeddedDirectory(settings.dataDirectory);
    return supervise({
      children,
      postgres,
      writeLine: (line) => process.stderr.write(`${line}\n`),
      onReady: ({ url: webUrl, firstLink }) => {
        const url = webUrl ?? `http://${settings.host}:${port}`;
        const demoControlUrl = demoUrls.SIGNALBOX_DEMO_CONTROL_URL ?? null;
        output.result({ url, firstLink, dataDirectory, demo: call.isSet("demo") }, () =>
          firstWords({
            url,
            firstLink,
            demo: call.isSet("demo"),
            dataDirectory,
            databaseUrl: maskDatabaseUrl(databaseUrl),
            demoControlUrl,
          }),
        );
      },
    });
  },
};

/** The database, migrated: that of DATABASE_URL, or the embedded one, which is then ours to keep and to stop. */
async function openForUp(
  settings: Settings,
  say: (line: string) => void,
): Promise<{ url: string; postgres: PostgresKeeper | null }> {
  if (settings.databaseUrl !== null) {
    await assertReachable(settings.databaseUrl);
    await migrate(settings.databaseUrl);
    return { url: settings.databaseUrl, postgres: null };
  }
  const postgres = new PostgresKeeper(settings.dataDirectory, (words) => say(`Postgres: ${words}`));
  const { url, reused } = await postgres.start();
  try {
    await migrate(url);
  } catch (error) {
    if (!reused) await postgres.stop();
    throw error;
  }
  return { url, postgres };
}
