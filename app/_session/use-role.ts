"use client";

import type { Role } from "#core/access/role.ts";
import { useSession } from "./session-provider.tsx";

/** The role of who is signed in: viewer, operator or admin; viewer, which may the least, until it is known. */
export function useRole(): Role {
  return useSession()?.role ?? "viewer";
}
