"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { failureWords } from "#app/words/failure-words.ts";
import { useNowMs } from "#components/domain/now.ts";
import { notify } from "#components/ui/notify.ts";
import { NumberField } from "#components/ui/number-field.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import type { GroupAct } from "#core/failure-group/group-act.ts";
import type { GroupDetail } from "#server/api/failures/read-group-detail.ts";
import { FormDialog } from "../../_parts/form-dialog.tsx";
import { problemText } from "../../_parts/problem-text.ts";
import { ReasonField } from "../../_parts/reason-field.tsx";
import { useLastShown } from "../../_parts/use-last-shown.ts";

export type GroupActKind = GroupAct["act"];

const titles = {
  resolve: { title: failureWords.resolveTitle, what: failureWords.resolveWhat, go: failureWords.resolveDo },
  ignore: { title: failureWords.ignoreTitle, what: failureWords.ignoreWhat, go: failureWords.ignoreDo },
  reopen: { title: failureWords.reopenTitle, what: failureWords.reopenWhat, go: failureWords.reopenDo },
} as const;
const boundOptions = (["time", "count", "rate"] as const).map((value) => ({
  value,
  label: failureWords.bounds[value],
}));
const timeOptions = Object.entries(failureWords.boundTimes).map(([value, label]) => ({ value, label }));

/** Asks how far and why a group is put away, or reopened, and does it. `kind` null is closed. */
export function GroupActDialog({
  kind,
  detail,
  onClose,
}: {
  kind: GroupActKind | null;
  detail: GroupDetail;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const setState = useMutation(trpc.failures.setState.mutationOptions());
  const nowMs = useNowMs();
  const shown = useLastShown(kind) ?? "reopen";
  const [version, setVersion] = useState("");
  const [bound, setBound] = useState<"time" | "count" | "rate">("time");
  const [forMs, setForMs] = useState("86400000");
  const [figure, setFigure] = useState("100");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  useEffect(() => {
    if (kind === null) return;
    setReason("");
    setTried(false);
  }, [kind]);
  const versions = versionOptions(detail);
  const count = /^\d{1,9}$/.test(figure.trim()) && Number(figure) >= 1 ? Number(figure) : null;
  const act = (): GroupAct | null => {
    if (shown === "reopen") return { act: "reopen" };
    if (shown === "resolve") {
      const chosen = versions.find((option) => option.value === version);
      return { act: "resolve", inVersion: chosen?.inVersion ?? null };
    }
    if (bound === "time") return { act: "ignore", bound: { kind: "time", untilMs: nowMs + Number(forMs) } };
    if (count === null) return null;
    return {
      act: "ignore",
      bound: bound === "count" ? { kind: "count", more: count } : { kind: "rate", perMinute: count },
    };
  };
  const needed = shown === "ignore";
  const submit = async () => {
    setTried(true);
    const chosen = act();
    if (chosen === null || (needed && reason.trim() === "")) return;
    const { fingerprint } = detail.group;
    const done = await setState
      .mutateAsync({ fingerprint, act: chosen, reason: reason.trim() })
      .catch(() => null);
    await queryClient.invalidateQueries({ queryKey: trpc.failures.pathKey() });
    if (!done) return;
    onClose();
    notify({ text: failureWords.done[done.state] });
  };
  const text = titles[shown];
  return (
    <FormDialog
      open={kind !== null}
      title={text.title}
      description={text.what}
      confirm={text.go}
      pending={setState.isPending}
      problem={setState.error ? problemText(setState.error) : null}
      onClose={() => {
        setState.reset();
        onClose();
      }}
      onSubmit={submit}
    >
      {shown === "resolve" ? (
        <SelectField
          label={failureWords.resolveIn}
          value={version}
          options={[{ value: "", label: failureWords.resolvePlain }, ...versions]}
          onChange={setVersion}
        />
      ) : null}
      {shown === "ignore" ? (
        <>
          <SelectField
            label={failureWords.ignoreUntil}
            value={bound}
            options={boundOptions}
            onChange={setBound}
          />
          {bound === "time" ? (
            <SelectField
              label={failureWords.boundTime}
              value={forMs}
              options={timeOptions}
              onChange={setForMs}
            />
          ) : (
            <NumberField
              label={bound === "count" ? failureWords.boundCount : failureWords.boundRate}
              value={figure}
              onChange={setFigure}
              unit={failureWords.boundUnit}
              error={tried && count === null ? failureWords.boundWrong : null}
            />
          )}
        </>
      ) : null}
      <ReasonField needed={needed} tried={tried} value={reason} onChange={setReason} />
    </FormDialog>
  );
}

/** The live version of each affected definition, and the one after it. */
function versionOptions({ live }: GroupDetail) {
  return live.flatMap(({ definition, version }) =>
    [version, version + 1].map((each) => ({
      value: `${definition} ${each}`,
      label: failureWords.resolveVersion(definition, each, each === version),
      inVersion: { definition, version: each },
    })),
  );
}
