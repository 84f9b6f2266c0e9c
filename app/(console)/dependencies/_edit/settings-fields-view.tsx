import { dependencyWords } from "#app/words/dependency-words.ts";
import { NumberField } from "#components/ui/number-field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SwitchField } from "#components/ui/switch-field.tsx";
import { DurationField } from "../../_parts/duration-field.tsx";
import type { SettingsDraft } from "./settings-draft.ts";
import { type FieldGroup, type SettingsField, settingsFields } from "./settings-fields.ts";

const groups = Object.keys(dependencyWords.groups) as FieldGroup[];

/** The settings of a dependency in their groups, each field with its unit and its bounds. */
export function SettingsFieldsView({
  draft,
  errors,
  disabled,
  onChange,
}: {
  draft: SettingsDraft;
  errors: ReadonlyMap<string, string>;
  disabled: boolean;
  onChange: (draft: SettingsDraft) => void;
}) {
  return (
    <div className="grid gap-x-8 gap-y-5 md:grid-cols-2">
      {groups.map((group) => (
        <Panel key={group} title={dependencyWords.groups[group]}>
          <p className="py-2 text-sm text-ink-3">{dependencyWords.groupsWhy[group]}</p>
          <div className="flex flex-col gap-3">
            {settingsFields
              .filter((field) => field.group === group)
              .map((field) => (
                <Field
                  key={field.path}
                  field={field}
                  value={draft[field.path]}
                  error={errors.get(field.path) ?? null}
                  disabled={disabled}
                  onChange={(value) => onChange({ ...draft, [field.path]: value })}
                />
              ))}
          </div>
        </Panel>
      ))}
    </div>
  );
}

function Field({
  field: { path, kind, unit },
  value,
  error,
  disabled,
  onChange,
}: {
  field: SettingsField;
  value: string;
  error: string | null;
  disabled: boolean;
  onChange: (value: string) => void;
}) {
  const { label, hint } = dependencyWords.field[path];
  const shared = { label, hint, error, disabled, value, onChange };
  if (kind === "switch")
    return (
      <SwitchField
        label={label}
        hint={hint}
        disabled={disabled}
        checked={value === "on"}
        onChange={(checked) => onChange(checked ? "on" : "off")}
      />
    );
  if (kind === "span") return <DurationField {...shared} />;
  return <NumberField {...shared} unit={unit && dependencyWords.units[unit]} />;
}
