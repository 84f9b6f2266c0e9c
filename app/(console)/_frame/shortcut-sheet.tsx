"use client";

import { pageWords } from "#app/words/page-words.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { KeyHint } from "#components/ui/key-hint.tsx";
import { consolePages } from "./console-pages.ts";

const { keys } = pageWords;

/** By where they work, in the order of the sheet; each list of pages has those of 'On lists' too. */
const sheet = [
  {
    title: keys.everywhere,
    rows: [
      { keys: "⌘ K", does: keys.palette },
      { keys: "/", does: keys.filter },
      { keys: "?", does: keys.sheet },
      { keys: "Esc", does: keys.back },
    ],
  },
  {
    title: keys.onLists,
    rows: [
      { keys: "j", does: keys.down },
      { keys: "k", does: keys.up },
      { keys: "Enter", does: keys.open },
    ],
  },
  {
    title: keys.onJobs,
    rows: [
      { keys: "x", does: keys.select },
      { keys: "⇧ X", does: keys.selectTo },
      { keys: "p", does: keys.preview },
      { keys: "r", does: keys.retry },
      { keys: "c", does: keys.cancel },
      { keys: "Tab", does: keys.completion },
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
  {
    title: keys.onDependency,
    rows: [
      { keys: "o", does: keys.forceOpen },
      { keys: "c", does: keys.forceClosed },
      { keys: "p", does: keys.letPolicy },
      { keys: "⇧ R", does: keys.resetBreaker },
      { keys: "e", does: keys.editSettings },
    ],
  },
  { title: keys.onAutomation, rows: [{ keys: "u", does: keys.takeBack }] },
  { title: keys.onRules, rows: [{ keys: "Alt ↑", does: keys.moveRule }] },
  {
    title: keys.onDead,
    rows: [
      { keys: "x", does: keys.select },
      { keys: "r", does: keys.retry },
      { keys: "e", does: keys.edit },
      { keys: "d", does: keys.discard },
    ],
  },
  {
    title: keys.inDialogs,
    rows: [{ keys: "⌘ Enter", does: keys.confirm }],
  },
  {
    title: keys.goSomewhere,
    rows: consolePages.flatMap(({ pages }) =>
      pages.map(({ key, word }) => ({ keys: `g ${key}`, does: word })),
    ),
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
      <div className="gap-x-8 pb-2 sm:columns-2">
        {sheet.map((part) => (
          <section key={part.title} className="break-inside-avoid pb-4">
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
