"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useRole } from "#app/_session/use-role.ts";
import { pageWords } from "#app/words/page-words.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { KeyHint } from "#components/ui/key-hint.tsx";
import { roleCovers } from "#core/access/role.ts";
import { useTRPC } from "../../_trpc/react.tsx";
import { settingsSections } from "../settings/_frame/settings-sections.ts";
import { consolePages } from "./console-pages.ts";
import { type PaletteEntry, PaletteGroup } from "./palette-group.tsx";

const { palette } = pageWords;

/** Most of a kind offered at once; typing finds the others. */
const mostOfKind = 8;
const freshMs = 30_000;

/** Find a page, or a thing by its name, by typing. */
export function Palette({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const typed = text.trim();
  const named = useNamed(typed);
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
          className="mb-2 h-8 w-full rounded-md border border-line bg-bg px-2 text-base outline-hidden focus:border-accent pointer-coarse:h-10"
        />
        <Command.List className="max-h-96 overflow-y-auto">
          <Command.Empty className="px-2 py-2 text-sm text-ink-3">{palette.nothing}</Command.Empty>
          {named.map(({ heading, entries }) => (
            <PaletteGroup key={heading} heading={heading} entries={entries} onGo={go} />
          ))}
          <PaletteGroup heading={palette.jobs} entries={jobEntries(typed)} onGo={go} />
        </Command.List>
      </Command>
    </Dialog>
  );
}

/** What is called as was typed, by kind. Things other than pages and queues appear once something is typed. */
function useNamed(typed: string): { heading: string; entries: PaletteEntry[] }[] {
  const trpc = useTRPC();
  const role = useRole();
  const asked = typed !== "";
  const once = { staleTime: freshMs, enabled: asked };
  const { data: board } = useQuery(trpc.overview.board.queryOptions());
  const names = useQuery(trpc.queues.names.queryOptions(undefined, once));
  const policies = useQuery(trpc.policies.list.queryOptions({ after: null }, once));
  const dependencies = useQuery(trpc.dependencies.list.queryOptions({ after: null }, once));
  const views = useQuery(trpc.explore.views.queryOptions(undefined, once));
  const groups = useQuery(
    trpc.failures.groups.queryOptions({ filter: {}, order: "last-seen", window: "7d" }, once),
  );
  const matches = (name: string) => name.toLowerCase().includes(typed.toLowerCase());
  const some = <Thing,>(things: readonly Thing[], nameOf: (thing: Thing) => string) =>
    things.filter((thing) => matches(nameOf(thing))).slice(0, mostOfKind);
  const places = consolePages
    .flatMap(({ pages }) => pages)
    .filter(({ word }) => matches(word))
    .map(({ word, href, key, icon: Icon }): PaletteEntry => {
      return {
        key: href,
        text: word,
        href,
        icon: <Icon aria-hidden />,
        aside: <KeyHint keys={`g ${key}`} />,
      };
    });
  const sections = settingsSections.filter(
    (section) => asked && roleCovers(role, section.role) && matches(`${palette.settings} ${section.word}`),
  );
  const queues = board ? board.queues.map(({ name }) => name) : [];
  const at = (root: string, name: string) => ({
    key: `${root} ${name}`,
    text: name,
    href: `${root}/${encodeURIComponent(name)}`,
  });
  return [
    {
      heading: palette.pages,
      entries: [
        ...places,
        ...(asked && matches(palette.bulk) ? [{ key: "/bulk", text: palette.bulk, href: "/bulk" }] : []),
        ...sections.map(({ word, href }) => ({
          key: `settings ${href}`,
          text: palette.section(word),
          href,
        })),
      ],
    },
    { heading: palette.queues, entries: some(queues, (name) => name).map((name) => at("/queues", name)) },
    {
      heading: palette.definitions,
      entries: some(asked ? (names.data?.definitions ?? []) : [], (name) => name).map((name) =>
        at("/definitions", name),
      ),
    },
    {
      heading: palette.policies,
      entries: some(asked ? (policies.data?.policies ?? []) : [], ({ name }) => name).map(({ name }) =>
        at("/policies", name),
      ),
    },
    {
      heading: palette.dependencies,
      entries: some(asked ? (dependencies.data?.dependencies ?? []) : [], ({ name }) => name).map(
        ({ name }) => at("/dependencies", name),
      ),
    },
    {
      heading: palette.failures,
      entries: some(
        asked ? (groups.data?.groups ?? []) : [],
        ({ name, message }) => `${name} ${message}`,
      ).map(({ fingerprint, name, message }) => ({
        key: `failure ${fingerprint}`,
        text: name,
        note: message,
        href: `/failures/${fingerprint}`,
      })),
    },
    {
      heading: palette.views,
      entries: some(asked ? (views.data?.views ?? []) : [], ({ name }) => name).map(
        ({ id, name, query }) => ({
          key: `view ${id}`,
          text: name,
          note: query,
          href: `/jobs?view=${id}`,
        }),
      ),
    },
  ];
}

function jobEntries(typed: string): PaletteEntry[] {
  if (typed === "") return [];
  if (/^\d{6,20}$/.test(typed)) return [{ key: "job", text: palette.job(typed), href: `/jobs/${typed}` }];
  return [{ key: "search", text: palette.search(typed), href: `/jobs?q=${encodeURIComponent(typed)}` }];
}
