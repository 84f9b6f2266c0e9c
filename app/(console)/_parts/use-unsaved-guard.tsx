"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { editWords } from "#app/words/edit-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

/**
 * Warns before unsaved changes are left: by the browser on reload and close, by a dialog on a link of the page. Returns
 * the dialog, to be put anywhere. The draft itself is kept by {@link useStoredDraft}.
 */
export function useUnsavedGuard(name: string, dirty: boolean): ReactNode {
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);
  useEffect(() => {
    if (!dirty) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
        return;
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link || link.target === "_blank" || link.origin !== location.origin) return;
      if (link.pathname === location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(link.pathname + link.search);
    };
    addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, { capture: true });
    };
  }, [dirty]);
  return (
    <Dialog
      open={target !== null}
      onOpenChange={() => setTarget(null)}
      title={editWords.leaveTitle}
      description={editWords.leaveWhat(name)}
      footer={
        <>
          <Button tone="primary" onClick={() => setTarget(null)}>
            {editWords.stay}
          </Button>
          <Button
            onClick={() => {
              // Only paths of this origin get here; typed routes cannot know them.
              if (target !== null) router.push(target as "/");
            }}
          >
            {editWords.leave}
          </Button>
        </>
      }
    />
  );
}
