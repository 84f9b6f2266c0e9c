import { setTimeout as wait } from "node:timers/promises";
import type { StatementCounter } from "./count-statements.ts";

/** Statements a second that pass the counter while `seconds` pass. */
export async function measureIdle(counter: StatementCounter, seconds: number): Promise<number> {
  const before = counter.sent;
  await wait(seconds * 1_000);
  return (counter.sent - before) / seconds;
}
