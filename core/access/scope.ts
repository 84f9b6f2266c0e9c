/** What a bearer token was made for. */
export const tokenScopes = ["producer", "worker", "operator"] as const;
export type TokenScope = (typeof tokenScopes)[number];

/**
 * Everything a call can ask leave for, and the scopes beside operator that have it; an operator may do everything.
 * jobs.submit: POST /jobs, /jobs/batch. jobs.read: GET /jobs, /jobs/{id}. receipts.read: GET /receipts.
 * workers.run: /workers* and attempts*. definitions.write: PUT /definitions. The rest is named for its noun.
 */
const alsoAllowed = {
  "jobs.submit": ["producer"],
  "jobs.read": ["producer"],
  "jobs.act": [],
  "receipts.read": ["producer"],
  "workers.run": ["worker"],
  "workers.read": [],
  "definitions.write": ["worker"],
  "definitions.read": [],
  "queues.read": [],
  "queues.write": [],
  "dependencies.read": [],
  "dependencies.write": [],
  "policies.read": [],
  "policies.write": [],
  "policies.simulate": [],
  "rules.read": [],
  "rules.write": [],
  "rules.classify": [],
  "capacity.plan": [],
  "bulk.read": [],
  "alerts.read": [],
  "metrics.read": [],
} as const satisfies Record<string, readonly TokenScope[]>;

export type Permission = keyof typeof alsoAllowed;
export const permissions = Object.keys(alsoAllowed) as Permission[];

/** Whether a token of the scope may do it. */
export function scopeAllows(scope: TokenScope, permission: Permission): boolean {
  const scopes: readonly TokenScope[] = alsoAllowed[permission];
  return scope === "operator" || scopes.includes(scope);
}
