/** How far a dispatcher has checked the chain. */
export interface AuditCheck {
  /** The last entry that is known to be whole and all before it with it. */
  tail: { seq: number; hash: Buffer; atUs: number };
  /** Where the walk stands that goes through all entries again and again. */
  lap: { seq: number; hash: Buffer; atUs: number };
  /** When a whole walk last ended without a fault; null: none has yet. */
  lapEndedAtMs: number | null;
  checkedAtMs: number | null;
  fault: { kind: string; seq: number; text: string } | null;
  anchoredSeq: number;
  anchoredAtMs: number | null;
}
