import Link from "next/link";
import type { ReactNode } from "react";
import { buttonLook } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** The page of a thing that there is not: why, and the way to those there are. */
export function MissingPage({
  title,
  href,
  back,
  more,
  children,
}: {
  title: string;
  href: string;
  back: string;
  /** What else can be done, beside the way back. */
  more?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <EmptyState
      page
      title={title}
      action={
        <span className="flex gap-2">
          <Link href={href} className={buttonLook()}>
            {back}
          </Link>
          {more}
        </span>
      }
    >
      {children}
    </EmptyState>
  );
}
