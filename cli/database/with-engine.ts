import { assertSchema } from "#db/migrate.ts";
import { type Engine, openEngine } from "#server/operations/engine.ts";
import { openLog } from "#server/system/log.ts";
import type { CommandCall } from "../command-line/command.ts";
import { withDatabase } from "./with-database.ts";

/** Who the CLI acts as in events and in the audit: whoever can start it has the database anyway. */
export const cliActor = "local";

/** Does `work` with an engine on the command's database. */
export function withEngine<Result>(
  call: CommandCall,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  return withDatabase(call, async (connectionString) => {
    await assertSchema(connectionString);
    const level = call.settings.logLevel === "info" ? "warn" : call.settings.logLevel;
    const log = openLog(level, "cli");
    const engine = await openEngine({ connectionString, applicationName: "signalbox cli", log, poolSize: 2 });
    try {
      return await work(engine);
    } finally {
      await engine.close();
    }
  });
}
