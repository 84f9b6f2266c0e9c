import type { HeldJob } from "./queue-store.ts";

/** A job as it is kept in memory. `id` is its number under the name that the merge of the claim knows. */
export interface QueuedJob extends HeldJob {
  id: number;
  runAtMs: number;
  attempt: number;
  /** It waits after a failure. */
  retry: boolean;
  failures: number;
  firstStartedAtMs: number | null;
  previousDelayMs: number | null;
}
