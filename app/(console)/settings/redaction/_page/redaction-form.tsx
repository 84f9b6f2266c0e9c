"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { fieldError } from "#app/_trpc/field-error.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { redactionWords } from "#app/words/redaction-words.ts";
import { settingsWords } from "#app/words/settings-words.ts";
import { notify } from "#components/ui/notify.ts";
import { Panel } from "#components/ui/panel.tsx";
import { SwitchField } from "#components/ui/switch-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import type { RedactionSettings } from "#core/redaction/redaction-settings.ts";
import { SettingFoot } from "../../_frame/setting-foot.tsx";
import { type StoredSetting, useSettingForm } from "../../_frame/use-setting-form.ts";
import { RuleFields } from "./rule-fields.tsx";
import { TryRules } from "./try-rules.tsx";
import { type RedactionVersion, VersionList } from "./version-list.tsx";

/** The rules as they are edited, tried out and saved as a new version. */
export function RedactionForm({
  stored,
  versions,
}: {
  stored: StoredSetting<RedactionSettings>;
  versions: readonly RedactionVersion[];
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useSettingForm(stored);
  const [reason, setReason] = useState("");
  const put = useMutation(trpc.redaction.put.mutationOptions());
  const { draft, setDraft } = form;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const saved = await put
      .mutateAsync({ settings: draft, expectedVersion: form.base.version, reason })
      .catch(() => null);
    await queryClient.invalidateQueries({ queryKey: trpc.redaction.pathKey() });
    if (!saved) return;
    form.settle(saved.settings, saved.version);
    setReason("");
    notify({ text: settingsWords.saved });
  };
  return (
    <div className="flex flex-col gap-5">
      <Panel title={redactionWords.builtIn} note={redactionWords.builtInNote}>
        <ul className="list-disc pt-1 pl-4 text-sm text-ink-2">
          {redactionWords.builtInList.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Panel>
      <form onSubmit={save} className="flex flex-col gap-4">
        <SwitchField
          label={redactionWords.emails}
          hint={redactionWords.emailsHint}
          checked={draft.emails}
          onChange={(emails) => setDraft({ ...draft, emails })}
        />
        <RuleFields
          rules={draft.rules}
          onChange={(rules) => setDraft({ ...draft, rules })}
          errorAt={(pointer) => fieldError(put.error, pointer)}
        />
        <SettingFoot form={form} stored={stored} error={put.error} pending={put.isPending}>
          <TextInputField
            label={settingsWords.reason}
            hint={settingsWords.reasonHint}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
          />
        </SettingFoot>
      </form>
      <TryRules settings={draft} />
      <VersionList versions={versions} onTake={setDraft} />
    </div>
  );
}
