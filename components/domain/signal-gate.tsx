import { cn } from "../ui/cn.ts";

/** How a signal stands: the way is free, work is held back by a limit, or nothing passes. */
export type SignalAspect = "open" | "caution" | "stop";

/**
 * The signal across a track: two thin posts with the track running through when the way is free, a bar across it when
 * it is not. Shape tells what colour tells.
 */
export function SignalGate({ aspect, className }: { aspect: SignalAspect; className?: string }) {
  if (aspect === "open") {
    return (
      <span aria-hidden className={cn("flex h-6 w-1 shrink-0 flex-col justify-between", className)}>
        <span className="mx-auto h-1.5 w-px bg-gate-open" />
        <span className="mx-auto h-1.5 w-px bg-gate-open" />
      </span>
    );
  }
  return (
    <span
      aria-hidden
      className={cn(
        "h-6 shrink-0 rounded-[1px]",
        aspect === "stop" ? "w-1.25 bg-gate-stop" : "w-1 bg-gate-caution",
        className,
      )}
    />
  );
}
