import Link from "next/link";
import { sayKind } from "#app/words/audit-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";

/** Settings with a page of their own. */
const settingPages: Readonly<Record<string, string>> = {
  priority: "/priorities",
  retention: "/settings/retention",
  alerts: "/settings/alerts",
};

/** Where the page of an object of the audit trail is; null for one without a page. */
export function auditObjectHref(kind: string, id: string): string | null {
  const name = encodeURIComponent(id);
  switch (kind) {
    case "queue":
      return `/queues/${name}`;
    case "job":
      return `/jobs/${name}`;
    case "policy":
      return `/policies/${name}`;
    case "definition":
      return `/definitions/${name}`;
    case "dependency":
      return `/dependencies/${name}`;
    case "bulk":
      return `/bulk/${name}`;
    case "failure-group":
      return `/failures/${name}`;
    case "rules":
      return "/rules";
    case "worker":
      return "/workers";
    case "alert":
      return `/alerts?alert=${name}`;
    case "silence":
      return "/alerts";
    case "webhook":
      return "/settings/webhooks";
    case "user":
    case "link":
      return "/settings/people";
    case "token":
      return "/settings/tokens";
    case "redaction":
      return "/settings/redaction";
    case "setting":
      return settingPages[id] ?? "/settings";
    default:
      return null;
  }
}

/** Of these there is one only: its name says no more than its kind. */
const single = ["rules", "redaction"];
/** Of these the id is made up. */
const nameless = ["user", "token", "view", "link", "bulk", "webhook"];
/** Of a bulk operation it is at least a number that people see elsewhere. */
const numbered = "bulk";

/** What people call an object whose id says nothing: the fields that entries keep of it. */
const names = ["login", "name", "title"] as const;

function nameIn(values: readonly unknown[]): string | null {
  for (const value of values)
    for (const field of names) {
      const found = typeof value === "object" && value !== null && Object.hasOwn(value, field);
      const name = found ? (value as Record<string, unknown>)[field] : null;
      if (typeof name === "string" && name !== "") return name;
    }
  return null;
}

/**
 * 'queue billing': an object of the audit trail, as a link to its page where it has one. `values` are those before and
 * after, in which an object with a meaningless id may have its name; without them such an id is left out. A session goes
 * without saying.
 */
export function AuditObject({ kind, id, values }: { kind: string; id: string; values?: readonly unknown[] }) {
  if (kind === "session") return null;
  const href = auditObjectHref(kind, id);
  const isUntold = nameless.includes(kind) && kind !== numbered && values === undefined;
  const name = (
    <>
      {sayKind(kind)}
      {single.includes(kind) || isUntold ? null : (
        <>
          {" "}
          <ForeignText
            text={(nameless.includes(kind) ? nameIn(values ?? []) : null) ?? id}
            className="font-medium"
          />
        </>
      )}
    </>
  );
  if (href === null) return <span>{name}</span>;
  return (
    <Link href={href} prefetch={false} className="hover:underline">
      {name}
    </Link>
  );
}
