"use client";

import { useEffect, useRef, useState } from "react";

/** A setting as the server has it. */
export interface StoredSetting<Value> {
  value: Value;
  version: number;
  updatedAtMs: number | null;
  updatedBy: string | null;
}

/**
 * The draft of a setting: begins as what is stored, keeps what is typed when somebody else saves meanwhile, and says so.
 * The version that an edit names is the one the draft began with, until the other's is looked at.
 */
export function useSettingForm<Value>(stored: StoredSetting<Value>) {
  const [base, setBase] = useState(stored);
  const [draft, setDraft] = useState(stored.value);
  const changed = JSON.stringify(draft) !== JSON.stringify(base.value);
  const latest = useRef(changed);
  latest.current = changed;
  const told = JSON.stringify(stored);
  useEffect(() => {
    // Nobody has typed: what is new is simply shown.
    if (latest.current) return;
    const next = JSON.parse(told) as StoredSetting<Value>;
    setBase(next);
    setDraft(next.value);
  }, [told]);
  const stale = stored.version !== base.version;
  return {
    draft,
    setDraft,
    changed,
    base,
    stale,
    /** Goes on from what the other one saved: with its values, or with one's own over them. */
    rebase: (keep: boolean) => {
      setBase(stored);
      if (!keep) setDraft(stored.value);
    },
    /** After a save: what was written is where the next edit begins. */
    settle: (value: Value, version: number) => {
      setBase({ value, version, updatedAtMs: null, updatedBy: null });
      setDraft(value);
    },
    reset: () => setDraft(base.value),
  };
}
