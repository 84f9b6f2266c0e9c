import type { CommandCall } from "./command.ts";
import { UsageError } from "./usage-error.ts";

type Texts = Pick<CommandCall, "text">;

/** A whole number within bounds; undefined when the option is not given. Throws UsageError. */
export function readWhole(
  call: Texts,
  name: string,
  bounds: { from: number; to: number },
): number | undefined {
  const text = call.text(name);
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= bounds.from && value <= bounds.to) return value;
  throw new UsageError(
    `--${name} is ${JSON.stringify(text)}: it is a whole number from ${bounds.from} to ${bounds.to}`,
  );
}

/** One of the allowed words. Throws UsageError. */
export function readWord<Word extends string>(
  call: Texts,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const text = call.text(name);
  if (text === undefined) return undefined;
  const found = words.find((word) => word === text);
  if (found === undefined)
    throw new UsageError(`--${name} is ${JSON.stringify(text)}: it is one of ${words.join(", ")}`);
  return found;
}

/** Several of the allowed words, with commas between them. Throws UsageError. */
export function readWords<Word extends string>(
  call: Texts,
  name: string,
  words: readonly Word[],
): Word[] | undefined {
  return call
    .text(name)
    ?.split(",")
    .map((text) => readWord({ text: () => text }, name, words) as Word);
}

/** A JSON value. Throws UsageError with the place where it is broken. */
export function readJson(call: Texts, name: string): unknown {
  const text = call.text(name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`--${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** An instant as ISO 8601 with Z or an offset; ms since 1970. Throws UsageError. */
export function readInstant(call: Texts, name: string): number | undefined {
  const text = call.text(name);
  if (text === undefined) return undefined;
  const isIso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const atMs = isIso ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(atMs)) return atMs;
  throw new UsageError(`--${name} is ${JSON.stringify(text)}: it is a time such as 2026-01-31T12:00:00Z`);
}
