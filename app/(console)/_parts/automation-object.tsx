import Link from "next/link";
import { sayKind } from "#app/words/audit-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { auditObjectHref } from "./audit-object.tsx";

/** Where the page of an object of the automation feed is; null for one without a page. */
function hrefOf(kind: string, id: string): string | null {
  if (kind === "worker") return `/workers/${encodeURIComponent(id)}`;
  if (kind === "pool") return "/workers?by=pool";
  return auditObjectHref(kind, id);
}

/** 'dependency payments-api': what an automatic act was done to, as a link to its page where it has one. */
export function AutomationObject({ kind, id }: { kind: string; id: string }) {
  const href = hrefOf(kind, id);
  const name = (
    <>
      {sayKind(kind)} <ForeignText text={id} className="font-medium" />
    </>
  );
  if (href === null) return <span>{name}</span>;
  return (
    <Link href={href} prefetch={false} className="hover:underline">
      {name}
    </Link>
  );
}
