import { Boxes, Layers, type LucideIcon, RadioTower, Rows3 } from "lucide-react";
import { pageWords } from "#app/words/page-words.ts";

const { frame } = pageWords;

/** A page of the rail; `key` follows `g` on the keyboard. */
export interface ConsolePage {
  href: "/" | "/queues" | "/jobs" | "/workers";
  word: string;
  key: string;
  icon: LucideIcon;
}

/** The pages there are, in the groups of the rail. */
export const consolePages: readonly { group: string; pages: readonly ConsolePage[] }[] = [
  { group: frame.groups.watch, pages: [{ href: "/", word: frame.board, key: "b", icon: RadioTower }] },
  {
    group: frame.groups.work,
    pages: [
      { href: "/queues", word: frame.queues, key: "q", icon: Layers },
      { href: "/jobs", word: frame.jobs, key: "j", icon: Rows3 },
    ],
  },
  { group: frame.groups.steer, pages: [{ href: "/workers", word: frame.workers, key: "w", icon: Boxes }] },
];

/** Whether a path belongs to a page: its own or one below it. */
export function isOnPage(path: string, page: ConsolePage): boolean {
  return page.href === "/" ? path === "/" : path === page.href || path.startsWith(`${page.href}/`);
}
