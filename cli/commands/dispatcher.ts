import { openLog } from "#server/system/log.ts";
import type { Command } from "../command-line/command.ts";
import { withDatabase } from "../database/with-database.ts";
import { runUntilStopped } from "../process/run-until-stopped.ts";
import { startDispatcher } from "../process/start-dispatcher.ts";

/** HTTP calls under way have ten seconds to end. */
const stopLimitMs = 15_000;

export const dispatcher: Command = {
  usage: "dispatcher",
  positionals: { least: 0, most: 0 },
  options: {},
  async run(call) {
    const { settings, output } = call;
    const log = openLog(settings.logLevel, "dispatcher");
    await withDatabase(call, (url) =>
      runUntilStopped({
        stopLimitMs,
        log,
        start: async () => {
          const part = await startDispatcher(url, settings, log);
          output.result({ dispatcher: { state: "running" } }, () => []);
          return part;
        },
      }),
    );
    return 0;
  },
};
