import { SignalboxError } from "#core/error.ts";
import type { PriorityClass } from "#core/priority/priority-class.ts";
import { defaultRetryPolicy } from "#core/retry/default-retry-policy.ts";
import { type RetryPolicy, retryPolicySchema } from "#core/retry/retry-policy.ts";
import type { Queryable } from "#db/client.ts";
import type { Catalog } from "#server/operations/catalog/catalog.ts";
import { findPolicy, type PolicyRecord } from "#server/store/policies/find-policy.ts";

/** A retry policy at one of its versions; version 0 is the built-in one called `default`. */
export interface PolicyView {
  name: string;
  version: number;
  latestVersion: number;
  policy: RetryPolicy;
  /** null: built in. */
  createdAtMs: number | null;
  createdBy: string;
}

/** A definition that retries by a policy. */
export interface PolicyUser {
  definition: string;
  queue: string;
  priority: PriorityClass;
}

export const builtInPolicyName = "default";

/** The policy that holds until one called `default` is written. */
export const builtInPolicy: PolicyView = {
  name: builtInPolicyName,
  version: 0,
  latestVersion: 0,
  policy: defaultRetryPolicy,
  createdAtMs: null,
  createdBy: "system",
};

/** A stored policy as the console shows it. */
export function toPolicyView({
  name,
  version,
  latestVersion,
  body,
  createdAt,
  createdBy,
}: PolicyRecord): PolicyView {
  const policy = retryPolicySchema.parse(body);
  return { name, version, latestVersion, policy, createdAtMs: createdAt.getTime(), createdBy };
}

/** A policy by name, at its newest version or the one asked for; null when there is none. */
export async function findPolicyView(
  db: Queryable,
  name: string,
  version: number | null,
): Promise<PolicyView | null> {
  const isDefault = name === builtInPolicyName;
  if (isDefault && version === 0) return builtInPolicy;
  const record = await findPolicy(db, name, version);
  if (record !== null) return toPolicyView(record);
  return isDefault && version === null ? builtInPolicy : null;
}

/** Definitions whose newest version names the policy, by name; from memory. */
export function policyUsers(catalog: Catalog, name: string): PolicyUser[] {
  return [...catalog.definitions.values()]
    .filter(({ spec }) => spec.retryPolicy === name)
    .map(({ name: definition, spec }) => ({ definition, queue: spec.queue, priority: spec.priority }))
    .sort((a, b) => (a.definition < b.definition ? -1 : 1));
}

/** The refusal for a policy that was never written. */
export function noSuchPolicy(name: string): SignalboxError {
  return new SignalboxError("not_found", `There is no policy ${name}. It may be mistyped.`);
}
