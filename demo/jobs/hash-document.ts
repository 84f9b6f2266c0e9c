import { createCipheriv, createHash } from "node:crypto";
import { setImmediate as otherWork } from "node:timers/promises";
import { z } from "zod";
import { defineJob } from "#sdk/index.ts";

const chunkBytes = 65_536;

/**
 * Computes the SHA-256 of a document of the given size. Its bytes are made from its id (AES in counter mode),
 * so the same document always has the same hash. Gives way to the event loop after each 64 KiB.
 */
export const hashDocument = defineJob({
  name: "hash-document",
  queue: "documents",
  priority: "normal",
  description: "Computes the SHA-256 of a document, for the archive's table of contents.",
  owner: "Archive",
  input: z.object({ documentId: z.string(), kilobytes: z.number().int().min(1).max(16_384) }),
  timeouts: { attemptMs: 30_000 },
  handler: async ({ documentId, kilobytes }, ctx) => {
    const bytes = kilobytes * 1_024;
    const key = createHash("sha256").update(documentId).digest();
    const source = createCipheriv("aes-256-ctr", key, Buffer.alloc(16));
    const hash = createHash("sha256");
    const zeros = Buffer.alloc(chunkBytes);
    for (let done = 0; done < bytes; done += chunkBytes) {
      hash.update(source.update(zeros.subarray(0, Math.min(chunkBytes, bytes - done))));
      await otherWork();
      ctx.signal.throwIfAborted();
    }
    return { documentId, bytes, sha256: hash.digest("hex") };
  },
});
