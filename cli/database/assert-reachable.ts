import { SignalboxError } from "#core/error.ts";
import { openClient } from "#db/client.ts";
import { maskDatabaseUrl } from "#server/system/mask-database-url.ts";
import { explainConnection, explainServerVersion } from "./explain-connection.ts";

/** Resolves when the database answers and is of a supported version; throws `not_ready` with what to do otherwise. */
export async function assertReachable(url: string): Promise<void> {
  try {
    const client = openClient(url, "signalbox check");
    // An error after the answer is the next statement's to report.
    client.on("error", () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ version: string }>(
        "select current_setting('server_version_num') as version",
      );
      const why = explainServerVersion(Number(rows[0]?.version));
      if (why !== null)
        throw new SignalboxError("not_ready", `cannot use the database at ${maskDatabaseUrl(url)}: ${why}`);
    } finally {
      await client.end().catch(() => undefined);
    }
  } catch (error) {
    throw explainConnection(url, error) ?? error;
  }
}
