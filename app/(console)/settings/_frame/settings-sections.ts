import { settingsWords } from "#app/words/settings-words.ts";
import type { Role } from "#core/access/role.ts";

/** A part of the settings with a page of its own; `role` is who may see it. */
export interface SettingsSection {
  href: `/settings${string}`;
  word: string;
  role: Role;
}

const { sections } = settingsWords;

/** The sections there are, in the order of the list. */
export const settingsSections: readonly SettingsSection[] = [
  { href: "/settings", word: sections.general, role: "viewer" },
  { href: "/settings/people", word: sections.people, role: "admin" },
  { href: "/settings/tokens", word: sections.tokens, role: "admin" },
  { href: "/settings/redaction", word: sections.redaction, role: "admin" },
  { href: "/settings/retention", word: sections.retention, role: "viewer" },
  { href: "/settings/storage", word: sections.storage, role: "viewer" },
  { href: "/settings/scaling", word: sections.scaling, role: "viewer" },
  { href: "/settings/alerts", word: sections.alerts, role: "viewer" },
  { href: "/settings/webhooks", word: sections.webhooks, role: "admin" },
];
