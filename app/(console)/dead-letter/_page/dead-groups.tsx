"use client";

import type { ReactNode } from "react";
import { failureWords } from "#app/words/failure-words.ts";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { Figure } from "#components/domain/figure.tsx";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import { words } from "#components/words.ts";
import type { DeadGroup } from "#server/api/failures/read-dead-letter.ts";
import { GroupTitle } from "../../failures/_parts/group-title.tsx";

/** The failures that jobs died of, most dead first; choosing one lists its jobs. `chosen` null is all of them. */
export function DeadGroups({
  groups,
  more,
  chosen,
  onChoose,
}: {
  groups: readonly DeadGroup[];
  more: boolean;
  chosen: string | null;
  onChoose: (fingerprint: string | null) => void;
}) {
  const total = groups.reduce((sum, group) => sum + group.dead, 0);
  const atLeast = more || groups.some((group) => group.atLeast);
  return (
    <Panel title={failureWords.dead.groups}>
      <ScrollBox label={failureWords.dead.groups} className="hairline-b max-h-70">
        <ul className="flex flex-col">
          <li className="hairline-b">
            <Choice on={chosen === null} onPress={() => onChoose(null)}>
              <span className="grow">{failureWords.dead.all}</span>
              <Figure value={total} exactness={atLeast ? "at-least" : "exact"} />
            </Choice>
          </li>
          {groups.map((group) => (
            <li key={group.fingerprint} className="hairline-b last:border-0">
              <Choice on={chosen === group.fingerprint} onPress={() => onChoose(group.fingerprint)}>
                <span className="w-32 shrink-0 max-sm:w-auto">
                  {group.class === null ? (
                    <span className="text-ink-3">{words.none}</span>
                  ) : (
                    <FailureClassBadge failureClass={group.class} />
                  )}
                </span>
                <span className="min-w-0 grow truncate max-sm:order-last max-sm:w-full">
                  {group.fingerprint === "" ? (
                    <span title={failureWords.dead.noGroupWhy}>{failureWords.dead.noGroup}</span>
                  ) : (
                    <GroupTitle name={group.name ?? group.fingerprint} message={group.message ?? ""} />
                  )}
                </span>
                <span className="ml-auto">
                  <Figure value={group.dead} exactness={group.atLeast ? "at-least" : "exact"} />
                </span>
              </Choice>
            </li>
          ))}
        </ul>
      </ScrollBox>
      {more ? <p className="py-1 text-sm text-ink-3">{failureWords.dead.moreGroups}</p> : null}
    </Panel>
  );
}

function Choice({ on, onPress, children }: { on: boolean; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onPress}
      className={cn(
        "flex min-h-7 w-full items-center gap-x-3 px-2 text-left text-sm hover:bg-hover max-sm:flex-wrap max-sm:py-1",
        on && "bg-selected font-medium",
      )}
    >
      {children}
    </button>
  );
}
