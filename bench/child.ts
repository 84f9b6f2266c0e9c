import { benches } from "./benches/benches.ts";
import type { ChildAnswer, ChildOrder } from "./harness/run-child.ts";
import type { BenchSystem } from "./harness/system.ts";

/** One (system, round): a process of its own, so that no run inherits another's heap, connections or compiled code. */
async function answer(order: ChildOrder): Promise<ChildAnswer> {
  try {
    const bench = benches.get(order.bench);
    if (!bench) throw new Error(`no bench named ${order.bench}`);
    const { system } = (await import(`./systems/${order.system}.ts`)) as { system: BenchSystem };
    return { measurement: await bench.measure(system, order.place, order.size) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.once("message", async (order: ChildOrder) => {
  const message = await answer(order);
  process.send?.(message, () => process.exit(0));
});
