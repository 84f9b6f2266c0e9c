import { signAnchor } from "#server/operations/audit/anchor.ts";
import type { AnchorKeeper } from "#server/operations/audit/watch-audit.ts";
import { appendLine } from "#server/system/append-line.ts";
import type { Settings } from "#server/system/settings.ts";
import { openSigningKey, type SigningKey } from "#server/system/signing-key.ts";

/** Keeps anchors in AUDIT_ANCHOR_FILE, a JSON line each, signed by the key of AUDIT_KEY_FILE, which is made at first use. */
export function openAnchorKeeper(settings: Pick<Settings, "auditAnchorFile" | "auditKeyFile">): AnchorKeeper {
  let key: SigningKey | null = null;
  return {
    async keep(head, atMs) {
      key ??= openSigningKey(settings.auditKeyFile);
      const anchor = signAnchor(head, atMs, key);
      await appendLine(settings.auditAnchorFile, JSON.stringify(anchor));
      return anchor;
    },
  };
}
