"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsArrayOf, parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import { useEffect, useMemo, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { parseQuery } from "#core/query/parse-query.ts";
import { toJobFilter } from "#core/query/to-job-filter.ts";
import { payloadPathOf, readColumns } from "./job-columns.ts";
import { linkParameters, textOfLink } from "./query-text.ts";

const links = Object.fromEntries(Object.keys(linkParameters).map((name) => [name, parseAsString])) as Record<
  keyof typeof linkParameters,
  typeof parseAsString
>;
const parsers = {
  ...links,
  q: parseAsString,
  view: parseAsInteger,
  cols: parseAsArrayOf(parseAsString),
  at: parseAsString,
};
const noLinks = Object.fromEntries(Object.keys(linkParameters).map((name) => [name, null])) as Record<
  keyof typeof linkParameters,
  null
>;

/** What 'since 2 hours' was counted from, by the text of the bar: it stays for as long as one looks at a list and comes back to it. */
const anchors = new Map<string, number>();

/**
 * What the list shows, all of it in the address: the text of the bar (`q`), a saved view (`view`) that it stands for until
 * it is changed, and the columns (`cols`). The parameters of GET /jobs are taken too, and become text.
 */
export function useJobQuery() {
  const [values, setValues] = useQueryStates(parsers, { history: "push" });
  const trpc = useTRPC();
  const kept = useQuery(trpc.explore.views.queryOptions());
  const [turn, setTurn] = useState(0);

  const linked = useMemo(() => textOfLink(values, values.q ?? ""), [values]);
  const isLink = Object.keys(linkParameters).some(
    (name) => values[name as keyof typeof linkParameters] !== null,
  );
  useEffect(() => {
    if (isLink) setValues({ ...noLinks, q: linked }, { history: "replace" });
  }, [isLink, linked, setValues]);

  const views = kept.data?.views ?? [];
  const pinnedId = kept.data?.pinnedId ?? null;
  const plain = values.q === null && !isLink;
  const shownId = values.view ?? (plain ? pinnedId : null);
  const view = views.find(({ id }) => id === shownId) ?? null;
  const text = isLink || values.q !== null ? linked : (view?.query ?? "");
  // Without a text of its own the list waits until it is known which view it begins with.
  const ready = !plain || !kept.isPending;
  const columnNames = values.cols ?? view?.columns ?? [];
  const columnKey = columnNames.join("\n");
  const columns = useMemo(() => readColumns(columnKey.split("\n")), [columnKey]);
  const parsed = useMemo(() => parseQuery(text), [text]);
  const filter = useMemo(() => {
    const relative = parsed.query.some((term) => "agoMs" in term);
    if (!relative) return toJobFilter(parsed.query, 0);
    const key = `${turn} ${text}`;
    const nowMs = anchors.get(key) ?? Date.now();
    anchors.set(key, nowMs);
    return toJobFilter(parsed.query, nowMs);
  }, [parsed, text, turn]);

  return {
    ready,
    text,
    problems: parsed.problems,
    filter,
    columns,
    /** Paths in the payload whose values are columns. */
    paths: useMemo(() => columns.map(payloadPathOf).filter((path) => path !== null), [columns]),
    at: values.at,
    views,
    view,
    pinnedId,
    viewGone: values.view !== null && kept.isSuccess && view === null,
    /** The view is shown as it was saved. */
    viewUnchanged: view !== null && view.query === text && view.columns.join("\n") === columns.join("\n"),
    write: (next: string) =>
      setValues({ ...noLinks, q: next === "" && pinnedId === null && view === null ? null : next, at: null }),
    clear: () => setValues({ ...noLinks, q: pinnedId === null ? null : "", view: null, at: null }),
    showView: (id: number | null) =>
      setValues({
        ...noLinks,
        view: id,
        q: id === null && pinnedId !== null ? "" : null,
        cols: null,
        at: null,
      }),
    showColumns: (names: readonly string[]) => setValues({ cols: [...names] }, { history: "replace" }),
    goTo: (at: string | null) => setValues({ at }),
    /** Counts 'since 2 hours' from now. */
    renew: () => setTurn((old) => old + 1),
  };
}
export type JobQueryState = ReturnType<typeof useJobQuery>;
