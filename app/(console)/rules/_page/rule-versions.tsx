"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { ruleWords } from "#app/words/rule-words.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/notify.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import { roleCovers } from "#core/access/role.ts";
import type { FailureRule } from "#core/failure/failure-rule.ts";
import { problemText } from "../../_parts/problem-text.ts";
import { ReasonDialog } from "../../_parts/reason-dialog.tsx";
import { Unread } from "../../_parts/unread.tsx";
import { keyedRules } from "./keyed-rules.ts";

const { versionHead: head } = ruleWords;

/** The versions of the rules: who saved them and why, what has changed since, and the way back. */
export function RuleVersions({ current }: { current: { version: number; rules: readonly FailureRule[] } }) {
  const trpc = useTRPC();
  const [before, setBefore] = useState<number | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const list = useQuery(trpc.rules.versions.queryOptions({ before }));
  if (!list.data) return <Unread query={list} rows={6} />;
  const { versions, more } = list.data;
  if (versions.length === 0) return <p className="py-2 text-ink-2">{ruleWords.noVersions}</p>;
  return (
    <div className="flex flex-col gap-4">
      <Table label={ruleWords.versionsList}>
        <thead>
          <tr>
            <Th>{head.version}</Th>
            <Th end>{head.rules}</Th>
            <Th>{head.saved}</Th>
            <Th>{head.by}</Th>
            <Th className="w-full max-sm:hidden">{head.reason}</Th>
            <Th unseen>{ruleWords.compare}</Th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.version} className="hairline-b hover:bg-hover">
              <Td>{version.version}</Td>
              <Td end>{version.rules}</Td>
              <Td>
                <RelativeTime atMs={version.createdAtMs} />
              </Td>
              <Td>
                <ForeignText text={version.createdBy} />
              </Td>
              <Td className="max-w-0 truncate text-ink-2 max-sm:hidden">
                {version.reason ? <ForeignText text={version.reason} /> : words.none}
              </Td>
              <Td end>
                {version.version === current.version ? (
                  <span className="text-ink-3">{ruleWords.inForce}</span>
                ) : (
                  <Button size="small" onClick={() => setChosen(version.version)}>
                    {ruleWords.compare}
                  </Button>
                )}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <div className="flex justify-end gap-2">
        {before === null ? null : <Button onClick={() => setBefore(null)}>{ruleWords.newestVersions}</Button>}
        {more ? (
          <Button onClick={() => setBefore(versions.at(-1)?.version ?? null)}>
            {ruleWords.olderVersions}
          </Button>
        ) : null}
      </div>
      {chosen !== null && chosen !== current.version ? (
        <VersionDiff key={chosen} version={chosen} current={current} onDone={() => setChosen(null)} />
      ) : null}
    </div>
  );
}

function VersionDiff({
  version,
  current,
  onDone,
}: {
  version: number;
  current: { version: number; rules: readonly FailureRule[] };
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const old = useQuery(trpc.rules.version.queryOptions({ version }));
  const put = useMutation(trpc.rules.put.mutationOptions());
  const [asking, setAsking] = useState(false);
  const mayAct = roleCovers(useRole(), "operator");
  if (!old.data) return <Unread query={old} rows={3} />;
  const { rules } = old.data;
  const rollBack = async (reason: string) => {
    const saved = await put
      .mutateAsync({ rules, expectedVersion: current.version, reason })
      .catch(() => null);
    await queryClient.invalidateQueries({ queryKey: trpc.rules.pathKey() });
    if (!saved) return;
    notify({ text: ruleWords.saved(saved.version) });
    setAsking(false);
    onDone();
  };
  return (
    <Panel
      title={ruleWords.diffTitle(version)}
      aside={
        mayAct ? (
          <Button size="small" onClick={() => setAsking(true)}>
            {ruleWords.rollBack(version)}
          </Button>
        ) : null
      }
    >
      <DiffView before={keyedRules(rules)} after={keyedRules(current.rules)} />
      <ReasonDialog
        open={asking}
        onClose={() => {
          put.reset();
          setAsking(false);
        }}
        onConfirm={rollBack}
        title={ruleWords.rollBack(version)}
        what={ruleWords.rollBackWhat(version)}
        confirm={ruleWords.rollBack(version)}
        needed
        pending={put.isPending}
        problem={put.error ? problemText(put.error) : null}
      />
    </Panel>
  );
}
