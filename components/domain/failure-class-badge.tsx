import { type FailureClass, failureClasses } from "#core/failure/failure-class.ts";
import { failureClassLook } from "./failure-class-look.ts";

/** A failure class as its swatch and word; a word that is no class is shown as it is. */
export function FailureClassBadge({ failureClass }: { failureClass: string }) {
  const known = failureClasses.find((name): name is FailureClass => name === failureClass);
  const look = known ? failureClassLook[known] : null;
  return (
    <span title={look?.meaning} className="inline-flex items-center gap-1.5 align-top whitespace-nowrap">
      <span
        aria-hidden
        className="size-2 rotate-45 rounded-[1px]"
        style={{ background: look?.colour ?? "var(--fail-unknown)" }}
      />
      {failureClass}
    </span>
  );
}
