"use client";

import { explorerWords } from "#app/words/explorer-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { Button } from "#components/ui/button.tsx";
import { CommandLine } from "#components/ui/command-line.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** What stands where the rows would be, and the way on. */
export function NoJobs({
  why,
  onClear,
}: {
  why: "not-understood" | "looked-in-part" | "none-match" | "none-yet";
  onClear: () => void;
}) {
  const clear = <Button onClick={onClear}>{jobWords.clear}</Button>;
  switch (why) {
    case "not-understood":
      return (
        <EmptyState title={explorerWords.notUnderstood} action={clear}>
          {explorerWords.notUnderstoodTeach}
        </EmptyState>
      );
    case "looked-in-part":
      return <EmptyState title={jobWords.partly}>{jobWords.partlyTeach}</EmptyState>;
    case "none-match":
      return (
        <EmptyState title={jobWords.noneMatch} action={clear}>
          {jobWords.noneMatchTeach}
        </EmptyState>
      );
    case "none-yet":
      return (
        <EmptyState title={jobWords.noneYet} action={<CommandLine command="npm run demo" />}>
          {jobWords.noneYetTeach}
        </EmptyState>
      );
  }
}
