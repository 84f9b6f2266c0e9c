import { dependencyWords } from "#app/words/dependency-words.ts";
import { formatCount } from "#components/domain/format-count.ts";
import { cn } from "#components/ui/cn.ts";
import type { DependencySummary } from "#server/api/dependencies/dependency-summary.ts";

/** Retries spent of those allowed, as a bar that fills; red when nothing is left. */
export function BudgetGauge({
  budget: { spent, allowed, about },
  className,
}: {
  budget: DependencySummary["budget"];
  className?: string;
}) {
  const share = allowed <= 0 ? 1 : Math.min(1, spent / allowed);
  const isSpent = spent + 1 > allowed;
  const label = `${about ? "≈ " : ""}${dependencyWords.budgetGauge(spent, allowed)}`;
  return (
    <span
      role="img"
      aria-label={label}
      title={about ? `${label}; ${dependencyWords.budgetAbout}` : label}
      className={cn("inline-flex items-center gap-2", className)}
    >
      <span className="relative block h-3 w-16 shrink-0 grow border border-track bg-bg">
        <span
          className={cn(
            "absolute inset-y-0 left-0 transition-[width]",
            isSpent ? "bg-gate-stop" : "bg-state-retryable",
          )}
          style={{ width: `${share * 100}%` }}
        />
      </span>
      <span className={cn("whitespace-nowrap", isSpent && "text-gate-stop")}>
        {formatCount(spent)}
        <span className="text-ink-3">
          /{about ? "≈" : ""}
          {formatCount(Math.floor(allowed))}
        </span>
      </span>
    </span>
  );
}
