"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useRole } from "#app/_session/use-role.ts";
import { fieldError } from "#app/_trpc/field-error.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { settingsWords } from "#app/words/settings-words.ts";
import { notify } from "#components/ui/notify.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { roleCovers } from "#core/access/role.ts";
import { environmentColours } from "#core/settings/environment-colour.ts";
import type { GeneralSettings } from "#core/settings/general-setting.ts";
import { EnvironmentName } from "../../_parts/environment-name.tsx";
import { SettingFoot } from "../_frame/setting-foot.tsx";
import { type StoredSetting, useSettingForm } from "../_frame/use-setting-form.ts";

const { general: told } = settingsWords;
const colours = environmentColours.map((value) => ({ value, label: told.colours[value] }));
const zones = [
  { value: "", label: told.readersOwn },
  { value: "UTC", label: "UTC" },
  ...Intl.supportedValuesOf("timeZone")
    .filter((zone) => zone !== "UTC")
    .map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
];

/** The form of the general settings; those who may not change them see it all the same. */
export function GeneralForm({ stored }: { stored: StoredSetting<GeneralSettings> }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useSettingForm(stored);
  const mayChange = roleCovers(useRole(), "admin");
  const put = useMutation(trpc.settings.putGeneral.mutationOptions());
  const { environment, timeZone } = form.draft;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const sent = { value: form.draft, expectedVersion: form.base.version, reason: "" };
    const done = await put.mutateAsync(sent).catch(() => null);
    await queryClient.invalidateQueries({ queryKey: trpc.settings.general.queryKey() });
    if (!done) return;
    form.settle(done.value, done.version);
    notify({ text: done.changed ? settingsWords.saved : settingsWords.savedNothing });
  };
  return (
    <form onSubmit={submit} className="flex max-w-110 flex-col gap-4">
      <fieldset disabled={!mayChange} className="flex flex-col gap-3">
        <legend className="pb-2 text-base font-semibold">{told.environment}</legend>
        <TextInputField
          label={told.environmentName}
          hint={told.environmentHint}
          error={fieldError(put.error, "/environment/name")}
          value={environment.name}
          maxLength={24}
          autoComplete="off"
          onChange={(event) =>
            form.setDraft({ ...form.draft, environment: { ...environment, name: event.target.value } })
          }
        />
        <SelectField
          label={told.colour}
          error={fieldError(put.error, "/environment/colour")}
          value={environment.colour}
          options={colours}
          disabled={!mayChange}
          onChange={(colour) => form.setDraft({ ...form.draft, environment: { ...environment, colour } })}
        />
        <p className="flex items-center gap-2 text-sm text-ink-3">
          {told.preview}
          <span className="flex h-6 items-center gap-1.5 rounded-md border border-line px-2">
            <EnvironmentName
              name={environment.name || settingsWords.general.environmentName}
              colour={environment.colour}
            />
          </span>
        </p>
        <SelectField
          label={told.timeZone}
          hint={told.timeZoneHint}
          error={fieldError(put.error, "/timeZone")}
          value={timeZone ?? ""}
          options={zones}
          disabled={!mayChange}
          onChange={(zone) => form.setDraft({ ...form.draft, timeZone: zone === "" ? null : zone })}
        />
      </fieldset>
      <SettingFoot form={form} stored={stored} error={put.error} pending={put.isPending} />
    </form>
  );
}
