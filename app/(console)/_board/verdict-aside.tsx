import Link from "next/link";
import type { ReactNode } from "react";

/** A further clause of the verdict, set off by a dot; it leads to what it speaks of. */
export function VerdictAside({ href, children }: { href: string; children: ReactNode }) {
  return (
    <>
      {" · "}
      <Link prefetch={false} href={href} className="text-ink-2 hover:underline">
        {children}
      </Link>
    </>
  );
}
