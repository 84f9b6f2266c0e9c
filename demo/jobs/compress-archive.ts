import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";
import { defineJob } from "#sdk/index.ts";
import { demoFolder } from "./demo-folder.ts";

/**
 * Writes a log file of the given size, compresses it with gzip, and unpacks it again to see that nothing was
 * lost. The compressed file stays in the archive; the log is removed whatever happens.
 */
export const compressArchive = defineJob({
  name: "compress-archive",
  queue: "documents",
  priority: "low",
  description: "Compresses a day's access log and checks the archive by unpacking it.",
  owner: "Archive",
  input: z.object({
    archiveId: z.string().regex(/^[\w-]+$/),
    kilobytes: z.number().int().min(1).max(16_384),
  }),
  timeouts: { attemptMs: 60_000 },
  handler: async ({ archiveId, kilobytes }, ctx) => {
    const { signal } = ctx;
    const folder = await demoFolder("archives");
    const work = await mkdtemp(join(folder, "work-"));
    try {
      const log = join(work, "access.log");
      const archive = join(folder, `${archiveId}.gz`);
      await pipeline(Readable.from(logLines(archiveId, kilobytes * 1_024)), createWriteStream(log), {
        signal,
      });
      await pipeline(createReadStream(log), createGzip(), createWriteStream(archive), { signal });
      const written = createHash("sha256");
      await pipeline(createReadStream(log), written, { signal });
      const unpacked = createHash("sha256");
      await pipeline(createReadStream(archive), createGunzip(), unpacked, { signal });
      const sha256 = written.digest("hex");
      if (unpacked.digest("hex") !== sha256)
        throw new Error(`archive ${archiveId} does not unpack to what was packed`);
      const sizes = { bytes: (await stat(log)).size, compressedBytes: (await stat(archive)).size };
      ctx.log.info("archive written and checked", sizes);
      return { archive, sha256, ...sizes };
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
});

/** Lines of an access log, about 16 KiB at a time, until `bytes` are reached. */
function* logLines(archiveId: string, bytes: number): Generator<string> {
  let made = 0;
  for (let line = 0; made < bytes; ) {
    let block = "";
    while (block.length < 16_384 && made + block.length < bytes) {
      const mark = createHash("md5").update(`${archiveId}-${line}`).digest("hex");
      block += `10.0.${line % 256}.${line % 199} "GET /articles/${mark.slice(0, 6)} HTTP/1.1" 200 ${line % 7_919}\n`;
      line += 1;
    }
    made += block.length;
    yield block;
  }
}
