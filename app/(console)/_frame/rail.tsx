"use client";

import { Ellipsis } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { pageWords } from "#app/words/page-words.ts";
import { cn } from "#components/ui/cn.ts";
import { words } from "#components/words.ts";
import { type ConsolePage, consolePages, isOnPage } from "./console-pages.ts";
import { Mark } from "./mark.tsx";
import { RailBreakers } from "./rail-breakers.tsx";
import { RailBulk } from "./rail-bulk.tsx";
import { RailCount } from "./rail-count.tsx";

const AllPages = dynamic(() => import("./all-pages.tsx").then((module) => module.AllPages));

/** What stays under the thumb on a phone; the others are one press further. */
const underThumb: readonly string[] = ["/", "/queues", "/jobs", "/failures"];
const thumbLook = "max-sm:h-12 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:text-sm";

/** The rail: names on wide screens, icons on narrower ones, a bar under the thumb on a phone. */
export function Rail() {
  const path = usePathname();
  const [all, setAll] = useState(false);
  return (
    <nav
      aria-label={pageWords.frame.pages}
      className={cn(
        "z-20 flex bg-panel",
        "fixed inset-x-0 bottom-0 border-t border-line pb-[env(safe-area-inset-bottom)]",
        "shrink-0 sm:sticky sm:top-0 sm:h-dvh sm:w-12 sm:flex-col sm:overflow-y-auto sm:border-t-0 sm:border-r sm:pb-2 xl:w-44",
      )}
    >
      <Link
        href="/"
        className="flex h-11 shrink-0 items-center gap-2 px-3.5 text-base font-semibold tracking-tight max-sm:hidden"
        aria-label={words.product}
      >
        <Mark />
        <span className="max-xl:hidden">{words.product}</span>
      </Link>
      <div className="flex w-full max-sm:justify-around sm:flex-col sm:gap-3 sm:px-1.5 sm:pt-2 sm:max-xl:gap-1">
        {consolePages.map(({ group, pages }) => (
          <div
            key={group}
            className="contents sm:block sm:max-xl:border-t sm:max-xl:border-line sm:max-xl:pt-1"
          >
            <p aria-hidden className="px-2 pb-1 text-sm text-ink-3 max-xl:hidden">
              {group}
            </p>
            <ul className="contents sm:flex sm:flex-col sm:gap-px">
              {pages.map((page) => (
                <RailPage key={page.href} page={page} here={isOnPage(path, page)} />
              ))}
              {group === pageWords.frame.groups.work ? <RailBulk here={path.startsWith("/bulk")} /> : null}
            </ul>
          </div>
        ))}
        <button
          type="button"
          onClick={() => setAll(true)}
          className={cn("flex flex-1 items-center text-ink-2 sm:hidden", thumbLook)}
        >
          <Ellipsis aria-hidden className="size-4" strokeWidth={1.75} />
          {pageWords.frame.more}
        </button>
      </div>
      {all ? <AllPages path={path} onClose={() => setAll(false)} /> : null}
    </nav>
  );
}

function RailPage({ page, here }: { page: ConsolePage; here: boolean }) {
  const Icon = page.icon;
  return (
    <li className={cn("max-sm:flex-1", !underThumb.includes(page.href) && "max-sm:hidden")}>
      <Link
        href={page.href}
        aria-current={here ? "page" : undefined}
        title={page.word}
        className={cn(
          "flex items-center gap-2 rounded-md text-ink-2 hover:bg-hover hover:text-ink",
          thumbLook,
          "sm:h-7 sm:px-2 sm:max-xl:h-8 sm:max-xl:justify-center",
          here && "bg-selected font-medium text-ink max-sm:bg-transparent max-sm:text-accent",
        )}
      >
        <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
        <span className="sm:max-xl:sr-only">{page.word}</span>
        {page.href === "/alerts" ? <RailCount /> : null}
        {page.href === "/dependencies" ? <RailBreakers /> : null}
      </Link>
    </li>
  );
}
