"use client";

import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { Notices } from "#components/ui/notices.tsx";
import { ApiProvider } from "./_trpc/react.tsx";

/** What every page stands in, those outside the frame too. */
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
          {children}
          <Notices />
        </ApiProvider>
      </NuqsAdapter>
    </ThemeProvider>
  );
}
