"use client";

import { Keyboard, Search, SlidersHorizontal } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useDisplay } from "#app/_display/display.ts";
import { pageWords } from "#app/words/page-words.ts";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { KeyHint } from "#components/ui/key-hint.tsx";
import { useKeys } from "../../_keys/use-keys.ts";
import { PersonMenu } from "../_person/person-menu.tsx";
import { AlertBanner } from "./alert-banner.tsx";
import { AsOf } from "./as-of.tsx";
import { consolePages } from "./console-pages.ts";
import { EnvironmentBadge } from "./environment-badge.tsx";
import { Rail } from "./rail.tsx";

const { frame } = pageWords;
const ShortcutSheet = dynamic(() => import("./shortcut-sheet.tsx").then((module) => module.ShortcutSheet));
const DisplayDialog = dynamic(() => import("./display-dialog.tsx").then((module) => module.DisplayDialog));
const Palette = dynamic(() => import("./palette.tsx").then((module) => module.Palette));

/** Rail, top bar and the page between them. */
export function Frame({ host, children }: { host: string; children: ReactNode }) {
  const router = useRouter();
  const { timeZone } = useDisplay();
  const [open, setOpen] = useState<"sheet" | "palette" | "display" | null>(null);
  const goTo = Object.fromEntries(
    consolePages.flatMap(({ pages }) =>
      pages.map((page) => [`g ${page.key}`, () => router.push(page.href)] as const),
    ),
  );
  useKeys({ ...goTo, "?": () => setOpen("sheet"), "mod+k": () => setOpen("palette") });
  return (
    <div className="sm:flex">
      <a
        href="#page"
        className="fixed top-1 left-1 z-50 -translate-y-12 rounded-md bg-accent px-3 py-1 text-on-accent focus:translate-y-0"
      >
        {frame.skip}
      </a>
      <Rail />
      <div className="min-w-0 grow">
        <header className="hairline-b sticky top-0 z-10 flex h-11 items-center gap-2 bg-bg px-3 sm:px-4">
          <EnvironmentBadge host={host} />
          <AlertBanner />
          <Button
            className="ml-auto w-56 justify-start bg-transparent font-normal text-ink-3 max-md:w-auto max-md:border-0"
            onClick={() => setOpen("palette")}
          >
            <Search aria-hidden />
            <span className="grow text-left max-md:sr-only">{frame.search}</span>
            <span className="max-md:hidden">
              <KeyHint keys="⌘ K" />
            </span>
          </Button>
          <AsOf />
          <IconButton label={pageWords.display.title} onClick={() => setOpen("display")}>
            <SlidersHorizontal aria-hidden />
          </IconButton>
          <IconButton
            label={frame.shortcuts}
            keys="?"
            className="pointer-coarse:hidden"
            onClick={() => setOpen("sheet")}
          >
            <Keyboard aria-hidden />
          </IconButton>
          <PersonMenu />
        </header>
        {/* Exact times are written where they stand; another clock writes the page anew. */}
        <main
          key={timeZone}
          id="page"
          tabIndex={-1}
          className="px-3 pt-3 pb-20 outline-hidden sm:px-4 sm:pb-10"
        >
          {children}
        </main>
      </div>
      {open === "sheet" ? <ShortcutSheet open onOpenChange={() => setOpen(null)} /> : null}
      {open === "display" ? <DisplayDialog onClose={() => setOpen(null)} /> : null}
      {open === "palette" ? <Palette onClose={() => setOpen(null)} /> : null}
    </div>
  );
}
