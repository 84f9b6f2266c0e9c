import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { until } from "./until.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** A real process under test, killed when the test ends. */
export interface Program {
  pid: number;
  /** Everything it has written so far. */
  output(): string;
  stdout(): string;
  /** Null while it runs. */
  exitCode(): number | null;
  signal(name: NodeJS.Signals): void;
  /** Resolves to the exit code; null when a signal ended it. */
  exited(deadlineMs?: number): Promise<number | null>;
  /** Resolves once it has written the words. */
  says(words: string, deadlineMs?: number): Promise<void>;
}

/** Runs `node <file> <words…>` from the root of the package; `file` defaults to the CLI. */
export function startProgram(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  options: { file?: string; node?: readonly string[] } = {},
): Program {
  // Of this process's settings none may leak into the one under test.
  const {
    DATABASE_URL: _url,
    DATA_DIR: _directory,
    PORT: _port,
    HOST: _host,
    LOG_LEVEL: _level,
    ...inherited
  } = process.env;
  const child = spawn(
    process.execPath,
    [...(options.node ?? []), options.file ?? "cli/signalbox.mjs", ...words],
    {
      cwd: root,
      env: { ...inherited, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return watch(child);
}

function watch(child: ChildProcess): Program {
  const lines: string[] = [];
  const written: string[] = [];
  let over: { code: number | null } | null = null;
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) throw new Error("the process has no pipes");
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      if (stream === child.stdout) written.push(line);
    });
  }
  child.once("close", (code) => {
    over = { code };
  });
  const output = () => lines.join("\n");
  return {
    pid: child.pid ?? 0,
    output,
    stdout: () => written.join("\n"),
    exitCode: () => child.exitCode,
    signal: (name) => void child.kill(name),
    exited: async (deadlineMs) => (await until(`exit; it wrote: ${output()}`, () => over, deadlineMs)).code,
    says: async (words, deadlineMs) => {
      await until(
        `"${words}"`,
        () => lines.some((line) => line.includes(words)) || (over && fail(words, output())),
        deadlineMs,
      );
    },
  };
}

function fail(words: string, output: string): never {
  throw new Error(`the process ended without saying "${words}"; it wrote: ${output}`);
}
