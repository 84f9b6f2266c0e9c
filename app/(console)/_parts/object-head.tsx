import type { ReactNode } from "react";
import { BackLink } from "./back-link.tsx";

/** The top of the page of one thing: the way back to its list, its name, what can be done with it, and what it is. */
export function ObjectHead({
  href,
  back,
  title,
  acts,
  children,
}: {
  href: string;
  back: string;
  title: ReactNode;
  /** Buttons and links beside the name. */
  acts?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-col gap-1">
      <BackLink href={href}>{back}</BackLink>
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-title font-semibold break-all">{title}</h1>
        {acts ? <div className="flex flex-wrap items-center gap-2">{acts}</div> : null}
      </div>
      {children}
    </div>
  );
}
