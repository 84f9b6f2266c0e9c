"use client";

import { useTheme } from "next-themes";
import { changeDisplay, useDisplay } from "#app/_display/display.ts";
import { pageWords } from "#app/words/page-words.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { SelectField } from "#components/ui/select-field.tsx";

const { display: told } = pageWords;
const themes = [
  { value: "system", label: told.system },
  { value: "light", label: told.light },
  { value: "dark", label: told.dark },
] as const;
const densities = [
  { value: "compact", label: told.compact },
  { value: "comfortable", label: told.comfortable },
] as const;

/** How this browser shows things: theme, height of rows, clock. */
export function DisplayDialog({ onClose }: { onClose: () => void }) {
  const { theme = "system", setTheme } = useTheme();
  const { density, timeZone } = useDisplay();
  return (
    <Dialog open onOpenChange={onClose} title={told.title}>
      <div className="flex flex-col gap-3 pb-2">
        <div className="flex flex-col items-start gap-1">
          <p className="text-sm font-medium">{told.theme}</p>
          <Segmented
            label={told.theme}
            value={theme as (typeof themes)[number]["value"]}
            options={themes}
            onChange={setTheme}
          />
        </div>
        <div className="flex flex-col items-start gap-1">
          <p className="text-sm font-medium">{told.rows}</p>
          <Segmented
            label={told.rows}
            value={density}
            options={densities}
            onChange={(next) => changeDisplay({ density: next })}
          />
        </div>
        <SelectField
          label={told.clock}
          hint={told.clockHint}
          value={timeZone ?? ""}
          options={zones()}
          onChange={(zone) => changeDisplay({ timeZone: zone === "" ? null : zone })}
        />
      </div>
    </Dialog>
  );
}

function zones(): { value: string; label: string }[] {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const named = Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC");
  return [
    { value: "", label: told.browserClock(here) },
    { value: "UTC", label: "UTC" },
    ...named.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
  ];
}
