import { CircleCheck, OctagonAlert, TriangleAlert } from "lucide-react";
import { alertWords } from "#app/words/alert-words.ts";
import { cn } from "#components/ui/cn.ts";
import type { AlertSeverity } from "#core/alert/alert.ts";

/** How severe an alert is, by shape, colour and word; grey once it has cleared. */
export function SeverityMark({ severity, cleared }: { severity: AlertSeverity; cleared: boolean }) {
  const Icon = cleared ? CircleCheck : severity === "critical" ? OctagonAlert : TriangleAlert;
  const word = cleared ? alertWords.cleared : alertWords.severities[severity];
  return (
    <span title={word} className="mt-0.5 shrink-0">
      <Icon
        aria-hidden
        className={cn(
          "size-4",
          cleared ? "text-ink-3" : severity === "critical" ? "text-gate-stop" : "text-gate-caution",
        )}
      />
      <span className="sr-only">{word}</span>
    </span>
  );
}
