"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useRole } from "#app/_session/use-role.ts";
import { settingsWords } from "#app/words/settings-words.ts";
import { cn } from "#components/ui/cn.ts";
import { roleCovers } from "#core/access/role.ts";
import { settingsSections } from "./settings-sections.ts";

/** On a phone the line scrolls: the open section would else stand out of sight. */
function bringIntoView(open: HTMLAnchorElement | null): void {
  open?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** The sections that the role may see: beside the page, on a phone in a line above it. */
export function SectionList() {
  const path = usePathname();
  const role = useRole();
  return (
    <nav aria-label={settingsWords.sectionsOf}>
      <ul className="flex gap-px max-md:hairline-b max-md:overflow-x-auto max-md:pb-1 md:w-40 md:flex-col">
        {settingsSections
          .filter((section) => roleCovers(role, section.role))
          .map(({ href, word }) => {
            const here = href === "/settings" ? path === href : path === href || path.startsWith(`${href}/`);
            return (
              <li key={href}>
                <Link
                  ref={here ? bringIntoView : undefined}
                  href={href}
                  aria-current={here ? "page" : undefined}
                  className={cn(
                    "flex h-7 items-center rounded-md px-2 whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:h-9",
                    here && "bg-selected font-medium text-ink",
                  )}
                >
                  {word}
                </Link>
              </li>
            );
          })}
      </ul>
    </nav>
  );
}
