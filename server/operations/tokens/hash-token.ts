import { createHash } from "node:crypto";

/** SHA-256 of a token. Tokens have 256 random bits, so a slow hash would add nothing. */
export function hashToken(token: string): Uint8Array {
  return createHash("sha256").update(token, "utf8").digest();
}
