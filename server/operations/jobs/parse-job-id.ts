import { SignalboxError } from "#core/error.ts";

const largestId = 9_223_372_036_854_775_807n;

/** A job id as it came from outside; one that cannot be an id is no job's: `not_found`. */
export function parseJobId(text: string): string {
  if (/^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= largestId) return text;
  throw noSuchJob(text);
}

export function noSuchJob(id: string): SignalboxError {
  return new SignalboxError(
    "not_found",
    `there is no job ${id.slice(0, 40)}: it was never submitted here, or its retention has passed`,
  );
}
