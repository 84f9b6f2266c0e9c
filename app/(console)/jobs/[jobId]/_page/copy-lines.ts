import { jobPageWords } from "#app/words/job-page-words.ts";
import type { MenuLine } from "#components/ui/menu.tsx";
import { notify } from "#components/ui/notify.ts";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { curlOf, jsonOf, sdkCallOf } from "./job-copies.ts";

const { copy } = jobPageWords;

/** The ways to take a job along: as a link, as JSON, as the call that submits another like it. */
export function copyLines(job: JobPage): MenuLine[] {
  const line = (label: string, text: () => string): MenuLine => ({
    label,
    onSelect: () => {
      navigator.clipboard.writeText(text()).then(
        () => notify({ text: jobPageWords.copied }),
        () => notify({ tone: "warning", text: jobPageWords.notCopied }),
      );
    },
  });
  return [
    line(copy.link, () => window.location.href),
    line(copy.curl, () => curlOf(job, window.location.origin)),
    line(copy.sdk, () => sdkCallOf(job)),
    line(copy.json, () => jsonOf(job)),
  ];
}
