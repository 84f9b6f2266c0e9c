"use client";

import { useMutation } from "@tanstack/react-query";
import { useRole } from "#app/_session/use-role.ts";
import { fieldError } from "#app/_trpc/field-error.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { settingsWords } from "#app/words/settings-words.ts";
import { NumberField } from "#components/ui/number-field.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { RetentionSettings } from "#core/settings/retention-setting.ts";
import { SettingFoot } from "../../_frame/setting-foot.tsx";
import { useSaveSetting } from "../../_frame/use-save-setting.ts";
import { type StoredSetting, useSettingForm } from "../../_frame/use-setting-form.ts";
import { StoredDays } from "./stored-days.tsx";

const { retention: told } = settingsWords;
const fields = [
  { name: "completedDays", hint: told.completedHint },
  { name: "attemptsDays", hint: told.attemptsHint },
  { name: "eventsDays", hint: told.eventsHint },
  { name: "cancelledDays", hint: told.cancelledHint },
  { name: "deadDays", hint: told.deadHint },
] as const satisfies readonly { name: keyof RetentionSettings; hint: string }[];

type Typed = Record<keyof RetentionSettings, string>;

/** Empty is for ever; what is no figure goes to the server as it is, which says so beside its field. */
function read(typed: Typed): Record<keyof RetentionSettings, unknown> {
  const days = (text: string) => {
    const trimmed = text.trim();
    return trimmed === "" ? null : /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
  };
  return Object.fromEntries(fields.map(({ name }) => [name, days(typed[name])])) as ReturnType<typeof read>;
}

function typedOf(value: RetentionSettings): Typed {
  return Object.fromEntries(fields.map(({ name }) => [name, String(value[name] ?? "")])) as Typed;
}

/** The form of the retention, with what it would take below it. */
export function RetentionForm({ stored }: { stored: StoredSetting<RetentionSettings> }) {
  const trpc = useTRPC();
  const standing = { ...stored, value: typedOf(stored.value) };
  const form = useSettingForm(standing);
  const mayChange = roleCovers(useRole(), "admin");
  const put = useMutation(trpc.settings.putRetention.mutationOptions());
  const value = read(form.draft);
  const { submit, reason } = useSaveSetting(form, trpc.settings.retention.queryKey(), async (edit) => {
    const saved = await put.mutateAsync({ value, ...edit });
    return { ...saved, value: typedOf(saved.value) };
  });
  return (
    <>
      <form onSubmit={submit} className="flex max-w-160 flex-col gap-4">
        <fieldset disabled={!mayChange} className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
          {fields.map(({ name, hint }) => (
            <NumberField
              key={name}
              label={told[name]}
              hint={hint}
              unit={told.days}
              error={fieldError(put.error, `/${name}`)}
              value={form.draft[name]}
              maxLength={8}
              onChange={(text) => form.setDraft({ ...form.draft, [name]: text })}
            />
          ))}
        </fieldset>
        <p className="text-sm text-ink-3">{told.fixed}</p>
        <SettingFoot
          form={form}
          stored={standing}
          error={put.error}
          pending={put.isPending}
          reason={reason}
        />
      </form>
      <StoredDays value={value} />
    </>
  );
}
