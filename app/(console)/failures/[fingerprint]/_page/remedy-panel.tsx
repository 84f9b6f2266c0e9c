"use client";

import Link from "next/link";
import { useRole } from "#app/_session/use-role.ts";
import { failureWords } from "#app/words/failure-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { buttonLook } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { GroupDetail } from "#server/api/failures/read-group-detail.ts";

const isWebLink = (url: string) => /^https?:\/\//i.test(url);

/** What the matched rule says to do, the runbooks, and the way to correct the class. */
export function RemedyPanel({ detail: { remediation, runbooks, group } }: { detail: GroupDetail }) {
  const mayAct = roleCovers(useRole(), "operator");
  return (
    <Panel
      title={failureWords.remediation}
      aside={
        mayAct ? (
          <Link
            href={`/rules?from=${group.fingerprint}`}
            prefetch={false}
            className={buttonLook({ size: "small" })}
          >
            {failureWords.makeRule}
          </Link>
        ) : null
      }
    >
      <div className="flex flex-col gap-1 py-2">
        {remediation ? (
          <p className="whitespace-pre-wrap">
            <ForeignText text={remediation} />
          </p>
        ) : (
          <p className="text-sm text-ink-3">{failureWords.noRemediation}</p>
        )}
        {runbooks
          .filter((runbook) => isWebLink(runbook.url))
          .map((runbook) => (
            <p key={`${runbook.of} ${runbook.url}`}>
              <a
                href={runbook.url}
                target="_blank"
                rel="noreferrer noopener"
                className="text-accent hover:underline"
              >
                {failureWords.runbook(runbook.of)}
              </a>
            </p>
          ))}
      </div>
    </Panel>
  );
}
