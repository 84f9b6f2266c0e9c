import { type SQL, sql } from "drizzle-orm";
import type { Queryable, Statement } from "#db/client.ts";

/** A transaction of the caller's: a pg client on which BEGIN was said, or a Drizzle transaction on node-postgres. */
export type CallerTransaction =
  | {
      query(statement: {
        text: string;
        values?: unknown[];
      }): Promise<{ rows: unknown[]; rowCount: number | null }>;
    }
  | { execute(query: SQL): Promise<{ rows: unknown[]; rowCount: number | null }> };

/** The statements of an operation on the caller's transaction. */
export function queryableOf(tx: CallerTransaction): Queryable {
  if ("query" in tx && typeof tx.query === "function") {
    const client = tx;
    // Without a name: a prepared statement would outlive us on a connection that is not ours.
    return {
      query: ({ text, values, rowMode }) => client.query({ text, values, ...(rowMode ? { rowMode } : {}) }),
    };
  }
  if ("execute" in tx && typeof tx.execute === "function") {
    const drizzle = tx;
    return { query: (statement) => drizzle.execute(toDrizzle(statement)) };
  }
  throw new TypeError("tx is neither a pg client nor a Drizzle transaction");
}

/** A statement with $n placeholders as a Drizzle query. */
function toDrizzle({ text, values = [] }: Statement): SQL {
  const parts = text.split(/\$(\d+)/);
  const chunks = parts.map((part, index) =>
    index % 2 === 0 ? sql.raw(part) : sql`${sql.param(values[Number(part) - 1])}`,
  );
  return sql.join(chunks);
}
