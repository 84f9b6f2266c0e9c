"use client";

import type { ReactNode } from "react";
import { type Role, roleCovers } from "#core/access/role.ts";
import { useRole } from "./use-role.ts";

/** Shows what is inside to those whose role covers `needs`: viewer, operator or admin. The server refuses the others too. */
export function Can({ needs, children }: { needs: Role; children: ReactNode }) {
  return roleCovers(useRole(), needs) ? children : null;
}
