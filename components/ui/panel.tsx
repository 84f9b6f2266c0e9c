import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** A named part of a page, set off by a hairline and its heading; `aside` stands at the end of the heading line. */
export function Panel({
  title,
  note,
  aside,
  children,
  className,
}: {
  title: string;
  note?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section aria-label={title} className={cn("min-w-0", className)}>
      <header className="hairline-b flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 pb-1">
        <h2 className="text-base font-semibold">{title}</h2>
        {note ? <div className="text-sm text-ink-3">{note}</div> : null}
        {aside ? <div className="ml-auto flex flex-wrap items-center justify-end gap-2">{aside}</div> : null}
      </header>
      {children}
    </section>
  );
}
