/** The mark: a semaphore with its arm raised, the way free. */
export function Mark() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden className="shrink-0 text-accent">
      <path
        d="M6 2.5v15M3 17.5h6"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
      />
      <path d="m6 9.5 9.5-5.5" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
      <circle cx="6" cy="9.5" r="2" fill="var(--panel)" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
