"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { failureWords } from "#app/words/failure-words.ts";
import { cn } from "#components/ui/cn.ts";

const parts = [
  { href: "/failures", word: failureWords.groups },
  { href: "/dead-letter", word: failureWords.deadLetter },
  { href: "/rules", word: failureWords.rules },
] as const;

/** The three pages about failures, one press apart. */
export function FailureNav() {
  const path = usePathname();
  return (
    <nav aria-label={failureWords.parts} className="hairline-b flex gap-1 overflow-x-auto">
      {parts.map(({ href, word }) => {
        const here = path === href;
        return (
          <Link
            key={href}
            href={href}
            aria-current={here ? "page" : undefined}
            className={cn(
              "-mb-px flex h-8 shrink-0 items-center border-b-2 border-transparent px-2 text-sm text-ink-2 hover:text-ink pointer-coarse:h-10",
              here && "border-accent font-medium text-ink",
            )}
          >
            {word}
          </Link>
        );
      })}
    </nav>
  );
}
