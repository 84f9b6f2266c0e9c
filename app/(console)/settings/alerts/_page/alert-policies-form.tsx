"use client";

import { useMutation } from "@tanstack/react-query";
import { useRole } from "#app/_session/use-role.ts";
import { fieldError } from "#app/_trpc/field-error.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { alertWords } from "#app/words/alert-words.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { roleCovers } from "#core/access/role.ts";
import { type AlertKind, alertKinds } from "#core/alert/alert.ts";
import { type AlertAction, type AlertSettings, actionsOfKind } from "#core/alert/alert-settings.ts";
import { parseDuration } from "#core/parse-duration.ts";
import { sayDuration } from "#core/say-duration.ts";
import { DurationField } from "../../../_parts/duration-field.tsx";
import { SettingFoot } from "../../_frame/setting-foot.tsx";
import { useSaveSetting } from "../../_frame/use-save-setting.ts";
import { type StoredSetting, useSettingForm } from "../../_frame/use-setting-form.ts";
import { DefinitionPolicies } from "./definition-policies.tsx";

const { policies: told, kinds, kindsWhy } = alertWords;

/** The settings with their times as people type them. */
interface Typed {
  kinds: Record<AlertKind, { action: AlertAction; after: string }>;
  definitions: AlertSettings["definitions"];
}

function typedOf(value: AlertSettings): Typed {
  const entries = alertKinds.map((kind) => {
    const { action, afterMs } = value.kinds[kind];
    return [kind, { action, after: sayDuration(afterMs) }] as const;
  });
  return { kinds: Object.fromEntries(entries) as Typed["kinds"], definitions: value.definitions };
}

/** What is no time goes to the server as it was typed, which says so beside its field. */
function read(typed: Typed) {
  const entries = alertKinds.map((kind) => {
    const { action, after } = typed.kinds[kind];
    return [kind, { action, afterMs: parseDuration(after) ?? after }] as const;
  });
  return { kinds: Object.fromEntries(entries), definitions: typed.definitions };
}

/** A line a kind: what is done about it, and after how long. */
export function AlertPoliciesForm({ stored }: { stored: StoredSetting<AlertSettings> }) {
  const trpc = useTRPC();
  const standing = { ...stored, value: typedOf(stored.value) };
  const form = useSettingForm(standing);
  const mayChange = roleCovers(useRole(), "admin");
  const put = useMutation(trpc.alerts.putPolicies.mutationOptions());
  const { submit, reason } = useSaveSetting(form, trpc.alerts.policies.queryKey(), async (edit) => {
    const saved = await put.mutateAsync({ value: read(form.draft), ...edit });
    return { ...saved, value: typedOf(saved.value) };
  });
  const set = (kind: AlertKind, change: Partial<Typed["kinds"][AlertKind]>) =>
    form.setDraft({
      ...form.draft,
      kinds: { ...form.draft.kinds, [kind]: { ...form.draft.kinds[kind], ...change } },
    });
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {alertKinds.map((kind) => (
        <fieldset
          key={kind}
          disabled={!mayChange}
          className="hairline-b grid gap-x-6 gap-y-2 pb-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_16rem]"
        >
          <legend className="sr-only">{kinds[kind]}</legend>
          <div>
            <p className="font-medium">{kinds[kind]}</p>
            <p className="text-sm text-ink-3">{kindsWhy[kind]}</p>
          </div>
          <SelectField
            label={told.action}
            error={fieldError(put.error, `/kinds/${kind}/action`)}
            value={form.draft.kinds[kind].action}
            options={actionsOfKind[kind].map((value) => ({ value, label: told.actions[value] }))}
            disabled={!mayChange}
            onChange={(action) => set(kind, { action })}
          />
          <DurationField
            label={told.after}
            error={fieldError(put.error, `/kinds/${kind}/afterMs`) === null ? null : told.afterBad}
            value={form.draft.kinds[kind].after}
            maxLength={20}
            onChange={(after) => set(kind, { after })}
          />
        </fieldset>
      ))}
      <p className="text-sm text-ink-3">{told.afterHint}</p>
      <DefinitionPolicies
        definitions={form.draft.definitions}
        mayChange={mayChange}
        onChange={(definitions) => form.setDraft({ ...form.draft, definitions })}
      />
      <SettingFoot form={form} stored={standing} error={put.error} pending={put.isPending} reason={reason} />
    </form>
  );
}
