import { recordAutomation } from "#server/operations/automation/record-automation.ts";
import type { Engine } from "#server/operations/engine.ts";
import type { AdaptedLimit } from "./transport.ts";

/** Put an adapted concurrency on the automation feed. Never rejects: a feed that cannot be written stops no worker. */
export async function recordLimit(engine: Engine, workerId: string, change: AdaptedLimit): Promise<void> {
  const { before, limit, because, figures } = change;
  const event = {
    kind: "concurrency-adapted",
    objectKind: "worker",
    objectId: workerId,
    cause: `Worker ${workerId} runs ${limit} attempts at once instead of ${before}: ${because}.`,
    figures: { before, limit, ...figures },
  };
  await recordAutomation(engine.pool, event).catch((error) =>
    engine.log.warn({ error: String(error) }, "an adapted concurrency could not be put on the feed"),
  );
}
