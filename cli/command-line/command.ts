import type { Settings } from "#server/system/settings.ts";
import type { Output } from "./output.ts";

export interface CommandOption {
  /** What stands for the value in the usage, as `N`; absent for a switch. */
  value?: string;
  /** May be given several times. */
  many?: boolean;
  description: string;
}

/** What a command is given: its arguments as they came, and the process's settings. */
export interface CommandCall {
  positionals: readonly string[];
  /** Text of an option with a value; the last one when it came more than once. */
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  isSet(name: string): boolean;
  output: Output;
  settings: Settings;
  environment: NodeJS.ProcessEnv;
}

export interface Command {
  /** The words after `signalbox`, with the arguments: `jobs show <id>`. */
  usage: string;
  /** How many arguments besides the command's own words. */
  positionals: { least: number; most: number };
  /** `--json` and `--help` are every command's. */
  options: Readonly<Record<string, CommandOption>>;
  /** Resolves to the exit code. Throws UsageError for arguments that cannot be meant. */
  run(call: CommandCall): Promise<0 | 1>;
}
