"use client";

import { useMutation } from "@tanstack/react-query";
import { useRole } from "#app/_session/use-role.ts";
import { fieldError } from "#app/_trpc/field-error.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { pressureWords } from "#app/words/pressure-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import { roleCovers } from "#core/access/role.ts";
import {
  type StorageFacts,
  type StorageGuards,
  type StorageLimit,
  storageLimits,
} from "#core/pressure/storage-guard.ts";
import { SettingFoot } from "../../_frame/setting-foot.tsx";
import { useSaveSetting } from "../../_frame/use-save-setting.ts";
import { type StoredSetting, useSettingForm } from "../../_frame/use-setting-form.ts";

const { storage: told } = pressureWords;
const bounds = ["warnAt", "stopAt"] as const;
/** What a figure in the form counts: gigabytes, and millions of transactions. */
const unitOf: Record<StorageLimit, number> = { database: 1e9, wal: 1e9, horizon: 1e6 };
const factOf = { database: "databaseBytes", wal: "walBytes", horizon: "horizonAge" } as const;

type Typed = Record<StorageLimit, Record<(typeof bounds)[number], string>>;

/** Empty is never; what is no figure goes to the server as it is, which says so beside its field. */
function read(typed: Typed): Record<StorageLimit, Record<string, unknown>> {
  const figure = (limit: StorageLimit, text: string) => {
    const trimmed = text.trim().replaceAll(",", "");
    if (trimmed === "") return null;
    return /^-?\d+(\.\d+)?$/.test(trimmed) ? Math.round(Number(trimmed) * unitOf[limit]) : trimmed;
  };
  const ofLimit = (limit: StorageLimit) =>
    Object.fromEntries(bounds.map((bound) => [bound, figure(limit, typed[limit][bound])]));
  return { database: ofLimit("database"), wal: ofLimit("wal"), horizon: ofLimit("horizon") };
}

function typedOf(value: StorageGuards): Typed {
  const ofLimit = (limit: StorageLimit) => {
    const text = (figure: number | null) => (figure === null ? "" : String(figure / unitOf[limit]));
    return { warnAt: text(value[limit].warnAt), stopAt: text(value[limit].stopAt) };
  };
  return { database: ofLimit("database"), wal: ofLimit("wal"), horizon: ofLimit("horizon") };
}

/** The form of the storage guards; beside each pair of bounds stands what was read last. */
export function StorageForm({
  stored,
  facts,
}: {
  stored: StoredSetting<StorageGuards>;
  facts: StorageFacts | null;
}) {
  const trpc = useTRPC();
  const standing = { ...stored, value: typedOf(stored.value) };
  const form = useSettingForm(standing);
  const mayChange = roleCovers(useRole(), "admin");
  const put = useMutation(trpc.settings.putStorageGuards.mutationOptions());
  const { submit, reason } = useSaveSetting(form, trpc.settings.storageGuards.queryKey(), async (edit) => {
    const saved = await put.mutateAsync({ value: read(form.draft), ...edit });
    return { ...saved, value: typedOf(saved.value) };
  });
  return (
    <form onSubmit={submit} className="flex max-w-160 flex-col gap-4">
      {storageLimits.map((limit) => (
        <fieldset key={limit} disabled={!mayChange} className="flex flex-col gap-1.5">
          <legend className="font-medium">{told[limit]}</legend>
          <p className="text-sm text-ink-3">
            <Standing limit={limit} facts={facts} /> {limit === "horizon" ? told.horizonHint : null}
          </p>
          <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
            {bounds.map((bound) => (
              <NumberField
                key={bound}
                label={told[bound]}
                hint={told.empty}
                unit={limit === "horizon" ? told.ageUnit : told.bytesUnit}
                error={fieldError(put.error, `/${limit}/${bound}`)}
                value={form.draft[limit][bound]}
                maxLength={12}
                onChange={(text) =>
                  form.setDraft({ ...form.draft, [limit]: { ...form.draft[limit], [bound]: text } })
                }
              />
            ))}
          </div>
        </fieldset>
      ))}
      <SettingFoot form={form} stored={standing} error={put.error} pending={put.isPending} reason={reason} />
    </form>
  );
}

function Standing({ limit, facts }: { limit: StorageLimit; facts: StorageFacts | null }) {
  if (facts === null) return told.notYet;
  const value = facts[factOf[limit]];
  if (value === null) return limit === "horizon" ? told.noHorizon : told.unknown;
  return (
    <>
      {told.now(told.amount(limit, value))}
      {limit === "horizon" && facts.horizonHolder !== null ? (
        <>
          , <ForeignText text={facts.horizonHolder} />
        </>
      ) : null}
      .
    </>
  );
}
