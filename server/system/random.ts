import { randomBytes } from "node:crypto";
import type { Random } from "#core/clock.ts";

/** Chance for jitter and spreading; not for secrets. */
export const random: Random = Math.random;

/** A secret of `bytes` random bytes as base64url text. */
export function randomSecret(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}

/** A random positive 63-bit number as text, for a Postgres bigint. */
export function randomBigint(): string {
  return (randomBytes(8).readBigUInt64BE() >> 1n).toString();
}
