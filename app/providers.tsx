"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, Suspense } from "react";
import { Toaster } from "#components/ui/toaster.tsx";
import { LiveProvider } from "./_live/live-provider.tsx";
import { ApiProvider } from "./_trpc/react.tsx";

/** What every page stands in. */
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
            <Tooltip.Provider>
              <Suspense>{children}</Suspense>
              <Toaster />
            </Tooltip.Provider>
          </LiveProvider>
        </ApiProvider>
      </NuqsAdapter>
    </ThemeProvider>
  );
}
