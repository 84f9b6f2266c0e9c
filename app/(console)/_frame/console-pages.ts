import {
  Archive,
  ArrowDownWideNarrow,
  BellRing,
  Bot,
  Boxes,
  FileBox,
  Layers,
  ListFilter,
  type LucideIcon,
  RadioTower,
  Repeat2,
  Rows3,
  ScrollText,
  Settings,
  TriangleAlert,
  Unplug,
} from "lucide-react";
import { pageWords } from "#app/words/page-words.ts";

const { frame } = pageWords;

/** A page of the rail; `key` follows `g` on the keyboard. */
export interface ConsolePage {
  href:
    | "/"
    | "/alerts"
    | "/automation"
    | "/queues"
    | "/jobs"
    | "/definitions"
    | "/policies"
    | "/priorities"
    | "/dependencies"
    | "/failures"
    | "/dead-letter"
    | "/rules"
    | "/workers"
    | "/audit"
    | "/settings";
  word: string;
  key: string;
  icon: LucideIcon;
}

/** The pages there are, in the groups of the rail. */
export const consolePages: readonly { group: string; pages: readonly ConsolePage[] }[] = [
  {
    group: frame.groups.watch,
    pages: [
      { href: "/", word: frame.board, key: "b", icon: RadioTower },
      { href: "/alerts", word: frame.alerts, key: "l", icon: BellRing },
      { href: "/automation", word: frame.automation, key: "m", icon: Bot },
    ],
  },
  {
    group: frame.groups.work,
    pages: [
      { href: "/queues", word: frame.queues, key: "q", icon: Layers },
      { href: "/jobs", word: frame.jobs, key: "j", icon: Rows3 },
      { href: "/definitions", word: frame.definitions, key: "d", icon: FileBox },
      { href: "/failures", word: frame.failures, key: "f", icon: TriangleAlert },
      { href: "/dead-letter", word: frame.deadLetter, key: "x", icon: Archive },
    ],
  },
  {
    group: frame.groups.steer,
    pages: [
      { href: "/rules", word: frame.rules, key: "r", icon: ListFilter },
      { href: "/policies", word: frame.policies, key: "p", icon: Repeat2 },
      { href: "/priorities", word: frame.priorities, key: "o", icon: ArrowDownWideNarrow },
      { href: "/dependencies", word: frame.dependencies, key: "e", icon: Unplug },
      { href: "/workers", word: frame.workers, key: "w", icon: Boxes },
    ],
  },
  {
    group: frame.groups.govern,
    pages: [
      { href: "/audit", word: frame.audit, key: "a", icon: ScrollText },
      { href: "/settings", word: frame.settings, key: ",", icon: Settings },
    ],
  },
];

/** Whether a path belongs to a page: its own or one below it. */
export function isOnPage(path: string, page: ConsolePage): boolean {
  return page.href === "/" ? path === "/" : path === page.href || path.startsWith(`${page.href}/`);
}
