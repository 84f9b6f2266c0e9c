"use client";

import { useEffect, useRef } from "react";
import { editWords } from "#app/words/edit-words.ts";
import { notify } from "#components/ui/notify.ts";

/** Says, when a page with unsaved changes is left by whatever way, that they are kept. */
export function useKeptNotice(name: string, dirty: boolean): void {
  const latest = useRef({ name, dirty });
  useEffect(() => {
    latest.current = { name, dirty };
  });
  useEffect(
    () => () => {
      if (latest.current.dirty) notify({ text: editWords.kept(latest.current.name) });
    },
    [],
  );
}
