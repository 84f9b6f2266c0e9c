import { cn } from "./cn.ts";

/** The shape of something that is on its way. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("shape h-3", className)} />;
}
