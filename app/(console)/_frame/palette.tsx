"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { pageWords } from "#app/words/page-words.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { KeyHint } from "#components/ui/key-hint.tsx";
import { useTRPC } from "../../_trpc/react.tsx";
import { consolePages } from "./console-pages.ts";

const { palette } = pageWords;
const itemLook =
  "flex h-7 items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-hover pointer-coarse:h-9 [&_svg]:size-3.5 [&_svg]:text-ink-3";
const groupLook =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-ink-3";

/** Most queues offered at once; typing finds the others. */
const mostQueues = 20;

/** Find a page, a queue or a job by typing. */
export function Palette({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const trpc = useTRPC();
  const { data: board } = useQuery(trpc.overview.board.queryOptions());
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const typed = text.trim();
  const matches = (name: string) => name.toLowerCase().includes(typed.toLowerCase());
  const pages = consolePages.flatMap((group) => group.pages).filter((page) => matches(page.word));
  const queues = (board?.queues ?? []).filter((queue) => matches(queue.name)).slice(0, mostQueues);
  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  return (
    <Dialog open onOpenChange={onClose} title={palette.title} initialFocus={input}>
      <Command label={palette.title} loop shouldFilter={false}>
        <Command.Input
          ref={input}
          value={text}
          onValueChange={setText}
          placeholder={palette.placeholder}
          className="mb-2 h-8 w-full rounded-md border border-line bg-bg px-2 text-base outline-hidden focus:border-accent"
        />
        <Command.List className="max-h-80 overflow-y-auto">
          <Command.Empty className="px-2 py-2 text-sm text-ink-3">{palette.nothing}</Command.Empty>
          {pages.length > 0 ? (
            <Command.Group heading={palette.pages} className={groupLook}>
              {pages.map((page) => (
                <Command.Item
                  key={page.href}
                  value={page.word}
                  className={itemLook}
                  onSelect={() => go(page.href)}
                >
                  <page.icon aria-hidden />
                  <span className="grow">{page.word}</span>
                  <KeyHint keys={`g ${page.key}`} />
                </Command.Item>
              ))}
            </Command.Group>
          ) : null}
          {queues.length > 0 ? (
            <Command.Group heading={palette.queues} className={groupLook}>
              {queues.map((queue) => (
                <Command.Item
                  key={queue.name}
                  value={`queue ${queue.name}`}
                  className={itemLook}
                  onSelect={() => go(`/queues/${encodeURIComponent(queue.name)}`)}
                >
                  {queue.name}
                </Command.Item>
              ))}
            </Command.Group>
          ) : null}
          {typed ? (
            <Command.Group heading={palette.jobs} className={groupLook}>
              {/^\d{6,20}$/.test(typed) ? (
                <Command.Item
                  value={`job ${typed}`}
                  className={itemLook}
                  onSelect={() => go(`/jobs/${typed}`)}
                >
                  {palette.job(typed)}
                </Command.Item>
              ) : (
                <Command.Item
                  value={`search ${typed}`}
                  className={itemLook}
                  onSelect={() => go(`/jobs?q=${encodeURIComponent(typed)}`)}
                >
                  {palette.search(typed)}
                </Command.Item>
              )}
            </Command.Group>
          ) : null}
        </Command.List>
      </Command>
    </Dialog>
  );
}
