"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useId, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { failureWords } from "#app/words/failure-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { useNowMs } from "#components/domain/now.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { notify } from "#components/ui/notify.ts";
import { NumberField } from "#components/ui/number-field.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextAreaField } from "#components/ui/text-field.tsx";
import type { GroupAct } from "#core/failure-group/group-act.ts";
import type { GroupDetail } from "#server/api/failures/read-group-detail.ts";
import { problemText } from "../../_parts/problem-text.ts";

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
  const formId = useId();
  const nowMs = useNowMs();
  // What is shown stays while the dialog fades out.
  const [shown, setShown] = useState<GroupActKind>("reopen");
  if (kind !== null && kind !== shown) setShown(kind);
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
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const chosen = act();
    if (chosen === null || (needed && reason.trim() === "") || setState.isPending) return;
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
    <Dialog
      open={kind !== null}
      onOpenChange={() => {
        setState.reset();
        onClose();
      }}
      title={text.title}
      description={text.what}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {partWords.keep}
          </Button>
          <Button
            type="submit"
            form={formId}
            tone="primary"
            disabled={setState.isPending}
            focusableWhenDisabled
          >
            {text.go}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3 pt-1">
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
        <TextAreaField
          label={needed ? partWords.reason : partWords.reasonOptional}
          hint={partWords.reasonHint}
          error={needed && tried && reason.trim() === "" ? partWords.reasonNeeded : null}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
        {setState.error ? (
          <ErrorState title={partWords.notDone} detail={problemText(setState.error)} />
        ) : null}
      </form>
    </Dialog>
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
