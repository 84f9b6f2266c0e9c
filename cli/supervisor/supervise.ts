import process from "node:process";
import { formatLogLine } from "./format-log-line.ts";
import { type ChildSpec, ManagedChild } from "./managed-child.ts";
import type { PostgresKeeper } from "./postgres-keeper.ts";

export interface Supervision {
  /** In the order to start; stopped in the opposite order. */
  children: readonly ChildSpec[];
  /** Stopped last; null when Postgres is not ours. */
  postgres: PostgresKeeper | null;
  /** Called once, when every child that says so is ready; with the address and the link of the one that has them. */
  onReady: (facts: { url: string | null; firstLink: string | null }) => void;
  /** Takes each line for a person: the children's logs and the supervisor's own news. */
  writeLine: (line: string) => void;
}

/**
 * Keeps the children running until SIGTERM, SIGINT or SIGHUP; then stops them one after the other, Postgres last, and
 * resolves to the exit code: 0, or 1 when a second signal cut it short.
 */
export async function supervise({
  children: specs,
  postgres,
  onReady,
  writeLine,
}: Supervision): Promise<0 | 1> {
  const waiting = new Set(specs.filter(({ saysReady }) => saysReady).map(({ name }) => name));
  let url: string | null = null;
  let firstLink: string | null = null;
  const isSaid = () => waiting.size === 0;
  const children = specs.map(
    (spec) =>
      new ManagedChild(spec, {
        onLine: (name, line) => writeLine(formatLogLine(name, line)),
        onNews: (name, words) => writeLine(formatLogLine("signalbox", newsEntry(`${name} ${words}`))),
        onReady: (name, message) => {
          url = message.url ?? url;
          firstLink = message.firstLink ?? null;
          if (isSaid() && firstLink !== null)
            writeLine(
              formatLogLine("signalbox", newsEntry(`the link for the first admin is now ${firstLink}`)),
            );
          if (!waiting.delete(name)) return;
          if (!isStopping) startAfter(name);
          if (waiting.size === 0) onReady({ url, firstLink });
        },
      }),
  );
  let isStopping = false;
  const startAfter = (name: string | undefined) => {
    for (const [index, spec] of specs.entries()) if (spec.after === name) children[index]?.start();
  };
  const told = Promise.withResolvers<void>();
  const again = Promise.withResolvers<"again">();
  let signals = 0;
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
    process.on(signal, () => (++signals === 1 ? told.resolve() : again.resolve("again")));

  postgres?.watch();
  startAfter(undefined);
  await told.promise;
  isStopping = true;
  writeLine(formatLogLine("signalbox", newsEntry("stopping; once more to stop at once")));
  const outcome = await Promise.race([stopInOrder(children), again.promise]);
  if (outcome === "again") for (const child of children) child.kill();
  await postgres?.stop();
  writeLine(formatLogLine("signalbox", newsEntry("stopped")));
  return outcome === "again" ? 1 : 0;
}

async function stopInOrder(children: readonly ManagedChild[]): Promise<"stopped"> {
  for (const child of children.toReversed()) await child.stop();
  return "stopped";
}

/** The supervisor's own news in the form of its children's. */
function newsEntry(msg: string): string {
  return JSON.stringify({ level: 30, time: new Date().toISOString(), msg });
}
