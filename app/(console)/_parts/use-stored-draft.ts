"use client";

import { useCallback, useEffect, useState } from "react";

interface StoredDraft<Draft> {
  draft: Draft | null;
  restored: boolean;
  setDraft: (draft: Draft | null) => void;
  /** Keeps the draft for this component alone: what is drawn next does not find what was just saved. */
  forget: () => void;
  /** Takes up what another part of the page has put in its place. */
  reload: () => void;
}

/**
 * A draft that outlives its page in this tab: what was left unsaved is there again when the page is opened next. `null`
 * is no draft. For components that are drawn in the browser only. A draft of another version of this console may not
 * fit any more: `isDraft` tells.
 */
export function useStoredDraft<Draft>(
  key: string,
  isDraft: (value: unknown) => value is Draft,
): StoredDraft<Draft> {
  const [found, setFound] = useState(() => read(key, isDraft));
  const [draft, setDraft] = useState<Draft | null>(found);
  useEffect(() => {
    try {
      if (draft === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(draft));
    } catch {
      // Storage may be full or forbidden: the draft then lives as long as the page.
    }
  }, [key, draft]);
  const reload = useCallback(() => {
    const kept = read(key, isDraft);
    setFound(kept);
    setDraft(kept);
  }, [key, isDraft]);
  return { draft, restored: found !== null && draft === found, setDraft, forget: () => remove(key), reload };
}

function remove(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // What cannot be reached was not written either.
  }
}

function read<Draft>(key: string, isDraft: (value: unknown) => value is Draft): Draft | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    return isDraft(value) ? value : null;
  } catch {
    return null;
  }
}
