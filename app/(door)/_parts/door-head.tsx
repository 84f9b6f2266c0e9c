import type { ReactNode } from "react";

/** What a door is for, in a heading and a sentence. */
export function DoorHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="flex flex-col gap-1.5">
      <h1 className="text-title font-semibold tracking-tight">{title}</h1>
      {children ? <div className="break-words text-ink-2">{children}</div> : null}
    </header>
  );
}
