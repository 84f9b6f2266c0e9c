import { type JobState, transitionKinds } from "./job-state.ts";

/** What happens to a job without a change of state. */
const remarkKinds = [
  "cancel-requested",
  "checkpointed",
  "late-result",
  "reprioritised",
  "moved",
  "diverted",
  "payload-replaced",
  "discarded",
  "noted",
] as const;

/** Everything that can stand in the history of a job. */
export const jobEventKinds = [...transitionKinds, ...remarkKinds] as const;
export type JobEventKind = (typeof jobEventKinds)[number];

/**
 * One line of a job's history. A change of state has `from` (null only on `submitted`) and `to`; a remark
 * (`cancel-requested`, `checkpointed`, `late-result`, `reprioritised`, `moved`, `diverted`, `payload-replaced`,
 * `discarded`, `noted`) has both equal to the state it was made in. `because` are short plain sentences with figures.
 *
 * Keys of `data` that {@link ./rebuild-job.ts} reads, all optional: `attempt` (number, on `claimed`; else the
 * next one), `counted` (false on `failed` and `timed-out` when the policy does not count it),
 * `priority` (on `reprioritised`), `queue` (on `moved`), `runAtMs`.
 */
export interface JobEvent {
  atMs: number;
  kind: JobEventKind;
  from: JobState | null;
  to: JobState;
  /** Who did it: `token:<name>`, `worker:<id>`, `dispatcher`, `operator:<name>`; free text of the caller. */
  actor: string;
  because: readonly string[];
  data: Readonly<Record<string, unknown>>;
}
