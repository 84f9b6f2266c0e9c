import { headers } from "next/headers";
import type { ReactNode } from "react";
import { LiveProvider } from "#app/_live/live-provider.tsx";
import { readSession } from "#app/_session/read-session.ts";
import { SessionProvider } from "#app/_session/session-provider.tsx";
import { Frame } from "./frame.tsx";

/**
 * The frame with who is signed in and the stream. No Suspense boundary stands in between: what comes over the stream
 * before a boundary has been hydrated would be taken for a difference to what the server drew.
 */
export async function ConsoleShell({ children }: { children: ReactNode }) {
  const asked = await headers();
  return (
    <SessionProvider initial={readSession(asked.get("x-signalbox-session"))}>
      <LiveProvider>
        <Frame host={asked.get("host") ?? ""}>{children}</Frame>
      </LiveProvider>
    </SessionProvider>
  );
}
