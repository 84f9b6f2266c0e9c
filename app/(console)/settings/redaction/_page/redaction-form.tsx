"use client";

import { useMutation } from "@tanstack/react-query";
import { fieldError } from "#app/_trpc/field-error.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { redactionWords } from "#app/words/redaction-words.ts";
import { Panel } from "#components/ui/panel.tsx";
import { SwitchField } from "#components/ui/switch-field.tsx";
import type { RedactionSettings } from "#core/redaction/redaction-settings.ts";
import { SettingFoot } from "../../_frame/setting-foot.tsx";
import { useSaveSetting } from "../../_frame/use-save-setting.ts";
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
  const form = useSettingForm(stored);
  const put = useMutation(trpc.redaction.put.mutationOptions());
  const { draft, setDraft } = form;
  const { submit, reason } = useSaveSetting(form, trpc.redaction.pathKey(), async (edit) => {
    const { settings, version } = await put.mutateAsync({ settings: draft, ...edit });
    return { value: settings, version };
  });
  return (
    <div className="flex flex-col gap-5">
      <Panel title={redactionWords.builtIn} note={redactionWords.builtInNote}>
        <ul className="list-disc pt-1 pl-4 text-sm text-ink-2">
          {redactionWords.builtInList.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Panel>
      <form onSubmit={submit} className="flex flex-col gap-4">
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
        <SettingFoot form={form} stored={stored} error={put.error} pending={put.isPending} reason={reason} />
      </form>
      <TryRules settings={draft} />
      <VersionList versions={versions} onTake={setDraft} />
    </div>
  );
}
