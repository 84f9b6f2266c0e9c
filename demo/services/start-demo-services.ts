import type { NowMs, Random } from "#core/clock.ts";
import { nowMs as wallNowMs } from "#server/system/clock.ts";
import { random as chance } from "#server/system/random.ts";
import { startControlServer } from "./control-server.ts";
import { type FaultSettings, type ServiceName, serviceNames } from "./fault-settings.ts";
import { geocoderRoutes } from "./geocoder-service.ts";
import { type DemoService, startHttpService } from "./http-service.ts";
import { mailRoutes } from "./mail-service.ts";
import { paymentsRoutes } from "./payments-service.ts";
import type { ServiceRoute } from "./route.ts";
import { warehouseRoutes } from "./warehouse-service.ts";

/** Reads and sets the faults of the services by name. */
export interface DemoFaults {
  get: (service: ServiceName) => FaultSettings;
  set: (service: ServiceName, faults: FaultSettings) => Promise<void>;
}

/** The running services: their addresses, their faults, and the way to stop them. */
export interface DemoServices {
  urls: Record<ServiceName | "control", string>;
  faults: DemoFaults;
  close: () => Promise<void>;
}

/** How long a healthy answer takes: the middle of its spread, in milliseconds. */
const naturalDelaysMs: Record<ServiceName, number> = { mail: 18, payments: 45, geocoder: 12, warehouse: 15 };

/**
 * Starts the four downstream services and the control port in this process, on the loopback interface.
 * Rejects, having closed what was open, when a port is in use.
 * @param options.ports 0 or left out for any free one
 * @param options.naturalDelay false for answers without the usual few milliseconds (for tests)
 * @param options.random decides which calls a share of faults hits; chance by default
 */
export async function startDemoServices(
  options: {
    ports?: Partial<Record<ServiceName | "control", number>>;
    naturalDelay?: boolean;
    random?: Random;
    nowMs?: NowMs;
  } = {},
): Promise<DemoServices> {
  const { ports = {}, naturalDelay = true, random = chance, nowMs = wallNowMs } = options;
  const routes: Record<ServiceName, readonly ServiceRoute[]> = {
    mail: mailRoutes(nowMs),
    payments: paymentsRoutes(nowMs),
    geocoder: geocoderRoutes(),
    warehouse: warehouseRoutes({ nowMs, writeMs: naturalDelay ? 12 : 0, deliveryEveryMs: 90_000 }),
  };
  const started: { close: () => Promise<void> }[] = [];
  const closeAll = async () => {
    await Promise.all(started.map((one) => one.close()));
  };
  try {
    const services = {} as Record<ServiceName, DemoService>;
    for (const name of serviceNames) {
      const naturalDelayMs = naturalDelay ? naturalDelaysMs[name] : 0;
      const port = ports[name] ?? 0;
      services[name] = await startHttpService({
        name,
        routes: routes[name],
        port,
        naturalDelayMs,
        random,
        nowMs,
      });
      started.push(services[name]);
    }
    const control = await startControlServer(services, ports.control ?? 0);
    started.push(control);
    return {
      urls: {
        mail: services.mail.url,
        payments: services.payments.url,
        geocoder: services.geocoder.url,
        warehouse: services.warehouse.url,
        control: control.url,
      },
      faults: {
        get: (name) => services[name].getFaults(),
        set: (name, faults) => services[name].setFaults(faults),
      },
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
