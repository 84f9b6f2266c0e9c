import { priorityWords } from "#app/words/priority-words.ts";
import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { cn } from "#components/ui/cn.ts";
import { NumberField } from "#components/ui/number-field.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { inputLook } from "#components/ui/text-field.tsx";
import { parseDuration } from "#core/parse-duration.ts";
import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import { sayDuration } from "#core/say-duration.ts";
import type { PriorityDraft } from "./priority-draft.ts";

const { head } = priorityWords;

/** Budget, slope and floor of each class, and the reserve. */
export function ClassSettings({
  draft,
  errors,
  disabled,
  onChange,
}: {
  draft: PriorityDraft;
  errors: ReadonlyMap<string, string>;
  disabled: boolean;
  onChange: (draft: PriorityDraft) => void;
}) {
  const floors = priorityClasses.reduce((sum, name) => sum + (Number(draft.classes[name].floor) || 0), 0);
  const cell = (
    name: PriorityClass,
    key: "budget" | "slope" | "floor",
    field: string,
    label: string,
    width: string,
  ) => (
    <input
      aria-label={label}
      aria-invalid={errors.has(`/classes/${name}/${field}`) || undefined}
      autoComplete="off"
      disabled={disabled}
      value={draft.classes[name][key]}
      onChange={(event) =>
        onChange({
          ...draft,
          classes: { ...draft.classes, [name]: { ...draft.classes[name], [key]: event.target.value } },
        })
      }
      className={cn(inputLook, "h-6 text-right font-mono pointer-coarse:h-9", width)}
    />
  );
  return (
    <div className="flex flex-col gap-3">
      <Table label={priorityWords.settings} className="max-w-160">
        <thead>
          <tr>
            <Th>{head.class}</Th>
            <Th title={priorityWords.budgetWhy}>{head.budget}</Th>
            <Th title={priorityWords.slopeWhy}>{head.slope}</Th>
            <Th title={priorityWords.floorWhy}>{head.floor}</Th>
          </tr>
        </thead>
        <tbody>
          {priorityClasses.map((name) => {
            const path = `/classes/${name}/`;
            const wrong = [...errors].filter(([place]) => place.startsWith(path));
            const budgetMs = parseDuration(draft.classes[name].budget);
            return (
              <tr key={name} className="hairline-b">
                <Td>
                  <PriorityBadge priority={name} />
                </Td>
                <Td>
                  {cell(name, "budget", "budgetMs", priorityWords.budgetOf(name), "w-24 max-sm:w-17")}
                  <span className="ml-2 text-ink-3 max-sm:hidden">
                    {budgetMs === null ? "" : `= ${sayDuration(budgetMs)}`}
                  </span>
                </Td>
                <Td>
                  {cell(name, "slope", "slope", priorityWords.slopeOf(name), "w-16 max-sm:w-12")}
                  <span className="ml-1 text-ink-3">×</span>
                </Td>
                <Td className="whitespace-normal">
                  {cell(name, "floor", "floorShare", priorityWords.floorOf(name), "w-16 max-sm:w-12")}
                  <span className="ml-1 text-ink-3">{priorityWords.percent}</span>
                  {wrong.map(([place, message]) => (
                    <span key={place} className="ml-2 text-danger">
                      {place.split("/").at(-1)}: {message}
                    </span>
                  ))}
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      <p className={cn("text-sm", errors.has("/classes") ? "text-danger" : "text-ink-3")}>
        {priorityWords.floorSum(String(Math.round(floors * 100) / 100))}
      </p>
      <NumberField
        label={priorityWords.reserved}
        hint={priorityWords.reservedHint}
        unit={priorityWords.percent}
        disabled={disabled}
        value={draft.reserved}
        error={errors.get("/reservedShare")}
        onChange={(reserved) => onChange({ ...draft, reserved })}
      />
    </div>
  );
}
