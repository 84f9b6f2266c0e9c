import type { JobPayload } from "./system.ts";

const note = "the same two hundred bytes for everybody, as plain JSON and hardly worth compressing: ".padEnd(
  172,
  "0123456789",
);

/** The payload of job number `index`: about 200 bytes as JSON. */
export function makePayload(index: number): JobPayload {
  return { index, note };
}

/** Payloads `first` to `first + count - 1`. */
export function makePayloads(first: number, count: number): JobPayload[] {
  return Array.from({ length: count }, (_, offset) => makePayload(first + offset));
}
