import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { defineJob } from "#sdk/index.ts";
import { nowMs } from "#server/system/clock.ts";
import { demoFolder, demoFolders } from "./demo-folder.ts";

/** Deletes the demo's files (orders, reports, archives, catalogues, feeds) that nobody wrote to for a while. */
export const nightlyCleanup = defineJob({
  name: "nightly-cleanup",
  queue: "maintenance",
  priority: "bulk",
  description: "Deletes files that nobody wrote to for a while.",
  owner: "Platform",
  input: z.object({ olderThanMinutes: z.number().min(1).max(100_000) }),
  timeouts: { attemptMs: 60_000 },
  handler: async ({ olderThanMinutes }, ctx) => {
    const cutMs = nowMs() - olderThanMinutes * 60_000;
    let deleted = 0;
    let kept = 0;
    let freedBytes = 0;
    for (const name of demoFolders) {
      const folder = await demoFolder(name);
      for (const entry of await readdir(folder)) {
        ctx.signal.throwIfAborted();
        const path = join(folder, entry);
        const found = await stat(path).catch(() => null);
        if (found === null) continue;
        if (found.mtimeMs > cutMs) {
          kept += 1;
          continue;
        }
        await rm(path, { recursive: true, force: true });
        deleted += 1;
        freedBytes += found.size;
      }
    }
    ctx.log.info("old files deleted", { deleted, kept });
    return { deleted, kept, freedBytes };
  },
});
