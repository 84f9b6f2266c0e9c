import { onTestFinished } from "vitest";
import { type EmbeddedPostgres, startEmbedded } from "#db/embedded.ts";

/** An embedded Postgres of the test's own in `directory`; whatever runs there when the test ends is stopped. */
export async function embeddedPostgres(directory: string): Promise<EmbeddedPostgres> {
  onTestFinished(async () => {
    const running = await startEmbedded(directory);
    await running.stop();
  });
  return startEmbedded(directory);
}
