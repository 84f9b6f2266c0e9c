"use client";

import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { parseDuration } from "#core/parse-duration.ts";

const parsers = {
  actor: parseAsString,
  action: parseAsString,
  kind: parseAsString,
  object: parseAsString,
  /** A span up to now, as in `24h`, or an instant in ISO 8601. */
  since: parseAsString,
  until: parseAsString,
  q: parseAsString,
  cursor: parseAsString,
  entry: parseAsInteger,
};

/** The filters of the audit page and the entry that is open, all of them in the address. */
export function useAuditFilter() {
  const [values, setValues] = useQueryStates(parsers, { history: "push" });
  const { actor, action, kind, object, since, until, q } = values;
  const filter = useMemo(
    () => ({
      actor: actor?.slice(0, 200) || undefined,
      action: action?.slice(0, 200) || undefined,
      objectKind: kind?.slice(0, 200) || undefined,
      objectId: object?.slice(0, 200) || undefined,
      sinceMs: instantOf(since),
      untilMs: instantOf(until),
      q: q?.slice(0, 200) || undefined,
    }),
    [actor, action, kind, object, since, until, q],
  );
  return {
    values,
    filter,
    filtered: Object.values(filter).some((value) => value !== undefined),
    /** Changes filters and goes back to the newest entries. */
    narrow: (change: Partial<Record<keyof typeof parsers, string | null>>) =>
      setValues({ ...(change as object), cursor: null }),
    goTo: (cursor: string | null) => setValues({ cursor }),
    open: (entry: number | null) => setValues({ entry }),
    clear: () =>
      setValues({
        ...{ actor: null, action: null, kind: null, object: null, since: null, until: null, q: null },
        cursor: null,
      }),
  };
}
export type AuditFilterState = ReturnType<typeof useAuditFilter>;

/** Milliseconds since 1970; undefined for what says no time. A span counts back from when the page first read it. */
function instantOf(text: string | null): number | undefined {
  if (!text) return undefined;
  const spanMs = parseDuration(text);
  const atMs = spanMs === null ? Date.parse(text) : Date.now() - spanMs;
  return Number.isFinite(atMs) && atMs >= 0 ? Math.round(atMs) : undefined;
}
