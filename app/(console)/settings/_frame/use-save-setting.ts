"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { settingsWords } from "#app/words/settings-words.ts";
import { notify } from "#components/ui/notify.ts";
import type { useSettingForm } from "./use-setting-form.ts";

/** A setting as it was written. `changed` is false when it stood so before. */
export interface SavedSetting<Value> {
  value: Value;
  version: number;
  changed?: boolean;
}

/**
 * Saving the draft of a setting with a reason. `save` sends it and answers what was written, in the shape of the draft;
 * when it rejects, the draft and the reason stay as they are, and the mutation behind it has the error.
 */
export function useSaveSetting<Value>(
  form: ReturnType<typeof useSettingForm<Value>>,
  queryKey: QueryKey,
  save: (edit: { expectedVersion: number; reason: string }) => Promise<SavedSetting<Value>>,
) {
  const queryClient = useQueryClient();
  const [reason, setReason] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const saved = await save({ expectedVersion: form.base.version, reason: reason.trim() }).catch(() => null);
    await queryClient.invalidateQueries({ queryKey });
    if (!saved) return;
    form.settle(saved.value, saved.version);
    setReason("");
    notify({ text: saved.changed === false ? settingsWords.savedNothing : settingsWords.saved });
  };
  return { submit, reason: { text: reason, set: setReason } };
}
