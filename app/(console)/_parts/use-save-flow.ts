"use client";

import type { TRPCClientErrorLike } from "@trpc/client";
import { useState } from "react";
import type { ErrorCode } from "#core/error.ts";
import type { AppRouter } from "#server/api/root.ts";
import { problemText } from "./problem-text.ts";

/** The mutation that writes an edit, as far as saving looks at it. */
interface Put {
  reset: () => void;
  isPending: boolean;
  error: TRPCClientErrorLike<AppRouter> | null;
}

/**
 * How an edit is saved: by a dialog that asks why, and, when somebody else saved meanwhile, by a choice between theirs and
 * one's own. `readTheirs` gets what is stored now.
 */
export function useSaveFlow<Theirs>(put: Put, readTheirs: () => Promise<Theirs>) {
  const [asking, setAsking] = useState(false);
  const [theirs, setTheirs] = useState<Theirs | null>(null);
  return {
    /** Opens the dialog. */
    ask: () => {
      put.reset();
      setAsking(true);
    },
    /** What the dialog is told of the state of saving. */
    dialog: {
      open: asking,
      onClose: () => setAsking(false),
      pending: put.isPending,
      problem: put.error ? problemText(put.error) : null,
    },
    /** Writes, and gives what was written, or null and the code of what stood against it; the dialog says what. */
    write: async <Done>(
      run: () => Promise<Done>,
    ): Promise<{ done: Done; refused: null } | { done: null; refused: ErrorCode | null }> => {
      try {
        const done = await run();
        setAsking(false);
        return { done, refused: null };
      } catch (error) {
        const { data } = error as TRPCClientErrorLike<AppRouter>;
        const refused = data?.code ?? null;
        if (refused === "version_conflict") {
          const fresh = await readTheirs().catch(() => null);
          if (fresh !== null) {
            setAsking(false);
            setTheirs(fresh);
          }
        }
        return { done: null, refused };
      }
    },
    /** What somebody else saved, while the choice is shown. */
    theirs,
    setTheirs,
  };
}
