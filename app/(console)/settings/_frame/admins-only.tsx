"use client";

import type { ReactNode } from "react";
import { Can } from "#app/_session/can.tsx";
import { useSession } from "#app/_session/session-provider.tsx";
import { settingsWords } from "#app/words/settings-words.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** What only admins see; others are told so, and the server refuses them whatever they see. */
export function AdminsOnly({ title, children }: { title: string; children: ReactNode }) {
  const session = useSession();
  const isRefused = session !== null && session.role !== "admin";
  return (
    <>
      <Can needs="admin">{children}</Can>
      {isRefused ? (
        <EmptyState page title={title}>
          {settingsWords.adminsSee}
        </EmptyState>
      ) : null}
    </>
  );
}
