import { type CommandEntry, commandTable } from "./command-table.ts";
import { UsageError } from "./usage-error.ts";

/** The command that the first one or two words name, and the arguments after them; null when there are no words. */
export function findCommand(
  words: readonly string[],
): { entry: CommandEntry; rest: readonly string[] } | null {
  const [first, second] = words;
  if (first === undefined || first.startsWith("-")) return null;
  const two = second === undefined ? undefined : commandTable[`${first} ${second}`];
  if (two) return { entry: two, rest: words.slice(2) };
  const one = Object.hasOwn(commandTable, first) ? commandTable[first] : undefined;
  if (one) return { entry: one, rest: words.slice(1) };
  const under = Object.keys(commandTable).filter((name) => name.startsWith(`${first} `));
  if (under.length > 0)
    throw new UsageError(
      `signalbox ${first} needs one of: ${under.map((name) => name.slice(first.length + 1)).join(", ")}`,
    );
  throw new UsageError(`there is no command ${JSON.stringify(first.slice(0, 60))}`);
}
