"use client";

import { useState } from "react";
import { Segmented } from "../ui/segmented.tsx";
import { Table, Td, Th } from "../ui/table.tsx";
import { words } from "../words.ts";
import { ForeignText } from "./foreign-text.tsx";
import { JsonView } from "./json-view.tsx";
import { schemaRows } from "./schema-rows.ts";

const views = [
  { value: "fields", label: words.schemaFields },
  { value: "json", label: words.schemaJson },
] as const;

/** A JSON Schema to read: its fields as a tree, or the schema itself. */
export function SchemaView({ schema, label }: { schema: unknown; label: string }) {
  const [view, setView] = useState<"fields" | "json">("fields");
  const rows = schemaRows(schema);
  return (
    <div className="flex flex-col gap-2 pt-2">
      <Segmented label={words.viewOf(label)} value={view} options={views} onChange={setView} />
      {view === "json" ? (
        <JsonView text={JSON.stringify(schema, null, 2)} label={label} />
      ) : (
        <Table label={label}>
          <thead className="max-sm:hidden">
            <tr>
              <Th>{words.schemaField}</Th>
              <Th>{words.schemaType}</Th>
              <Th className="w-full">{words.schemaRules}</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.path} className="hairline-b max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto]">
                <Td className="font-mono">
                  <span style={{ paddingInlineStart: `${Math.max(0, row.depth - 1) * 16}px` }}>
                    {row.path === "" ? (
                      <span className="font-sans text-ink-3">{words.schemaRoot}</span>
                    ) : (
                      <ForeignText text={row.name} />
                    )}
                    {row.required && row.path !== "" && row.name !== "each" ? (
                      <span className="ml-2 font-sans text-ink-3">{words.schemaRequired}</span>
                    ) : null}
                  </span>
                </Td>
                <Td>
                  <ForeignText text={row.type} />
                </Td>
                <Td className="whitespace-normal text-ink-2 max-sm:col-span-2 max-sm:pt-0 max-sm:empty:hidden">
                  {row.rules.length > 0 || row.about ? (
                    <ForeignText text={[...row.rules, row.about].filter(Boolean).join(" · ")} />
                  ) : null}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </div>
  );
}
