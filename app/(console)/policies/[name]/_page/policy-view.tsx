"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { policyWords, sayPolicy } from "#app/words/policy-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { buttonLook } from "#components/ui/button.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { roleCovers } from "#core/access/role.ts";
import { defaultRetryPolicy } from "#core/retry/default-retry-policy.ts";
import type { PolicyUser } from "#server/api/policies/policy-view.ts";
import { AuditTrail } from "../../../_parts/audit-trail.tsx";
import { MissingPage } from "../../../_parts/missing-page.tsx";
import { ObjectHead } from "../../../_parts/object-head.tsx";
import { pollKnown } from "../../../_parts/poll-known.ts";
import { retryUnless } from "../../../_parts/retry-unless.ts";
import { Unread } from "../../../_parts/unread.tsx";
import { type EditedPolicy, PolicyEditor } from "../../_edit/policy-editor.tsx";
import { PolicyVersions } from "./policy-versions.tsx";

const RetryHelp = dynamic(
  () => import("../../../_retries/retry-help.tsx").then((module) => module.RetryHelp),
  { ssr: false, loading: () => <SkeletonRows rows={8} /> },
);
const refetchMs = 10_000;
const shownUsers = 12;
const list = { href: "/policies", back: policyWords.back };

/** The page of a policy: what it says, edited with its picture and backtest, who uses it, its versions. */
export function PolicyView({ name }: { name: string }) {
  const trpc = useTRPC();
  const canEdit = roleCovers(useRole(), "operator");
  const [from] = useQueryState("from");
  const [open, setOpen] = useQueryState("open", parseAsStringLiteral(["suggestion"]));
  const [opened, setOpened] = useState(0);
  const found = useQuery(
    trpc.policies.get.queryOptions(
      { name },
      {
        refetchInterval: pollKnown(refetchMs),
        retry: retryUnless("not_found"),
      },
    ),
  );
  const isMissing = found.error?.data?.code === "not_found";
  const template = usePolicyTemplate(from, isMissing && canEdit);
  if (isMissing) {
    if (!canEdit || from === null) return <Missing name={name} canEdit={canEdit} />;
    if (template === null) return <SkeletonRows rows={10} />;
    const fresh = { name, version: 0, policy: template, createdBy: "", users: [], isStored: false };
    return (
      <div className="flex flex-col gap-5">
        <ObjectHead {...list} title={name}>
          <p className="text-ink-2">{policyWords.newTitle}</p>
        </ObjectHead>
        <PolicyEditor saved={fresh} canEdit />
      </div>
    );
  }
  if (!found.data) return <Unread query={found} rows={10} />;
  const view = found.data;
  const saved: EditedPolicy = { ...view, isStored: true };
  return (
    <div className="flex flex-col gap-5">
      <ObjectHead {...list} title={name}>
        <p className="text-ink-2">{sayPolicy(view.policy)}</p>
        <p className="text-sm text-ink-3">
          {policyWords.version(view.version)}
          {view.createdAtMs === null ? null : (
            <>
              {" · "}
              <RelativeTime atMs={view.createdAtMs} /> {policyWords.by("")}
              <ForeignText text={view.createdBy} />
            </>
          )}
        </p>
        <Users users={view.users} />
      </ObjectHead>
      <PolicyEditor
        key={name}
        saved={saved}
        canEdit={canEdit}
        isProposed={open === "suggestion"}
        opened={opened}
      />
      <RetryHelp
        of={{ name }}
        onOpen={() => {
          setOpened(opened + 1);
          void setOpen("suggestion");
        }}
      />
      <div className="grid gap-x-8 gap-y-5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <PolicyVersions name={name} latest={view.latestVersion} canEdit={canEdit} />
        <AuditTrail objectKind="policy" objectId={name} />
      </div>
    </div>
  );
}

/** What a new policy starts from: another policy, or that of a definition (`definition:name`). */
function usePolicyTemplate(from: string | null, wanted: boolean) {
  const trpc = useTRPC();
  const definition = from?.startsWith("definition:") ? from.slice("definition:".length) : null;
  const policy = useQuery(
    trpc.policies.get.queryOptions(
      { name: from ?? "" },
      { enabled: wanted && from !== null && definition === null, retry: false },
    ),
  );
  const owner = useQuery(
    trpc.definitions.get.queryOptions(
      { name: definition ?? "" },
      { enabled: wanted && definition !== null, retry: false },
    ),
  );
  const own = owner.data?.spec.retryPolicy;
  if (policy.data) return policy.data.policy;
  if (own !== undefined) return typeof own === "string" ? defaultRetryPolicy : own;
  return policy.error || owner.error ? defaultRetryPolicy : null;
}

function Users({ users }: { users: readonly PolicyUser[] }) {
  if (users.length === 0) return <p className="text-sm text-ink-3">{policyWords.usedByNone}</p>;
  return (
    <p className="text-sm text-ink-2">
      {policyWords.usedBy}{" "}
      {users.slice(0, shownUsers).map(({ definition }, index) => (
        <span key={definition}>
          {index > 0 ? ", " : ""}
          <Link
            href={`/definitions/${encodeURIComponent(definition)}`}
            prefetch={false}
            className="text-ink hover:underline"
          >
            {definition}
          </Link>
        </span>
      ))}
      {users.length > shownUsers ? ` ${policyWords.moreUsers(users.length - shownUsers)}` : ""}
    </p>
  );
}

function Missing({ name, canEdit }: { name: string; canEdit: boolean }) {
  return (
    <MissingPage
      {...list}
      title={policyWords.notFound(name)}
      more={
        canEdit ? (
          <Link
            href={`/policies/${encodeURIComponent(name)}?from=default`}
            className={buttonLook({ tone: "primary" })}
          >
            {policyWords.create}
          </Link>
        ) : null
      }
    />
  );
}
