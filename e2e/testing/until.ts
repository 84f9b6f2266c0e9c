import { setTimeout as pause } from "node:timers/promises";

const lookEveryMs = 50;

/**
 * Asks `look` again and again until it answers with something other than false, null or undefined, and resolves to
 * that; rejects with `what` when the deadline comes first.
 */
export async function until<Answer>(
  what: string,
  look: () => Promise<Answer | false | null | undefined> | Answer | false | null | undefined,
  deadlineMs = 20_000,
): Promise<Answer> {
  const endMs = performance.now() + deadlineMs;
  for (;;) {
    const answer = await look();
    if (answer !== false && answer !== null && answer !== undefined) return answer;
    if (performance.now() > endMs) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await pause(lookEveryMs);
  }
}
