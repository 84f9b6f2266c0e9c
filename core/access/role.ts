/**
 * What a person may do in the console, each role all that the ones before it may: a `viewer` looks, an `operator` also
 * acts on work (jobs, queues, groups, policies, rules, definitions), an `admin` also on people, tokens and settings.
 */
export const roles = ["viewer", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

/** Whether `held` is enough where `needed` is asked for. */
export function roleCovers(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed);
}
