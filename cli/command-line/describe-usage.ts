import type { Command } from "./command.ts";
import type { CommandEntry } from "./command-table.ts";

/** The usage of one command: its line, then an option a line. */
export function describeUsage(command: Command): string[] {
  const options = Object.entries({
    ...command.options,
    json: { description: "one JSON document on standard output" },
    help: { description: "this text" },
  }).map(([name, option]) => ({
    left: "value" in option && option.value ? `--${name} ${option.value}` : `--${name}`,
    right: `${option.description}${"many" in option && option.many ? "; may be given several times" : ""}`,
  }));
  return [`usage: signalbox ${command.usage} [options]`, ...columns(options)];
}

/** The list of commands. */
export function describeCommands(table: Readonly<Record<string, CommandEntry>>): string[] {
  const rows = Object.entries(table).map(([words, { summary }]) => ({ left: words, right: summary }));
  return [
    "usage: signalbox <command> [arguments] [--json]",
    ...columns(rows),
    "signalbox <command> --help has the options of one. Exit code 0: done, 1: failed, 2: wrong usage.",
    "The database is DATABASE_URL, else the embedded Postgres of DATA_DIR (.data); docs/settings.md has all settings.",
  ];
}

function columns(rows: readonly { left: string; right: string }[]): string[] {
  const width = Math.max(...rows.map(({ left }) => left.length));
  return rows.map(({ left, right }) => `  ${left.padEnd(width)}  ${right}`);
}
