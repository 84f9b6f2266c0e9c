import { readFile } from "node:fs/promises";
import { SignalboxError } from "#core/error.ts";
import { readAnchors } from "#server/operations/audit/read-anchors.ts";
import { verifyChain } from "#server/operations/audit/verify-chain.ts";
import { readAuditHead } from "#server/store/audit/read-audit-head.ts";
import { monotonicMs } from "#server/system/clock.ts";
import { publicKeyFile } from "#server/system/signing-key.ts";
import type { Command, CommandCall } from "../command-line/command.ts";
import { withEngine } from "../database/with-engine.ts";

export const verifyAudit: Command = {
  usage: "audit verify",
  positionals: { least: 0, most: 0 },
  options: {
    anchors: {
      value: "FILE",
      many: true,
      description:
        "anchors to check against, as the dispatcher wrote or logged them; default AUDIT_ANCHOR_FILE",
    },
    key: {
      value: "FILE",
      description: "the public keys that may have signed them, one a line; default AUDIT_KEY_FILE.pub",
    },
  },
  run(call) {
    return withEngine<0 | 1>(call, async (engine) => {
      const { chain } = await readAuditHead(engine.pool);
      const { anchors, forged, others, unreadable, files, keysKnown } = await findAnchors(call, chain);
      const startedMs = monotonicMs();
      const report = await verifyChain(engine.pool, { anchors });
      const seconds = (monotonicMs() - startedMs) / 1_000;
      const upTo = anchors.reduce<(typeof anchors)[number] | null>(
        (last, anchor) => (last === null || anchor.seq > last.seq ? anchor : last),
        null,
      );
      const asked = call.texts("anchors").length > 0;
      const problems = [
        ...(report.fault ? [report.fault.text] : []),
        ...forged.map(({ file, line, why }) =>
          why === "signature"
            ? `the anchor in line ${line} of ${file} is not what its key signed`
            : `the anchor in line ${line} of ${file} is signed by a key that is not trusted`,
        ),
        ...(asked && upTo === null && forged.length === 0 && report.fault === null
          ? [`none of the anchors in ${files.join(", ")} is of this chain (${chain})`]
          : []),
      ];
      const whole = problems.length === 0;
      const anchor = upTo && { seq: upTo.seq, at: upTo.at };
      call.output.result(
        {
          whole,
          chain,
          entries: report.examined,
          fault: report.fault,
          problems,
          anchor,
          keysKnown,
          others,
          unreadable,
        },
        () => [
          ...problems,
          whole
            ? `whole: ${report.examined} entries, the last ${report.place.seq}, in ${seconds.toFixed(1)} s`
            : report.fault
              ? `not whole; the ${report.place.seq} entries before that are. What to do: docs/runbooks/audit-broken.md`
              : `the ${report.examined} entries are whole in themselves. What to do: docs/runbooks/audit-broken.md`,
          anchor
            ? `anchors: ${anchors.length}, up to entry ${anchor.seq} of ${anchor.at}`
            : "no anchors: a chain rewritten whole, or cut with its head, would not be found",
          ...(anchor && !keysKnown
            ? ["who signed the anchors was not checked: give the public key with --key"]
            : []),
          ...(unreadable > 0 ? [`${unreadable} lines hold no anchor and were passed over`] : []),
          ...(others > 0 ? [`${others} anchors are of other chains and were passed over`] : []),
        ],
      );
      return whole ? 0 : 1;
    });
  },
};

/** The anchors of the chain in the files asked for, or in the settings' own when there is one. */
async function findAnchors(call: CommandCall, chain: string) {
  const given = call.texts("anchors");
  const files = given.length > 0 ? given : [call.settings.auditAnchorFile];
  const keyFile = call.text("key");
  const keys = await readText(keyFile ?? publicKeyFile(call.settings.auditKeyFile), keyFile !== undefined);
  const trusted = keys === null ? null : new Set(keys.split(/\s+/).filter(Boolean));
  const read = await Promise.all(
    files.map(async (file) => {
      const text = (await readText(file, given.length > 0)) ?? "";
      return { file, ...readAnchors(text, chain, trusted) };
    }),
  );
  return {
    files,
    keysKnown: trusted !== null,
    anchors: read.flatMap((each) => each.anchors),
    forged: read.flatMap((each) => each.forged.map((one) => ({ file: each.file, ...one }))),
    others: read.reduce((sum, each) => sum + each.others, 0),
    unreadable: read.reduce((sum, each) => sum + each.unreadable, 0),
  };
}

/** A file's text; null when it is not there and need not be. Throws `bad_request` when it must. */
async function readText(file: string, needed: boolean): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (!needed && (error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new SignalboxError("bad_request", `${file} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
