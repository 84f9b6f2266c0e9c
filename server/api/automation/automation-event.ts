/** What the browser gets of the automation feed. */
export type { AutomationEvent } from "#server/store/automation/automation-event.ts";
