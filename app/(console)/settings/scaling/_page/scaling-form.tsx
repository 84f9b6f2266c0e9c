"use client";

import { useMutation } from "@tanstack/react-query";
import { useRole } from "#app/_session/use-role.ts";
import { fieldError } from "#app/_trpc/field-error.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { scalingWords } from "#app/words/scaling-words.ts";
import { NumberField } from "#components/ui/number-field.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { ScalingLimits } from "#core/capacity/scaling-setting.ts";
import { parseDuration } from "#core/parse-duration.ts";
import { sayDuration } from "#core/say-duration.ts";
import { DurationField } from "../../../_parts/duration-field.tsx";
import { SettingFoot } from "../../_frame/setting-foot.tsx";
import { useSaveSetting } from "../../_frame/use-save-setting.ts";
import { type StoredSetting, useSettingForm } from "../../_frame/use-setting-form.ts";

type Typed = Record<keyof ScalingLimits, string>;

const typedOf = (value: ScalingLimits): Typed => ({
  minWorkers: String(value.minWorkers),
  maxWorkers: String(value.maxWorkers),
  cooldownMs: sayDuration(value.cooldownMs),
});

/** What is no figure goes to the server as it is, which says so beside its field. */
function read(typed: Typed): Record<keyof ScalingLimits, unknown> {
  const figure = (text: string) => (/^-?\d+$/.test(text.trim()) ? Number(text) : text);
  return {
    minWorkers: figure(typed.minWorkers),
    maxWorkers: figure(typed.maxWorkers),
    cooldownMs: parseDuration(typed.cooldownMs) ?? typed.cooldownMs,
  };
}

/** The form of the limits of scaling. */
export function ScalingForm({ stored }: { stored: StoredSetting<ScalingLimits> }) {
  const trpc = useTRPC();
  const standing = { ...stored, value: typedOf(stored.value) };
  const form = useSettingForm(standing);
  const mayChange = roleCovers(useRole(), "admin");
  const put = useMutation(trpc.settings.putScaling.mutationOptions());
  const { submit, reason } = useSaveSetting(form, trpc.settings.scaling.queryKey(), async (edit) => {
    const saved = await put.mutateAsync({ value: read(form.draft), ...edit });
    return { ...saved, value: typedOf(saved.value) };
  });
  const change = (field: keyof ScalingLimits) => (text: string) =>
    form.setDraft({ ...form.draft, [field]: text });
  return (
    <form onSubmit={submit} className="flex max-w-160 flex-col gap-4">
      <fieldset disabled={!mayChange} className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {(["minWorkers", "maxWorkers"] as const).map((field) => (
          <NumberField
            key={field}
            label={scalingWords[field]}
            hint={scalingWords.hints[field]}
            unit={scalingWords.unit}
            error={fieldError(put.error, `/${field}`)}
            value={form.draft[field]}
            maxLength={6}
            onChange={change(field)}
          />
        ))}
        <DurationField
          label={scalingWords.cooldownMs}
          hint={scalingWords.hints.cooldownMs}
          error={fieldError(put.error, "/cooldownMs")}
          value={form.draft.cooldownMs}
          maxLength={20}
          onChange={change("cooldownMs")}
        />
      </fieldset>
      <SettingFoot form={form} stored={standing} error={put.error} pending={put.isPending} reason={reason} />
    </form>
  );
}
