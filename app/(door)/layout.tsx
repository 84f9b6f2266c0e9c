import type { ReactNode } from "react";
import { Mark } from "#app/(console)/_frame/mark.tsx";
import { words } from "#components/words.ts";
import { TrackScene } from "./_parts/track-scene.tsx";

/** What stands before the console: one form, and on wide screens the line that it opens. */
export default function DoorLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh">
      <main className="flex w-full flex-col px-5 py-6 sm:px-10 lg:w-120 lg:shrink-0 lg:border-r lg:border-line lg:bg-panel">
        <p className="flex items-center gap-2 text-base font-semibold tracking-tight">
          <Mark />
          {words.product}
        </p>
        <div className="mx-auto flex w-full max-w-88 grow flex-col justify-center gap-6 py-10">
          {children}
        </div>
        <p className="text-sm text-ink-3">{words.tagline}</p>
      </main>
      <TrackScene />
    </div>
  );
}
