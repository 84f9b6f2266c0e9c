import { once } from "node:events";
import { seededRandom } from "#core/random.ts";
import { openLog } from "#server/system/log.ts";
import { readDemoSettings } from "./demo-settings.ts";
import { planOutages } from "./outages/plan-outages.ts";
import { runOutages } from "./outages/run-outages.ts";
import { runUntilStopped } from "./run-until-stopped.ts";
import { startDemoServices } from "./services/start-demo-services.ts";
import { wait } from "./wait.ts";

/**
 * The process of the four downstream services and of the conductor that makes them fail now and then.
 * `node demo/start-services.ts`; SIGTERM closes the ports and ends it with exit code 0.
 */
await runUntilStopped(async (signal) => {
  const settings = readDemoSettings();
  const log = openLog(settings.logLevel, "demo-services");
  const port = (url: string) => Number(new URL(url).port);
  const services = await startDemoServices({
    ports: {
      mail: port(settings.urls.mail),
      payments: port(settings.urls.payments),
      geocoder: port(settings.urls.geocoder),
      warehouse: port(settings.urls.warehouse),
      control: port(settings.urls.control),
    },
    random: seededRandom(settings.seed),
  });
  log.info({ urls: services.urls }, `the demo's services listen; faults are set at ${services.urls.control}`);
  try {
    if (settings.outages) {
      const outages = planOutages(seededRandom(settings.seed));
      await runOutages({ outages, faults: services.faults, log, wait, signal });
    } else if (!signal.aborted) {
      await once(signal, "abort");
    }
  } finally {
    await services.close();
  }
});
