"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { definitionWords } from "#app/words/definition-words.ts";
import { Button } from "#components/ui/button.tsx";
import { roleCovers } from "#core/access/role.ts";
import { NameList } from "../../_parts/name-list.tsx";
import { useNameList } from "../../_parts/use-name-list.ts";
import { DefinitionTable } from "./definition-table.tsx";

const CreateDialog = dynamic(() =>
  import("../../_parts/create-dialog.tsx").then((module) => module.CreateDialog),
);
const refetchMs = 10_000;

/** The catalogue of job definitions. */
export function DefinitionsView() {
  const trpc = useTRPC();
  const canEdit = roleCovers(useRole(), "operator");
  const state = useNameList();
  const { q, after } = state;
  const [creating, setCreating] = useState(false);
  const list = useQuery(
    trpc.definitions.list.queryOptions(
      { q, after },
      { placeholderData: keepPreviousData, refetchInterval: refetchMs },
    ),
  );
  const definitions = list.data?.definitions ?? [];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-3">
        <h1 className="text-title font-semibold">{definitionWords.title}</h1>
        {canEdit ? <Button onClick={() => setCreating(true)}>{definitionWords.create}</Button> : null}
      </div>
      <NameList state={state} query={list} words={definitionWords}>
        {definitions.length > 0 ? <DefinitionTable definitions={definitions} /> : null}
      </NameList>
      {creating ? (
        <CreateDialog
          title={definitionWords.create}
          what={definitionWords.createWhat}
          path="/definitions"
          from=""
          sources={definitions.map(({ name }) => name)}
          onClose={() => setCreating(false)}
        />
      ) : null}
    </div>
  );
}
