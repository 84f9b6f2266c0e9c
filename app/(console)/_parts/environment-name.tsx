import { cn } from "#components/ui/cn.ts";
import type { EnvironmentColour } from "#core/settings/environment-colour.ts";

const look: Record<EnvironmentColour, string> = {
  neutral: "bg-track",
  green: "bg-gate-open",
  blue: "bg-accent",
  violet: "bg-state-scheduled",
  amber: "bg-gate-caution",
  red: "bg-gate-stop",
};

/** The name of an environment with its colour beside it: the colour is a mark, so the name is as readable in each. */
export function EnvironmentName({ name, colour }: { name: string; colour: EnvironmentColour }) {
  return (
    <>
      <span aria-hidden className={cn("h-3.5 w-1.5 shrink-0 rounded-sm", look[colour])} />
      <span className="max-w-40 truncate font-medium text-ink">{name}</span>
    </>
  );
}
