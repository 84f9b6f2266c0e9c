/** A short report of what was just done. */
export interface Notice {
  text: string;
  detail?: string;
  tone?: "plain" | "warning" | "error";
  /** What takes it back. */
  action?: { label: string; onPress: () => void };
}

const waiting: Notice[] = [];
let show: ((notice: Notice) => void) | null = null;
let wake: () => void = () => {};

/** Reports in the corner of the page; takes no focus. What shows it is loaded with the first report. */
export function notify(notice: Notice): void {
  if (show) show(notice);
  else {
    waiting.push(notice);
    wake();
  }
}

/** Hears of the first report. Returns what stops listening. */
export function onFirstNotice(listener: () => void): () => void {
  wake = listener;
  if (waiting.length > 0) listener();
  return () => {
    wake = () => {};
  };
}

/** Takes the reports from now on, beginning with those that wait; null hands them back. */
export function showNoticesWith(shower: ((notice: Notice) => void) | null): void {
  show = shower;
  if (shower) for (const notice of waiting.splice(0)) shower(notice);
}
