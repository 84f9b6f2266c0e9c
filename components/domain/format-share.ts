/** A share (0…1) in percent: 0 % · <1 % · 3 % · 99 % · 100 %; never rounds a part to nothing or to all. */
export function formatShare(share: number): string {
  if (share <= 0) return "0 %";
  if (share < 0.01) return "<1 %";
  if (share >= 1) return "100 %";
  return `${Math.min(99, Math.round(share * 100))} %`;
}
