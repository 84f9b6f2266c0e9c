import type { Queryable } from "#db/client.ts";
import { endForcedWord } from "#server/store/dependencies/end-forced-word.ts";
import { lockDependencyGates } from "#server/store/dependencies/lock-dependency-gates.ts";
import { tellGates } from "#server/store/dependencies/tell-gates.ts";
import { recordAutomation } from "../automation/record-automation.ts";

/**
 * Let the policy decide again about a dependency whose breaker was forced for a time that is over, and say so on the feed.
 * Nothing when somebody spoke again meanwhile.
 */
export async function endForced(
  transaction: Queryable,
  { id, name }: { id: number; name: string },
): Promise<void> {
  await lockDependencyGates(transaction, [id]);
  const ended = await endForcedWord(transaction, id);
  if (ended === null) return;
  const { forced, by, reason } = ended;
  const why = reason === null ? "" : `: ${reason}`;
  await recordAutomation(transaction, {
    kind: "breaker-force-ended",
    objectKind: "dependency",
    objectId: name,
    cause: `the time is over for which ${by ?? "an operator"} had forced it ${forced}${why}`,
    figures: { forced },
  });
  await tellGates(transaction);
}
