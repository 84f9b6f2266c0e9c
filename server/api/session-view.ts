import type { Role } from "#core/access/role.ts";

/** What the console shows of who is signed in. */
export interface SessionView {
  /** The login name. */
  name: string;
  /** What they are called on the screen. */
  displayName: string;
  role: Role;
  kind: "user" | "local";
}

export type { LinkView } from "#server/operations/people/read-link.ts";
