import type { ReactNode } from "react";

/** What would be here, and the one thing that makes it so. `page` when there is nothing else on the page. */
export function EmptyState({
  title,
  children,
  action,
  page = false,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  page?: boolean;
}) {
  const Title = page ? "h1" : "p";
  return (
    <div className="flex flex-col items-start gap-2 py-6">
      <Title className="font-medium">{title}</Title>
      {children ? <div className="max-w-140 text-ink-2">{children}</div> : null}
      {action}
    </div>
  );
}
