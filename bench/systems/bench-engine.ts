import { Loop } from "../../server/dispatcher/loop.ts";
import { dispatcherServices } from "../../server/dispatcher/services.ts";
import { type Engine, openEngine } from "../../server/operations/engine.ts";
import { openLog } from "../../server/system/log.ts";
import type { Place } from "../harness/system.ts";

/** What Signalbox's parts say in a bench: warnings and worse. */
export const benchLog = openLog("warn", "bench");

/** An engine on the database of a run. */
export async function openBenchEngine(place: Place, applicationName: string): Promise<Engine> {
  return openEngine({ connectionString: place.url, applicationName, log: benchLog });
}

/** The dispatcher as `signalbox up` runs it: in this process, so that its CPU time is counted with the rest. */
export async function startDispatcher(place: Place): Promise<() => Promise<void>> {
  const engine = await openBenchEngine(place, "signalbox dispatcher");
  const loop = new Loop(dispatcherServices(engine, engine.ids.next()), benchLog);
  loop.start();
  return async () => {
    await loop.stop();
    await engine.close();
  };
}
