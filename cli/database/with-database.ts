import type { CommandCall } from "../command-line/command.ts";
import { explainConnection } from "./explain-connection.ts";
import { openDatabase } from "./open-database.ts";

/** Does `work` on the command's database and leaves it as it was found, running or not. */
export async function withDatabase<Result>(
  call: Pick<CommandCall, "settings" | "output">,
  work: (url: string) => Promise<Result>,
  options: { create?: boolean } = {},
): Promise<Result> {
  const say = (line: string) => call.output.say(line);
  const database = await openDatabase(call.settings, { create: options.create ?? false, say });
  try {
    return await work(database.url);
  } catch (error) {
    throw explainConnection(database.url, error) ?? error;
  } finally {
    await database.close();
  }
}
