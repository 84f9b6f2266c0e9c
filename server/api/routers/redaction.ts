import { z } from "zod";
import {
  defaultRedactionSettings,
  type RedactionSettings,
  redactionSettingsSchema,
} from "#core/redaction/redaction-settings.ts";
import { Redactor } from "#core/redaction/redactor.ts";
import { validationError } from "#core/validation-error.ts";
import { putRedaction } from "#server/operations/redaction/put-redaction.ts";
import { findRedaction } from "#server/store/redaction/find-redaction.ts";
import { sampleRedaction } from "../jobs/sample-redaction.ts";
import { reasonInput } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";

const shownVersions = 20;
/** Longest text to try rules on, characters. */
const mostTried = 262_144;
const draft = z.unknown();

/** What is redacted: the rules in force and their versions, trying others out, and putting them in force. */
export const redactionRouter = router({
  /** The newest versions, newest first; version 0 with no rules when none was ever written. */
  get: procedureFor("admin").query(async ({ ctx }) => {
    const found = await findRedaction(ctx.db, shownVersions);
    const versions = found.map(({ settings, ...rest }) => {
      const parsed = redactionSettingsSchema.safeParse(settings);
      return { ...rest, settings: parsed.success ? parsed.data : defaultRedactionSettings };
    });
    const current = versions[0] ?? { version: 0, settings: defaultRedactionSettings };
    return { version: current.version, settings: current.settings, versions };
  }),

  /** What rules that need not be in force make of a pasted text. */
  tryText: procedureFor("admin")
    .input(
      z.strictObject({
        settings: draft,
        text: z.string().max(mostTried),
        definition: z.string().max(100).nullable(),
      }),
    )
    .mutation(({ input }) => {
      const redactor = new Redactor(parse(input.settings));
      return isJson(input.text)
        ? { isJson: true, ...redactor.json(input.text, input.definition) }
        : { isJson: false, text: redactor.text(input.text), redactions: [] };
    }),

  /** Where rules that need not be in force would act on the newest jobs of a definition. */
  tryJobs: procedureFor("admin")
    .input(z.strictObject({ settings: draft, definition: z.string().min(1).max(100) }))
    .mutation(({ ctx, input }) => sampleRedaction(ctx.db, parse(input.settings), input.definition)),

  /** Puts rules in force as a new version. */
  put: procedureFor("admin")
    .input(z.strictObject({ settings: draft, expectedVersion: z.number().int().min(0), reason: reasonInput }))
    .mutation(({ ctx, input }) =>
      putRedaction(ctx.engine, { ...input, reason: input.reason || null, actor: ctx.actor.name }),
    ),
});

function parse(settings: unknown): RedactionSettings {
  const parsed = redactionSettingsSchema.safeParse(settings);
  if (!parsed.success) throw validationError(parsed.error, "what is redacted");
  return parsed.data;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
