import { alertKinds } from "./alert.ts";

/** What a webhook can be told of: alerts by kind, and the workers that pools want. */
export const webhookKinds = [...alertKinds, "scaling"] as const;
