import Link from "next/link";
import { alertWords } from "#app/words/alert-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import type { AlertObjectKind } from "#core/alert/alert.ts";

/** Where the page of an object is; Signalbox itself has none. */
const pages: Readonly<Record<AlertObjectKind | "job", string | null>> = {
  queue: "/queues/",
  definition: "/definitions/",
  dependency: "/dependencies/",
  worker: "/workers/",
  group: "/failures/",
  job: "/jobs/",
  system: null,
};

/** An object that an alert is about, or that was measured, by its name and as a link to its page. */
export function AlertObject({
  kind,
  id,
  plain = false,
}: {
  kind: AlertObjectKind | "job";
  id: string;
  /** Without the word for its kind. */
  plain?: boolean;
}) {
  const page = pages[kind];
  // The fingerprint of a group says nothing to a reader.
  const name = kind === "group" ? alertWords.group : plain ? id : alertWords.object(kind, id);
  if (page === null) return <ForeignText text={name} />;
  return (
    <Link
      href={`${page}${encodeURIComponent(id)}`}
      prefetch={false}
      className="underline decoration-line-strong underline-offset-2 hover:decoration-ink"
    >
      <ForeignText text={name} />
    </Link>
  );
}
