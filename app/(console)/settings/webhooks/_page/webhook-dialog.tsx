"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { fieldError } from "#app/_trpc/field-error.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { webhookKindWords, webhookWords } from "#app/words/webhook-words.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { notify } from "#components/ui/notify.ts";
import { SwitchField } from "#components/ui/switch-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { webhookKinds } from "#core/alert/webhook-kinds.ts";
import type { WebhookView } from "#server/api/routers/webhooks.ts";
import { FormDialog } from "../../../_parts/form-dialog.tsx";
import { problemText } from "../../../_parts/problem-text.ts";
import { OneTimeDialog } from "../../_frame/one-time-dialog.tsx";

const { dialog, secret: told } = webhookWords;

/** Adds a webhook, or changes one; a new secret is shown this once. */
export function WebhookDialog({ webhook, onClose }: { webhook: WebhookView | null; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const first = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(webhook?.name ?? "");
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [kinds, setKinds] = useState<readonly string[]>(webhook?.kinds ?? []);
  const [enabled, setEnabled] = useState(webhook?.enabled ?? true);
  const [newSecret, setNewSecret] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const create = useMutation(trpc.webhooks.create.mutationOptions());
  const update = useMutation(trpc.webhooks.update.mutationOptions());
  const { error, isPending } = webhook === null ? create : update;
  const submit = async () => {
    const spec = { name: name.trim(), url: url.trim(), kinds: [...kinds], enabled };
    const done = await (webhook === null
      ? create.mutateAsync({ spec })
      : update.mutateAsync({ id: webhook.id, expectedVersion: webhook.version, spec, newSecret })
    ).catch(() => null);
    await queryClient.invalidateQueries(trpc.webhooks.pathFilter());
    if (done === null) return;
    if (done.secret !== null) setSecret(done.secret);
    else {
      notify({ text: dialog.saved });
      onClose();
    }
  };
  if (secret !== null)
    return (
      <OneTimeDialog
        title={told.title(name.trim())}
        what={told.what}
        label={told.label}
        text={secret}
        done={told.done}
        onClose={onClose}
      />
    );
  const named = ["/name", "/url", "/kinds"].some((path) => fieldError(error, path) !== null);
  return (
    <FormDialog
      initialFocus={first}
      title={webhook === null ? dialog.add : dialog.edit(webhook.name)}
      description={dialog.what}
      confirm={dialog.save}
      pending={isPending}
      problem={error && !named ? problemText(error) : null}
      onClose={onClose}
      onSubmit={submit}
    >
      <TextInputField
        ref={first}
        label={dialog.name}
        error={fieldError(error, "/name")}
        autoComplete="off"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextInputField
        label={dialog.url}
        hint={dialog.urlHint}
        error={fieldError(error, "/url")}
        type="url"
        autoComplete="off"
        spellCheck={false}
        required
        maxLength={2_000}
        value={url}
        onChange={(event) => setUrl(event.target.value)}
      />
      <fieldset className="flex flex-col gap-1">
        <legend className="pb-1 text-sm font-medium">{dialog.kinds}</legend>
        <div className="flex flex-wrap gap-x-4 gap-y-1.5">
          {webhookKinds.map((kind) => (
            <span key={kind} className="flex items-center gap-1.5 text-sm">
              <Checkbox
                label={webhookKindWords[kind]}
                checked={kinds.includes(kind)}
                onChange={() =>
                  setKinds(kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind])
                }
              />
              <span aria-hidden>{webhookKindWords[kind]}</span>
            </span>
          ))}
        </div>
        <p className="text-sm text-ink-3">{dialog.kindsHint}</p>
      </fieldset>
      <SwitchField label={dialog.enabled} checked={enabled} onChange={setEnabled} />
      {webhook === null ? null : (
        <SwitchField
          label={dialog.newSecret}
          hint={dialog.newSecretHint}
          checked={newSecret}
          onChange={setNewSecret}
        />
      )}
    </FormDialog>
  );
}
