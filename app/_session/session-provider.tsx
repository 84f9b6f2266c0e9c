"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { createContext, type ReactNode, useContext } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import type { SessionView } from "#server/api/session-view.ts";
import { useSessionEnd } from "./session-end.ts";

const SessionContext = createContext<SessionView | null>(null);
const SignedOutDialog = dynamic(() =>
  import("./signed-out-dialog.tsx").then((module) => module.SignedOutDialog),
);

/** Who is signed in, or null before that is known. */
export function useSession(): SessionView | null {
  return useContext(SessionContext);
}

/**
 * Says who is signed in to everything below: at first as the server drew the page (`initial`), then as `session.me`
 * answers, so that a changed role shows without a reload. When the session ends it offers to sign in with the page left
 * as it is.
 */
export function SessionProvider({ initial, children }: { initial: SessionView | null; children: ReactNode }) {
  const trpc = useTRPC();
  const end = useSessionEnd();
  const { data } = useQuery(
    trpc.session.me.queryOptions(undefined, { initialData: initial ?? undefined, staleTime: 60_000 }),
  );
  const session = data ?? null;
  return (
    <SessionContext.Provider value={session}>
      {children}
      {end === null ? null : <SignedOutDialog end={end} login={session?.name ?? ""} />}
    </SessionContext.Provider>
  );
}
