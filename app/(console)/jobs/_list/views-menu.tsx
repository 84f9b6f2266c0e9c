"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Bookmark, Check, ChevronDown, Pin, PinOff, Plus, Save, Trash2, Type } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useSession } from "#app/_session/session-provider.tsx";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { explorerWords } from "#app/words/explorer-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { visibleText } from "#components/domain/visible-text.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu, type MenuLine } from "#components/ui/menu.tsx";
import { notify } from "#components/ui/notify.ts";
import { roleCovers } from "#core/access/role.ts";
import { problemText } from "../../_parts/problem-text.ts";
import type { JobQueryState } from "./use-job-query.ts";

const ViewDialog = dynamic(() => import("./view-dialog.tsx").then((module) => module.ViewDialog));

/** The views one keeps and those that others share; what is shown now can be kept as one. */
export function ViewsMenu({ state }: { state: JobQueryState }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [naming, setNaming] = useState<"new" | "old" | null>(null);
  const me = useSession()?.name ?? "local";
  const mayKeep = roleCovers(useRole(), "operator");
  const { view, views, text, columns, pinnedId } = state;
  const mine = view !== null && view.owner === me;
  const settled = {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.explore.views.queryKey() }),
    onError: (error: Parameters<typeof problemText>[0]) =>
      notify({ tone: "error", text: partWords.notDone, detail: problemText(error) }),
  };
  const save = useMutation(trpc.explore.saveView.mutationOptions(settled));
  const remove = useMutation(trpc.explore.deleteView.mutationOptions(settled));
  const pin = useMutation(trpc.explore.pinView.mutationOptions(settled));

  const chosen = (on: boolean) => (on ? <Check aria-hidden /> : <span className="size-3.5" />);
  const lists: MenuLine[] = [
    {
      label: explorerWords.allJobs,
      icon: chosen(view === null && text === ""),
      onSelect: () => state.showView(null),
    },
    ...views.map((each) => ({
      label: visibleText(each.owner === me ? each.name : explorerWords.sharedBy(each.name, each.owner)),
      icon: chosen(view?.id === each.id),
      keys: pinnedId === each.id ? explorerWords.pinnedMark : undefined,
      onSelect: () => state.showView(each.id),
    })),
  ];
  const acts: MenuLine[] = [
    { label: explorerWords.saveView, icon: <Plus aria-hidden />, onSelect: () => setNaming("new") },
  ];
  if (view && mine) {
    if (!state.viewUnchanged)
      acts.push({
        label: explorerWords.changeView,
        icon: <Save aria-hidden />,
        onSelect: async () => {
          const { id, name, shared } = view;
          const done = await save
            .mutateAsync({ id, view: { name, shared, query: text, columns } })
            .catch(() => null);
          if (done) state.showView(id);
        },
      });
    acts.push(
      { label: explorerWords.renameView, icon: <Type aria-hidden />, onSelect: () => setNaming("old") },
      {
        label: explorerWords.deleteView,
        icon: <Trash2 aria-hidden />,
        danger: true,
        onSelect: async () => {
          if (
            !(await remove.mutateAsync({ id: view.id }).then(
              () => true,
              () => false,
            ))
          )
            return;
          state.clear();
          const { name, query, columns: had, shared } = view;
          notify({
            text: explorerWords.viewDeleted(visibleText(name)),
            action: {
              label: explorerWords.undoDelete,
              onPress: () => save.mutate({ id: null, view: { name, query, columns: had, shared } }),
            },
          });
        },
      },
    );
  }
  if (view && pinnedId !== view.id)
    acts.push({
      label: explorerWords.pinView,
      icon: <Pin aria-hidden />,
      onSelect: () => pin.mutate({ id: view.id }),
    });
  if (pinnedId !== null && (view === null || pinnedId === view.id))
    acts.push({
      label: explorerWords.unpinView,
      icon: <PinOff aria-hidden />,
      onSelect: () => pin.mutate({ id: null }),
    });

  return (
    <>
      <Menu
        trigger={
          <Button className="h-8 w-fit max-w-56 pointer-coarse:h-10">
            <Bookmark aria-hidden />
            <span className="min-w-0 truncate">
              {view ? visibleText(view.name) : explorerWords.views}
              {view && !state.viewUnchanged ? (
                <span className="text-ink-3"> · {explorerWords.changed}</span>
              ) : null}
            </span>
            <ChevronDown aria-hidden />
          </Button>
        }
        groups={mayKeep ? [lists, acts] : [lists]}
      />
      {naming === null ? null : (
        <ViewDialog
          view={
            naming === "old" && view
              ? view
              : { id: null, name: "", query: text, columns: [...columns], shared: false }
          }
          onClose={() => setNaming(null)}
          onSaved={(id) => {
            setNaming(null);
            state.showView(id);
          }}
        />
      )}
    </>
  );
}
