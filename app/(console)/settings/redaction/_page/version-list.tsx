"use client";

import { redactionWords } from "#app/words/redaction-words.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { RedactionSettings } from "#core/redaction/redaction-settings.ts";

/** One version of what is redacted. */
export interface RedactionVersion {
  version: number;
  settings: RedactionSettings;
  createdAtMs: number;
  createdBy: string;
}

/** The versions there were, newest first, each with what it changed; one can be loaded to be saved again. */
export function VersionList({
  versions,
  onTake,
}: {
  versions: readonly RedactionVersion[];
  onTake: (settings: RedactionSettings) => void;
}) {
  if (versions.length === 0) return null;
  return (
    <Panel title={redactionWords.versions}>
      <ol>
        {versions.map((each, at) => (
          <li key={each.version} className="hairline-b py-1.5">
            <details className="text-sm">
              <summary className="cursor-pointer">
                {redactionWords.version(each.version)}{" "}
                <span className="text-ink-3">
                  <ForeignText text={redactionWords.by(each.createdBy)} />{" "}
                  <RelativeTime atMs={each.createdAtMs} />
                </span>
              </summary>
              <div className="flex flex-col gap-2 pt-1 pl-4">
                <DiffView
                  before={versions[at + 1]?.settings ?? { emails: false, rules: [] }}
                  after={each.settings}
                />
                <Button size="small" className="w-fit" onClick={() => onTake(each.settings)}>
                  {redactionWords.takeBack}
                </Button>
              </div>
            </details>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
