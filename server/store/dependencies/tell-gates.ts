import type { Queryable } from "#db/client.ts";

/** On it every process hears at commit that a gate changed. */
export const flowChannel = "signalbox_flow";

/** Say that gates changed: caches read them again at once. */
export async function tellGates(transaction: Queryable): Promise<void> {
  await transaction.query({ name: "tell-gates", text: `select pg_notify('${flowChannel}', '')` });
}
