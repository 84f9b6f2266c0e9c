/** How often a job may take effect: at-least-once retries, at-most-once never repeats what may have happened. */
export const deliveryGuarantees = ["at-least-once", "at-most-once", "once-per-key"] as const;
export type DeliveryGuarantee = (typeof deliveryGuarantees)[number];
