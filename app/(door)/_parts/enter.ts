"use client";

/** Goes to a page by loading it anew, so that nothing is left of who was signed in before. */
export function enter(path: string): void {
  location.replace(path);
}
