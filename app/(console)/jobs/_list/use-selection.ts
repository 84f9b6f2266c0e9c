"use client";

import { useRef, useState } from "react";

/** Rows that are selected; a range goes from the row that was last set to the one named. */
export function useSelection(ids: readonly string[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const toggle = (id: string, range: boolean) => {
    const from = anchor.current === null ? -1 : ids.indexOf(anchor.current);
    const to = ids.indexOf(id);
    anchor.current = id;
    setSelected((old) => {
      const next = new Set(old);
      if (range && from !== -1 && to !== -1)
        for (const each of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(each);
      else if (!next.delete(id)) next.add(id);
      return next;
    });
  };
  const clear = () => {
    anchor.current = null;
    setSelected((old) => (old.size === 0 ? old : new Set()));
  };
  return { selected, toggle, clear };
}
