"use client";

import { useState } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRole } from "#app/_session/use-role.ts";
import { dependencyWords } from "#app/words/dependency-words.ts";
import { Button } from "#components/ui/button.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { DependencyDetail } from "#server/api/dependencies/dependency-summary.ts";
import { type AskedAct, BreakerActDialog } from "./breaker-act-dialog.tsx";

/** The buttons that force a breaker, let the policy decide again, or have it forget; each asks why. */
export function BreakerActs({ detail }: { detail: DependencyDetail }) {
  const mayAct = roleCovers(useRole(), "operator");
  const [asked, setAsked] = useState<AskedAct | null>(null);
  const { forced } = detail;
  // What the dialog says holds still while it is open.
  const ask = (act: AskedAct["act"], isPossible: boolean) => () => {
    if (mayAct && isPossible) setAsked({ act, detail });
  };
  const acts = {
    policy: ask("policy", forced !== null),
    open: ask("open", forced !== "open"),
    closed: ask("closed", forced !== "closed"),
    reset: ask("reset", true),
  };
  useKeys({ p: acts.policy, o: acts.open, c: acts.closed, R: acts.reset });
  if (!mayAct) return null;
  return (
    <>
      {forced === null ? null : (
        <Button size="small" tone="primary" onClick={acts.policy}>
          {dependencyWords.letPolicy}
        </Button>
      )}
      {forced === "open" ? null : (
        <Button size="small" onClick={acts.open}>
          {dependencyWords.forceOpen}
        </Button>
      )}
      {forced === "closed" ? null : (
        <Button size="small" onClick={acts.closed}>
          {dependencyWords.forceClosed}
        </Button>
      )}
      <Button size="small" tone="quiet" onClick={acts.reset}>
        {dependencyWords.reset}
      </Button>
      <BreakerActDialog asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}
