"use client";

import type { TRPCClientErrorLike } from "@trpc/client";
import { useRole } from "#app/_session/use-role.ts";
import { fieldError } from "#app/_trpc/field-error.ts";
import { settingsWords } from "#app/words/settings-words.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { AppRouter } from "#server/api/root.ts";
import { problemText } from "../../_parts/problem-text.ts";
import type { StoredSetting, useSettingForm } from "./use-setting-form.ts";

/** Below a form of settings: who changed them last, what stands against saving, and the button that saves. */
export function SettingFoot<Value>({
  form,
  stored,
  error,
  pending,
  reason,
}: {
  form: ReturnType<typeof useSettingForm<Value>>;
  stored: StoredSetting<Value>;
  error: TRPCClientErrorLike<AppRouter> | null;
  pending: boolean;
  /** Where one says why, for settings that ask for it. */
  reason?: { text: string; set: (text: string) => void };
}) {
  const mayChange = roleCovers(useRole(), "admin");
  const named = error?.data?.errors.some(({ path }) => path !== "/expectedVersion") ?? false;
  return (
    <div className="flex flex-col gap-3">
      {form.stale ? (
        <div
          role="alert"
          className="flex flex-col items-start gap-2 border-l-2 border-gate-caution px-3 py-2"
        >
          <p className="font-medium">{settingsWords.stale}</p>
          <p className="text-ink-2">{settingsWords.staleText(stored.updatedBy ?? "")}</p>
          <div className="w-full">
            <DiffView before={stored.value} after={form.draft} />
          </div>
          <div className="flex gap-2">
            <Button size="small" onClick={() => form.rebase(true)}>
              {settingsWords.staleKeep}
            </Button>
            <Button size="small" onClick={() => form.rebase(false)}>
              {settingsWords.staleTake}
            </Button>
          </div>
        </div>
      ) : error && !named ? (
        <ErrorState title={settingsWords.notSaved} detail={problemText(error)} />
      ) : null}
      {mayChange ? (
        <>
          {reason ? (
            <TextInputField
              label={settingsWords.reason}
              hint={settingsWords.reasonHint}
              error={fieldError(error, "/reason")}
              value={reason.text}
              maxLength={500}
              onChange={(event) => reason.set(event.target.value)}
            />
          ) : null}
          <div className="flex items-center gap-2">
            <Button
              type="submit"
              tone="primary"
              disabled={!form.changed || pending || form.stale}
              focusableWhenDisabled
            >
              {settingsWords.save}
            </Button>
            {form.changed ? (
              <Button tone="quiet" onClick={form.reset}>
                {settingsWords.reset}
              </Button>
            ) : null}
          </div>
        </>
      ) : (
        <p className="text-sm text-ink-3">{settingsWords.adminsOnly}</p>
      )}
      <p className="text-sm text-ink-3">
        {stored.updatedBy === null ? (
          settingsWords.neverChanged
        ) : (
          <>
            <ForeignText text={settingsWords.changed(stored.updatedBy)} />{" "}
            <RelativeTime atMs={stored.updatedAtMs} />
          </>
        )}
      </p>
    </div>
  );
}
