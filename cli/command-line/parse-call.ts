import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Command, CommandCall } from "./command.ts";
import { UsageError } from "./usage-error.ts";

export type ParsedCall = Pick<CommandCall, "positionals" | "text" | "texts" | "isSet">;

/** The arguments of a command, checked for unknown options, missing values and their number. Throws UsageError. */
export function parseCall(command: Command, words: readonly string[]): ParsedCall {
  const options: NonNullable<ParseArgsConfig["options"]> = {
    json: { type: "boolean" },
    help: { type: "boolean" },
  };
  for (const [name, { value }] of Object.entries(command.options))
    options[name] = value === undefined ? { type: "boolean" } : { type: "string", multiple: true };
  const { values, positionals } = parse([...words], options);
  const { least, most } = command.positionals;
  if (!values.help && positionals.length < least)
    throw new UsageError(least === 1 ? "an argument is missing" : `${least} arguments are needed`);
  if (positionals.length > most)
    throw new UsageError(`${JSON.stringify(positionals[most]?.slice(0, 60))} is one argument too many`);
  const texts = (name: string) => (Array.isArray(values[name]) ? (values[name] as string[]) : []);
  return {
    positionals,
    texts,
    text: (name) => texts(name).at(-1),
    isSet: (name) => values[name] !== undefined,
  };
}

function parse(args: string[], options: NonNullable<ParseArgsConfig["options"]>) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split(". ")[0] : String(error));
  }
}
