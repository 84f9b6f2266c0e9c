import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatCount, formatExactCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { formatClock } from "#components/domain/format-instant.ts";
import { formatShare } from "#components/domain/format-share.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import type { AlertEvidence } from "#core/alert/alert.ts";
import { sayBytes } from "#core/say-bytes.ts";
import { AlertObject } from "./alert-object.tsx";

/** One measured thing in its unit; the name of an object links to its page. */
export function AlertValue({ evidence: { value, unit } }: { evidence: AlertEvidence }) {
  switch (unit) {
    case "ms":
      return <span title={`${formatExactCount(Number(value))} ms`}>{formatDuration(Number(value))}</span>;
    case "instant":
      return (
        <>
          {formatClock(Number(value))} <RelativeTime atMs={Number(value)} className="text-ink-3" />
        </>
      );
    case "count":
      return <span title={formatExactCount(Number(value))}>{formatCount(Number(value))}</span>;
    case "share":
      return formatShare(Number(value));
    case "bytes":
      return <span title={`${formatExactCount(Number(value))} B`}>{sayBytes(Number(value))}</span>;
    case "text":
      return <ForeignText text={String(value)} />;
    default:
      return <AlertObject kind={unit} id={String(value)} plain />;
  }
}
