"use client";

import { parseAsString, useQueryStates } from "nuqs";

/** What a list of named things shows, as its address says: which of them, and from where on. */
export interface NameListState {
  /** What is searched for; null is all. */
  q: string | null;
  after: string | null;
  search: (text: string) => void;
  go: (after: string | null) => void;
}

/** Reads it from the address, and writes it there. */
export function useNameList(): NameListState {
  const [{ q, after }, setValues] = useQueryStates(
    { q: parseAsString, after: parseAsString },
    { history: "push" },
  );
  return {
    q: q || null,
    after: after || null,
    search: (text) =>
      void setValues({ q: text || null, after: null }, { history: "replace", throttleMs: 200 }),
    go: (next) => void setValues({ after: next }),
  };
}
