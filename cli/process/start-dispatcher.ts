import { assertSchema } from "#db/migrate.ts";
import { createTargetRunner } from "#sdk/target-runner.ts";
import { callHttpTarget } from "#server/dispatcher/call-http-target.ts";
import { Loop } from "#server/dispatcher/loop.ts";
import { dispatcherServices } from "#server/dispatcher/services.ts";
import { WebhookSender } from "#server/dispatcher/webhook-sender.ts";
import { openEngine } from "#server/operations/engine.ts";
import { dropDuties } from "#server/store/duties/drop-duties.ts";
import type { Log } from "#server/system/log.ts";
import { randomBigint } from "#server/system/random.ts";
import type { Settings } from "#server/system/settings.ts";
import { openAnchorKeeper } from "./open-anchor-keeper.ts";
import type { RunningPart } from "./run-until-stopped.ts";

/** Starts the dispatcher: its services, and the calls of HTTP targets. Rejects when the database cannot be used. */
export async function startDispatcher(
  connectionString: string,
  settings: Settings,
  log: Log,
): Promise<RunningPart> {
  await assertSchema(connectionString);
  const engine = await openEngine({ connectionString, applicationName: "signalbox dispatcher", log });
  const owner = randomBigint();
  const webhooks = new WebhookSender(engine, settings.allowPrivateTargets);
  const services = dispatcherServices(engine, owner, openAnchorKeeper(settings));
  const loop = new Loop([...services, webhooks], log);
  const targets = createTargetRunner({
    engine,
    connectionString,
    leaseMs: settings.leaseMs,
    heartbeatMs: settings.heartbeatMs,
    call: (
      { target, id, attempt, definition, version, payload, traceparent },
      { idempotencyToken, signal },
      deadlineMs,
    ) =>
      callHttpTarget(
        {
          url: target,
          jobId: id,
          attempt,
          definition,
          version,
          payload,
          idempotencyToken,
          traceparent,
          deadlineMs,
          signal,
        },
        settings.allowPrivateTargets,
      ),
  });
  loop.start();
  await targets.start();
  log.info({ owner }, "the dispatcher runs");
  return {
    async stop() {
      await targets.stop();
      await loop.stop();
      await webhooks.idle();
      // With the database away the duties run out by themselves.
      await dropDuties(engine.pool, owner).catch((error) =>
        log.warn({ error: String(error) }, "duties not given up"),
      );
      await engine.close();
    },
  };
}
