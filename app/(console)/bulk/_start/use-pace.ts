"use client";

import { useState } from "react";
import type { BulkAction } from "#core/bulk/bulk-action.ts";
import { type BulkGuard, bulkGuardSchema } from "#core/bulk/bulk-guard.ts";

/** What stands in the two fields of the pace, and the guard they make of the proposed one; null while they do not make one. */
export interface Pace {
  canary: string;
  rate: string;
  setCanary: (text: string) => void;
  setRate: (text: string) => void;
  badCanary: boolean;
  badRate: boolean;
  guard: BulkGuard | null;
}

/** The pace as it is typed; what is not typed is as proposed. Another action begins anew with what is proposed for it. */
export function usePace(proposed: BulkGuard | null, action: BulkAction): Pace {
  const [typed, setTyped] = useState<{ action: BulkAction; canary?: string; rate?: string }>({ action });
  if (typed.action !== action) setTyped({ action });
  const canary = typed.canary ?? String(proposed?.canary ?? "");
  const rate = typed.rate ?? String(proposed?.maxPerSecond ?? "");
  const guard = proposed && {
    ...proposed,
    canary: canary === "" ? Number.NaN : Number(canary),
    maxPerSecond: rate === "" ? Number.NaN : Number(rate),
    startPerSecond: Math.min(proposed.startPerSecond, Number(rate)),
  };
  const parsed = bulkGuardSchema.safeParse(guard);
  const wrong = (key: string) =>
    guard !== null && !parsed.success && parsed.error.issues.some(({ path }) => path[0] === key);
  return {
    canary,
    rate,
    setCanary: (text) => setTyped({ ...typed, canary: text }),
    setRate: (text) => setTyped({ ...typed, rate: text }),
    badCanary: wrong("canary"),
    badRate: wrong("maxPerSecond") || wrong("startPerSecond"),
    guard: parsed.success ? parsed.data : null,
  };
}
