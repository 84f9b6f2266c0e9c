import { readSettings } from "#server/system/settings.ts";
import { commandTable } from "./command-table.ts";
import { describeCommands, describeUsage } from "./describe-usage.ts";
import { findCommand } from "./find-command.ts";
import { Output } from "./output.ts";
import { parseCall } from "./parse-call.ts";
import { UsageError } from "./usage-error.ts";

/** Runs what the words after `signalbox` ask for; resolves to the exit code: 0 done, 1 failed, 2 wrong usage. Never rejects. */
export async function runCommandLine(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<0 | 1 | 2> {
  const output = new Output(words.includes("--json"));
  let usage = describeCommands(commandTable);
  try {
    const found = findCommand(words);
    if (found === null) {
      const isHelp = words.includes("--help") || words.includes("-h");
      if (!isHelp) throw new UsageError("which command?");
      output.result({ usage }, () => usage);
      return 0;
    }
    const command = await found.entry.load();
    usage = describeUsage(command);
    const call = parseCall(command, found.rest);
    if (call.isSet("help")) {
      output.result({ usage }, () => usage);
      return 0;
    }
    const { settings, warnings } = readSettings(environment);
    for (const warning of warnings) output.say(warning);
    return await command.run({ ...call, output, settings, environment });
  } catch (error) {
    output.failure(error);
    if (!(error instanceof UsageError)) return 1;
    for (const line of usage) output.say(line);
    return 2;
  }
}
