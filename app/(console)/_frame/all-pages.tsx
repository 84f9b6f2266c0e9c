"use client";

import Link from "next/link";
import { pageWords } from "#app/words/page-words.ts";
import { cn } from "#components/ui/cn.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { consolePages, isOnPage } from "./console-pages.ts";

/** Every page in its group, for a phone, whose bar holds only a few. */
export function AllPages({ path, onClose }: { path: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title={pageWords.frame.pages}>
      <div className="grid grid-cols-2 gap-x-3 gap-y-4 pb-2">
        {consolePages.map(({ group, pages }) => (
          <section key={group} aria-label={group}>
            <h3 className="pb-1 text-sm text-ink-3">{group}</h3>
            <ul>
              {pages.map((page) => {
                const here = isOnPage(path, page);
                return (
                  <li key={page.href}>
                    <Link
                      href={page.href}
                      onClick={onClose}
                      aria-current={here ? "page" : undefined}
                      className={cn(
                        "flex h-10 items-center gap-2 rounded-md px-2 text-ink-2 hover:bg-hover",
                        here && "bg-selected font-medium text-ink",
                      )}
                    >
                      <page.icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
                      {page.word}
                    </Link>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
