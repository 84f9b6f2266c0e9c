import { z } from "zod";
import { type SigningKey, verifySignature } from "#server/system/signing-key.ts";

/** The head of a chain at one moment, signed, to be kept outside the database. */
export const anchorSchema = z.object({
  chain: z.uuid(),
  seq: z.number().int().min(1),
  /** Of the entry `seq`, hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** When it was taken, ISO 8601. */
  at: z.iso.datetime(),
  /** The public key that it is signed by, base64url. */
  key: z.string().max(100),
  signature: z.string().max(200),
});
export type Anchor = z.infer<typeof anchorSchema>;

/** Sign the head of a chain. */
export function signAnchor(
  head: { chain: string; seq: number; hash: string },
  atMs: number,
  key: SigningKey,
): Anchor {
  const { chain, seq, hash } = head;
  const unsigned = { chain, seq, hash, at: new Date(atMs).toISOString(), key: key.publicKey };
  return { ...unsigned, signature: key.sign(signedText(unsigned)) };
}

/** Whether an anchor is what its key signed. */
export function isGenuine(anchor: Anchor): boolean {
  return verifySignature(anchor.key, signedText(anchor), anchor.signature);
}

function signedText({ chain, seq, hash, at }: Omit<Anchor, "key" | "signature">): string {
  return `signalbox audit anchor\n${chain}\n${seq}\n${hash}\n${at}\n`;
}
