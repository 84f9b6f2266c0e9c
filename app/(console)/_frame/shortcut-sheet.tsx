"use client";

import { pageWords } from "#app/words/page-words.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { KeyHint } from "#components/ui/key-hint.tsx";
import { consolePages } from "./console-pages.ts";

const { keys } = pageWords;

const sheet = [
  {
    title: keys.everywhere,
    rows: [
      { keys: "⌘ K", does: keys.palette },
      { keys: "/", does: keys.filter },
      { keys: "?", does: keys.sheet },
      { keys: "Esc", does: keys.back },
      ...consolePages.flatMap(({ pages }) =>
        pages.map((page) => ({ keys: `g ${page.key}`, does: keys.goTo(page.word) })),
      ),
    ],
  },
  {
    title: keys.onLists,
    rows: [
      { keys: "j", does: keys.down },
      { keys: "k", does: keys.up },
      { keys: "Enter", does: keys.open },
      { keys: "x", does: keys.select },
    ],
  },
  {
    title: keys.onJob,
    rows: [
      { keys: "r", does: keys.retry },
      { keys: "c", does: keys.cancel },
      { keys: "e", does: keys.edit },
      { keys: "p", does: keys.priority },
      { keys: "m", does: keys.moveJob },
      { keys: "n", does: keys.note },
      { keys: "[", does: keys.previousJob },
      { keys: "]", does: keys.nextJob },
    ],
  },
];

/** Every key of the console. */
export function ShortcutSheet({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={keys.title} wide>
      <div className="grid gap-x-8 gap-y-4 pb-2 sm:grid-cols-2">
        {sheet.map((part) => (
          <section key={part.title}>
            <h3 className="pb-1 text-sm text-ink-3">{part.title}</h3>
            <dl>
              {part.rows.map((row) => (
                <div key={row.keys} className="flex h-7 items-center justify-between gap-3">
                  <dt>{row.does}</dt>
                  <dd>
                    <KeyHint keys={row.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
