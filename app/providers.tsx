"use client";

import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { Notices } from "#components/ui/notices.tsx";
import { LiveProvider } from "./_live/live-provider.tsx";
import { ApiProvider } from "./_trpc/react.tsx";

/**
 * What every page stands in. No Suspense boundary stands in between: what comes over the stream before a boundary has
 * been hydrated would be taken for a difference to what the server drew.
 */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={nonce}
    >
      <NuqsAdapter>
        <ApiProvider>
          <LiveProvider>
            {children}
            <Notices />
          </LiveProvider>
        </ApiProvider>
      </NuqsAdapter>
    </ThemeProvider>
  );
}
