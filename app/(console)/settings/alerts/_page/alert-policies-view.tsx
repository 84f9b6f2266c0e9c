"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { alertWords } from "#app/words/alert-words.ts";
import { Unread } from "../../../_parts/unread.tsx";
import { AlertPoliciesForm } from "./alert-policies-form.tsx";

const { policies: told } = alertWords;
const refetchMs = 10_000;

/** What is done by itself about alerts. */
export function AlertPoliciesView() {
  const trpc = useTRPC();
  const found = useQuery(trpc.alerts.policies.queryOptions(undefined, { refetchInterval: refetchMs }));
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="text-title font-semibold">{told.title}</h1>
        <p className="max-w-160 text-ink-2">{told.lead}</p>
      </div>
      {found.data ? <AlertPoliciesForm stored={found.data} /> : <Unread query={found} rows={7} />}
    </div>
  );
}
