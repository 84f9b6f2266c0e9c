import process from "node:process";
import { openLog } from "#server/system/log.ts";
import type { Command } from "../command-line/command.ts";
import { readWhole } from "../command-line/read-option.ts";
import { withDatabase } from "../database/with-database.ts";
import { ensureConsoleBuilt } from "../process/ensure-console-built.ts";
import { runUntilStopped } from "../process/run-until-stopped.ts";
import { startWebProcess } from "../process/start-web-process.ts";

const stopLimitMs = 8_000;

export const web: Command = {
  usage: "web",
  positionals: { least: 0, most: 0 },
  options: {
    port: { value: "N", description: "where to listen, 1 to 65535; default PORT, else 3000" },
    demo: {
      description: "offer a link that lets in as the demo's admin by one click, while there is nobody else",
    },
  },
  async run(call) {
    const { output } = call;
    const port = readWhole(call, "port", { from: 1, to: 65_535 }) ?? call.settings.port;
    const settings = { ...call.settings, port };
    const log = openLog(settings.logLevel, "web");
    await ensureConsoleBuilt((line) => output.say(line));
    await withDatabase(call, (url) =>
      runUntilStopped({
        stopLimitMs,
        log,
        start: async () => {
          const part = await startWebProcess(url, settings, log, { demo: call.isSet("demo") });
          const { url: webUrl, firstLink } = part;
          // To a supervisor the ready message says it, so that the link is in no log.
          if (!process.connected)
            output.result({ web: { url: webUrl, firstLink } }, () => [
              `the console is at ${webUrl}`,
              ...(firstLink === null ? [] : [`nobody can sign in yet: make the first admin at ${firstLink}`]),
            ]);
          return part;
        },
      }),
    );
    return 0;
  },
};
