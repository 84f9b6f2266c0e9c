"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { dependencyWords } from "#app/words/dependency-words.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { notify } from "#components/ui/notify.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import type { DependencyDetail } from "#server/api/dependencies/dependency-summary.ts";
import { problemText } from "../../../_parts/problem-text.ts";
import { ReasonDialog } from "../../../_parts/reason-dialog.tsx";
import { useLastShown } from "../../../_parts/use-last-shown.ts";

/** What is to be done to a breaker, as it stood when it was asked for. */
export interface AskedAct {
  act: "open" | "closed" | "policy" | "reset";
  detail: DependencyDetail;
}

/** How long an operator's word may count. */
const lastingMs = {
  "open-ended": null,
  "quarter-hour": 900_000,
  hour: 3_600_000,
  "four-hours": 14_400_000,
  day: 86_400_000,
};
type Lasting = keyof typeof lastingMs;
const lastings = Object.keys(lastingMs) as Lasting[];

function sayLasting(lasting: Lasting): string {
  const ms = lastingMs[lasting];
  return ms === null ? dependencyWords.forceOpenEnded : formatDuration(ms);
}

/** Says what an act on a breaker does to how many jobs, asks why, and does it; null is closed. */
export function BreakerActDialog({ asked, onClose }: { asked: AskedAct | null; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const force = useMutation(trpc.dependencies.force.mutationOptions());
  const reset = useMutation(trpc.dependencies.reset.mutationOptions());
  const all = useQuery(
    trpc.dependencies.list.queryOptions({ after: null }, { enabled: asked?.act === "open" }),
  );
  const [lasting, setLasting] = useState<Lasting>("open-ended");
  const shown = useLastShown(asked);
  if (shown === null) return null;
  const { act, detail } = shown;
  const { name } = detail;
  const others = (all.data?.dependencies ?? []).filter((other) => other.name !== name);
  const isEverything = act === "open" && others.length > 0 && others.every(({ forced }) => forced === "open");
  const close = () => {
    force.reset();
    reset.reset();
    setLasting("open-ended");
    onClose();
  };
  const confirm = async (reason: string) => {
    const forced = act === "policy" ? null : act;
    const done = await (forced === "reset"
      ? reset.mutateAsync({ name, reason })
      : force.mutateAsync({ name, forced, forMs: forced === null ? null : lastingMs[lasting], reason })
    ).catch(() => null);
    await Promise.all(
      [trpc.dependencies.pathKey(), trpc.audit.pathKey(), trpc.automation.pathKey()].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
    if (done === null) return;
    const isSame = "changed" in done && !done.changed;
    const warning = "warning" in done ? done.warning : null;
    notify({
      text: isSame ? dependencyWords.done.same : dependencyWords.done[act](name),
      detail: warning ?? undefined,
      tone: warning === null ? "plain" : "warning",
    });
    close();
  };
  const problem = act === "reset" ? reset.error : force.error;
  return (
    <ReasonDialog
      open={asked !== null}
      onClose={close}
      onConfirm={(reason) => void confirm(reason)}
      {...textsOf(shown)}
      danger={act === "open" || act === "closed"}
      needed
      pending={force.isPending || reset.isPending}
      problem={problem ? problemText(problem) : null}
    >
      {isEverything ? (
        <p role="status" className="border-l-2 border-gate-caution pl-3 text-sm">
          {dependencyWords.everything(others.length)}
        </p>
      ) : null}
      {act === "open" || act === "closed" ? (
        <SelectField
          label={dependencyWords.forceFor}
          hint={lasting === "open-ended" ? undefined : dependencyWords.forceForHint}
          value={lasting}
          options={lastings.map((value) => ({ value, label: sayLasting(value) }))}
          onChange={setLasting}
        />
      ) : null}
    </ReasonDialog>
  );
}

function textsOf({ act, detail }: AskedAct): { title: string; what: string; confirm: string } {
  const { name, waiting, state, forced, definitions } = detail;
  switch (act) {
    case "open":
      return {
        title: dependencyWords.forceOpenTitle(name),
        what: dependencyWords.forceOpenWhat(waiting, definitions.length),
        confirm: dependencyWords.forceOpenDo,
      };
    case "closed":
      return {
        title: dependencyWords.forceClosedTitle(name),
        what: dependencyWords.forceClosedWhat(waiting, dependencyWords.states[state]),
        confirm: dependencyWords.forceClosedDo,
      };
    case "policy":
      return {
        title: dependencyWords.policyTitle(name),
        what: dependencyWords.policyWhat(forced === null ? "" : dependencyWords.forced[forced]),
        confirm: dependencyWords.policyDo,
      };
    case "reset":
      return {
        title: dependencyWords.resetTitle(name),
        what: dependencyWords.resetWhat(waiting),
        confirm: dependencyWords.resetDo,
      };
  }
}
