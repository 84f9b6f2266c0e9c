"use client";

const rowMark = "data-row-id";

/** Marks a row for {@link useRowKeys}; its first link takes the focus. */
export function rowProps(id: string) {
  return { [rowMark]: id };
}

/** Moves the focus among the rows of the page's list, so that Enter opens what is in focus without further ado. */
export function useRowKeys() {
  const move = (step: 1 | -1) => {
    const rows = [...document.querySelectorAll<HTMLElement>(`[${rowMark}]`)];
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const target = rows[here === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, here + step))];
    target?.querySelector<HTMLElement>("a")?.focus();
    target?.scrollIntoView({ block: "nearest" });
  };
  return {
    next: () => move(1),
    previous: () => move(-1),
    /** The id of the row in focus, null outside the list. */
    current: () => document.activeElement?.closest(`[${rowMark}]`)?.getAttribute(rowMark) ?? null,
  };
}
