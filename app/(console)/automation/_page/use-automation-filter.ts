"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { parseDuration } from "#core/parse-duration.ts";

const parsers = {
  kind: parseAsString,
  /** The kind of object; with `object` its name. */
  of: parseAsString,
  object: parseAsString,
  /** A span up to now, as in `24h`, or an instant in ISO 8601. */
  since: parseAsString,
  until: parseAsString,
  cursor: parseAsString,
};
const none = { kind: null, of: null, object: null, since: null, until: null, cursor: null };

/** The filters of the automation feed, all of them in the address. */
export function useAutomationFilter() {
  const [values, setValues] = useQueryStates(parsers, { history: "push" });
  const { kind, of, object, since, until } = values;
  const filter = useMemo(
    () => ({
      kind: kind?.slice(0, 200) || undefined,
      objectKind: of?.slice(0, 200) || undefined,
      objectId: (of && object?.slice(0, 200)) || undefined,
      sinceMs: instantOf(since),
      untilMs: instantOf(until),
    }),
    [kind, of, object, since, until],
  );
  return {
    values,
    filter,
    filtered: Object.values(filter).some((value) => value !== undefined),
    /** Changes filters and goes back to the newest acts. */
    narrow: (change: Partial<Record<keyof typeof parsers, string | null>>) =>
      setValues({ ...change, cursor: null }),
    goTo: (cursor: string | null) => setValues({ cursor }),
    clear: () => setValues(none),
  };
}

/** Milliseconds since 1970; undefined for what says no time. A span counts back from when the page first read it. */
function instantOf(text: string | null): number | undefined {
  if (!text) return undefined;
  const spanMs = parseDuration(text);
  const atMs = spanMs === null ? Date.parse(text) : Date.now() - spanMs;
  return Number.isFinite(atMs) && atMs >= 0 ? Math.round(atMs) : undefined;
}
