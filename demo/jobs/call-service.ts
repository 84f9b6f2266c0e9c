import { z } from "zod";
import { readDemoSettings } from "../demo-settings.ts";
import type { ServiceName } from "../services/fault-settings.ts";
import { HttpStatusError } from "./http-status-error.ts";

/** The names under which definitions declare the services as their dependencies. */
export const dependencyNames = {
  mail: "mail-api",
  payments: "payments-api",
  geocoder: "geocoder",
  warehouse: "warehouse",
} as const satisfies Record<ServiceName, string>;

const refusalSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/**
 * One call to a downstream service, read against the shape that is expected of its answer.
 * Throws {@link HttpStatusError} from 400 up, what `fetch` throws when the network fails, a `TimeoutError`
 * after `timeoutMs` (default 5 s), and the abort reason when the attempt is aborted.
 */
export async function callService<Answer>(
  ctx: { signal: AbortSignal; traceparent?: string | null },
  call: {
    service: ServiceName;
    method: "GET" | "POST";
    path: string;
    body?: unknown;
    idempotencyKey?: string;
    answer: z.ZodType<Answer>;
    timeoutMs?: number;
  },
): Promise<Answer> {
  const response = await fetch(readDemoSettings().urls[call.service] + call.path, {
    method: call.method,
    signal: AbortSignal.any([ctx.signal, AbortSignal.timeout(call.timeoutMs ?? 5_000)]),
    headers: {
      ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      ...(call.idempotencyKey === undefined ? {} : { "idempotency-key": call.idempotencyKey }),
      ...(ctx.traceparent ? { traceparent: ctx.traceparent } : {}),
    },
    body: call.body === undefined ? undefined : JSON.stringify(call.body),
  });
  const said: unknown = await response.json();
  if (!response.ok) {
    const path = call.path.split("?")[0];
    const error = refusalSchema.safeParse(said).data?.error ?? {};
    throw new HttpStatusError(dependencyNames[call.service], `${call.method} ${path}`, response, error);
  }
  return call.answer.parse(said);
}
