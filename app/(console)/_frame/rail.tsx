"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { pageWords } from "#app/words/page-words.ts";
import { cn } from "#components/ui/cn.ts";
import { words } from "#components/words.ts";
import { consolePages, isOnPage } from "./console-pages.ts";
import { Mark } from "./mark.tsx";

/** The rail: names on wide screens, icons on narrower ones, a bar under the thumb on a phone. */
export function Rail() {
  const path = usePathname();
  return (
    <nav
      aria-label={pageWords.frame.pages}
      className={cn(
        "z-20 flex bg-panel",
        "fixed inset-x-0 bottom-0 border-t border-line pb-[env(safe-area-inset-bottom)]",
        "shrink-0 sm:sticky sm:top-0 sm:h-dvh sm:w-12 sm:flex-col sm:border-t-0 sm:border-r sm:pb-0 xl:w-44",
      )}
    >
      <Link
        href="/"
        className="flex h-11 items-center gap-2 px-3.5 text-base font-semibold tracking-tight max-sm:hidden"
        aria-label={words.product}
      >
        <Mark />
        <span className="max-xl:hidden">{words.product}</span>
      </Link>
      <div className="flex w-full max-sm:justify-around sm:flex-col sm:gap-3 sm:px-1.5 sm:pt-2">
        {consolePages.map(({ group, pages }) => (
          <div key={group} className="contents sm:block">
            <p aria-hidden className="px-2 pb-1 text-sm text-ink-3 max-xl:hidden">
              {group}
            </p>
            <ul className="contents sm:flex sm:flex-col sm:gap-px">
              {pages.map((page) => {
                const here = isOnPage(path, page);
                const Icon = page.icon;
                return (
                  <li key={page.href} className="max-sm:grow">
                    <Link
                      href={page.href}
                      aria-current={here ? "page" : undefined}
                      title={page.word}
                      className={cn(
                        "flex items-center gap-2 rounded-md text-ink-2 hover:bg-hover hover:text-ink",
                        "max-sm:h-12 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:text-sm",
                        "sm:h-7 sm:px-2 sm:max-xl:h-9 sm:max-xl:justify-center",
                        here && "bg-selected font-medium text-ink max-sm:bg-transparent max-sm:text-accent",
                      )}
                    >
                      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
                      <span className="sm:max-xl:sr-only">{page.word}</span>
                    </Link>
                  </li>
                );
              })}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
}
