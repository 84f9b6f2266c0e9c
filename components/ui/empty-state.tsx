import type { ReactNode } from "react";

/** What would be here, and the one thing that makes it so. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-start gap-2 px-3 py-8 sm:px-6">
      <p className="font-medium">{title}</p>
      {children ? <div className="max-w-140 text-ink-2">{children}</div> : null}
      {action}
    </div>
  );
}
