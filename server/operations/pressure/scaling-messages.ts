import type { PressureSnapshot } from "#core/pressure/pressure-snapshot.ts";
import { isoTime } from "#server/store/jobs/job-view.ts";
import type { WebhookMessage } from "#server/store/webhooks/insert-deliveries.ts";

/** What an autoscaler is told of each pool for which another number of workers is asked for than before. */
export function scalingMessages(before: PressureSnapshot, after: PressureSnapshot): WebhookMessage[] {
  const known = new Map(before.crews.map((crew) => [crew.key, crew.scale?.workers]));
  return after.crews.flatMap(
    ({ key, pool, definitions, workers, slots, scale, demand }): WebhookMessage[] => {
      const from = known.get(key);
      if (scale === null || from === undefined || from === scale.workers) return [];
      const scaling = {
        ...{ pool, definitions, workers, slots },
        wantedWorkers: scale.workers,
        wantedSlots: demand?.slots ?? null,
      };
      const body = { event: "scaling.wanted", at: isoTime(after.atMs), scaling };
      return [{ alertId: null, kind: "scaling", event: "scaling.wanted", body }];
    },
  );
}
