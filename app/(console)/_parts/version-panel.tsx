"use client";

import { type ComponentProps, useState } from "react";
import { editWords } from "#app/words/edit-words.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";
import { Unread } from "./unread.tsx";

/** A version as the list shows it; version 0 is built in. */
export interface VersionLine {
  version: number;
  body: unknown;
  createdAtMs: number | null;
  createdBy: string;
}

/** The thing whose versions are shown. */
export interface Versioned {
  name: string;
  /** Its newest version: what a roll back follows. */
  latest: number;
  canEdit: boolean;
}

/** Versions of a thing: any two compared, an old one made the newest again. */
export function VersionPanel({
  name,
  list,
  versions,
  canEdit,
  pending,
  problem,
  onRollBack,
}: {
  name: string;
  list: ComponentProps<typeof Unread>["query"] & { hasNextPage: boolean; fetchNextPage: () => unknown };
  /** Newest first, the first in force; nothing while they are read. */
  versions: readonly VersionLine[] | undefined;
  canEdit: boolean;
  pending: boolean;
  problem: string | null;
  /** Resolves to whether it was written. */
  onRollBack: (line: VersionLine, reason: string) => Promise<boolean>;
}) {
  const [compared, setCompared] = useState<{ from: number; to: number } | null>(null);
  const [target, setTarget] = useState<VersionLine | null>(null);
  if (!versions) return <Unread query={list} rows={3} />;
  const newest = versions[0];
  if (newest === undefined) return null;
  const options = versions.map(({ version }) => ({
    value: String(version),
    label: editWords.versionName(version),
  }));
  const bodyOf = (version: number) => versions.find((line) => line.version === version)?.body;
  const confirm = async (reason: string) => {
    if (target !== null && (await onRollBack(target, reason))) setTarget(null);
  };
  return (
    <Panel title={editWords.versions}>
      <Table label={editWords.versions}>
        <thead>
          <tr>
            <Th>{editWords.version}</Th>
            <Th>{editWords.saved}</Th>
            <Th className="w-full">{editWords.who}</Th>
            <Th end unseen>
              {editWords.acts}
            </Th>
          </tr>
        </thead>
        <tbody>
          {versions.map((line, index) => (
            <tr key={line.version} className="hairline-b hover:bg-hover">
              <Td>
                {editWords.versionName(line.version)}
                {index === 0 ? <span className="text-ink-3"> · {editWords.current}</span> : null}
              </Td>
              <Td>
                <RelativeTime atMs={line.createdAtMs} />
              </Td>
              <Td>
                <ForeignText text={line.createdBy} />
              </Td>
              <Td end>
                <span className="inline-flex gap-1">
                  {versions.length > 1 ? (
                    <Button
                      size="small"
                      tone="quiet"
                      aria-label={editWords.compareOf(line.version)}
                      onClick={() =>
                        setCompared(
                          index === 0
                            ? { from: versions[1]?.version ?? line.version, to: line.version }
                            : { from: line.version, to: newest.version },
                        )
                      }
                    >
                      {editWords.compare}
                    </Button>
                  ) : null}
                  {canEdit && index > 0 ? (
                    <Button
                      size="small"
                      tone="quiet"
                      aria-label={editWords.rollBackOf(line.version)}
                      onClick={() => setTarget(line)}
                    >
                      {editWords.rollBack}
                    </Button>
                  ) : null}
                </span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {list.hasNextPage ? (
        <Button className="mt-2" onClick={() => void list.fetchNextPage()}>
          {editWords.older}
        </Button>
      ) : null}
      {compared ? (
        <div className="flex flex-col gap-2 pt-3">
          <div className="grid max-w-100 grid-cols-2 gap-3">
            <SelectField
              label={editWords.from}
              value={String(compared.from)}
              options={options}
              onChange={(from) => setCompared({ ...compared, from: Number(from) })}
            />
            <SelectField
              label={editWords.to}
              value={String(compared.to)}
              options={options}
              onChange={(to) => setCompared({ ...compared, to: Number(to) })}
            />
          </div>
          <DiffView before={bodyOf(compared.from)} after={bodyOf(compared.to)} />
        </div>
      ) : null}
      <ReasonDialog
        open={target !== null}
        onClose={() => setTarget(null)}
        onConfirm={confirm}
        title={editWords.rollBackTitle(name, target?.version ?? 0)}
        what={editWords.rollBackWhat(newest.version + 1)}
        confirm={editWords.rollBackDo(newest.version + 1)}
        needed
        pending={pending}
        problem={problem}
      />
    </Panel>
  );
}
