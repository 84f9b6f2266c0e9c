import type { SessionTimes } from "#server/operations/people/client-facts.ts";

/** How people reach the console and for how long they stay signed in. */
export interface AccessOptions extends SessionTimes {
  /** Where people reach the console when that is not where it listens, as behind a proxy that ends TLS; else null. */
  publicUrl: URL | null;
  /** Whether the last address of X-Forwarded-For is the caller's, because only a proxy of ours can reach the port. */
  trustProxy: boolean;
}

/** 12 hours idle: an on-call day; 7 days at most. */
export const defaultAccess: AccessOptions = {
  idleMs: 43_200_000,
  maxMs: 604_800_000,
  publicUrl: null,
  trustProxy: false,
};
