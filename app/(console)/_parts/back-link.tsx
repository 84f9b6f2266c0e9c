import { ArrowLeft } from "lucide-react";
import Link from "next/link";

/** The way up from the page of one thing to the list it stands in. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="flex w-fit items-center gap-1 text-sm text-ink-3 hover:text-ink">
      <ArrowLeft aria-hidden className="size-3.5" />
      {children}
    </Link>
  );
}
