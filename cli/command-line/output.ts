import process from "node:process";
import { SignalboxError } from "#core/error.ts";

/** Where a command's words go: with `--json` one document on standard output, else lines for a person. */
export class Output {
  readonly json: boolean;

  constructor(json: boolean) {
    this.json = json;
  }

  /** The command's result: the document, or the lines that say the same. */
  result(document: unknown, lines: () => readonly string[]): void {
    process.stdout.write(
      this.json
        ? `${JSON.stringify(document)}\n`
        : lines()
            .map((line) => `${line}\n`)
            .join(""),
    );
  }

  /** A remark on the way, for a person; on standard error, so that it never mixes with a result. */
  say(line: string): void {
    process.stderr.write(`${line}\n`);
  }

  /** Why the command failed. */
  failure(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (!this.json) {
      process.stderr.write(`${message}\n`);
      return;
    }
    const known = error instanceof SignalboxError ? error : null;
    const document = { error: { code: known?.code ?? "failed", message, errors: known?.errors ?? [] } };
    process.stdout.write(`${JSON.stringify(document)}\n`);
  }
}
