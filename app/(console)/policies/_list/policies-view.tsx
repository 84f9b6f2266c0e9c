"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useQueryState } from "nuqs";
import { useState } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { rowProps, useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { policyWords, sayPolicy } from "#app/words/policy-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button, buttonLook } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { roleCovers } from "#core/access/role.ts";
import { Pager } from "../../_parts/pager.tsx";
import { Unread } from "../../_parts/unread.tsx";

const CreateDialog = dynamic(() =>
  import("../../_parts/create-dialog.tsx").then((module) => module.CreateDialog),
);
const { head } = policyWords;
const refetchMs = 15_000;
const folding =
  "hairline-b hover:bg-hover focus-within:bg-hover max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:items-center max-sm:py-1";

/** Every retry policy with its law in words and who uses it; then definitions that carry their own. */
export function PoliciesView() {
  const trpc = useTRPC();
  const canEdit = roleCovers(useRole(), "operator");
  const [after, setAfter] = useQueryState("after", { history: "push" });
  const [creating, setCreating] = useState<string | null>(null);
  const list = useQuery(
    trpc.policies.list.queryOptions(
      { after: after || null },
      { placeholderData: keepPreviousData, refetchInterval: refetchMs },
    ),
  );
  const row = useRowKeys();
  useKeys({ j: row.next, k: row.previous });
  const names = list.data?.policies.map(({ name }) => name) ?? [];
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center justify-between gap-3">
        <h1 className="text-title font-semibold">{policyWords.title}</h1>
        {canEdit ? <Button onClick={() => setCreating("default")}>{policyWords.create}</Button> : null}
      </div>
      {list.data ? (
        <>
          <Table label={policyWords.list}>
            <thead className="max-sm:hidden">
              <tr>
                <Th>{head.name}</Th>
                <Th className="w-full">{head.law}</Th>
                <Th>{head.users}</Th>
                <Th title={policyWords.hourWhy} className="max-lg:hidden">
                  {head.hour}
                </Th>
                <Th className="max-md:hidden">{head.edited}</Th>
                <Th end unseen>
                  {policyWords.duplicate}
                </Th>
              </tr>
            </thead>
            <tbody>
              {list.data.policies.map((policy) => (
                <tr key={policy.name} {...rowProps(policy.name)} className={folding}>
                  <Td className="font-medium">
                    <Link
                      href={`/policies/${encodeURIComponent(policy.name)}`}
                      prefetch={false}
                      className="hover:underline"
                    >
                      {policy.name}
                    </Link>{" "}
                    <span className="font-normal text-ink-3">
                      {policy.version === 0 ? policyWords.builtIn : `v${policy.version}`}
                    </span>
                  </Td>
                  <Td className="whitespace-normal text-ink-2 max-sm:order-3 max-sm:col-span-2">
                    {sayPolicy(policy.policy)}
                  </Td>
                  <Td
                    title={policy.users.map(({ definition }) => definition).join(", ")}
                    className={policy.users.length === 0 ? "text-ink-3" : undefined}
                  >
                    {policy.users.length === 0 ? policyWords.noUsers : policyWords.users(policy.users.length)}
                  </Td>
                  <Td className="text-ink-2 max-lg:hidden">
                    {policyWords.hour(policy.hour.retried, policy.hour.died)}
                  </Td>
                  <Td className="max-md:hidden">
                    {policy.createdAtMs === null ? (
                      <span className="text-ink-3">{policyWords.builtIn}</span>
                    ) : (
                      <>
                        <RelativeTime atMs={policy.createdAtMs} />{" "}
                        <span className="text-ink-3">
                          {policyWords.by("")}
                          <ForeignText text={policy.createdBy} />
                        </span>
                      </>
                    )}
                  </Td>
                  <Td end className="max-sm:hidden">
                    {canEdit ? (
                      <Button size="small" tone="quiet" onClick={() => setCreating(policy.name)}>
                        {policyWords.duplicate}
                      </Button>
                    ) : null}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
          <Pager after={after} next={list.data.next} onGo={(next) => void setAfter(next)} />
          {list.data.own.length > 0 ? (
            <Panel title={policyWords.own}>
              <p className="max-w-200 py-2 text-sm text-ink-3">{policyWords.ownWhy}</p>
              <Table label={policyWords.own}>
                <tbody>
                  {list.data.own.map(({ definition, policy, hour }) => (
                    <tr key={definition} {...rowProps(`own ${definition}`)} className={folding}>
                      <Td className="font-medium">
                        <Link
                          href={`/definitions/${encodeURIComponent(definition)}`}
                          prefetch={false}
                          className="hover:underline"
                        >
                          {definition}
                        </Link>
                      </Td>
                      <Td className="w-full whitespace-normal text-ink-2 max-sm:order-3 max-sm:col-span-2">
                        {sayPolicy(policy)}
                      </Td>
                      <Td className="text-ink-2 max-lg:hidden">
                        {policyWords.hour(hour.retried, hour.died)}
                      </Td>
                      <Td end>
                        {canEdit ? (
                          <Link
                            href={`/policies/${encodeURIComponent(definition)}?from=${encodeURIComponent(`definition:${definition}`)}`}
                            prefetch={false}
                            className={buttonLook({ size: "small", tone: "quiet" })}
                          >
                            {policyWords.makeNamed}
                          </Link>
                        ) : null}
                      </Td>
                    </tr>
                  ))}
                </tbody>
              </Table>
            </Panel>
          ) : null}
        </>
      ) : (
        <Unread query={list} rows={8} />
      )}
      {creating === null ? null : (
        <CreateDialog
          title={policyWords.create}
          what={policyWords.createWhat}
          path="/policies"
          from={creating}
          sources={names}
          onClose={() => setCreating(null)}
        />
      )}
    </div>
  );
}
