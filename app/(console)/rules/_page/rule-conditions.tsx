import { ruleWords } from "#app/words/rule-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import type { FailureRule } from "#core/failure/failure-rule.ts";
import { matchFields } from "./rule-form.ts";

/** The conditions of a rule as a sentence: 'code is X and dependency is Y'. */
export function RuleConditions({ match }: { match: FailureRule["match"] }) {
  const given = matchFields.filter((field) => match[field] !== undefined);
  return (
    <span>
      {given.map((field, index) => (
        <span key={field}>
          {index > 0 ? <span className="text-ink-3">{ruleWords.and}</span> : null}
          <span className="text-ink-3">
            {field === "messagePattern"
              ? ruleWords.matchesPattern("")
              : ruleWords.is(ruleWords.field[field], "")}
          </span>
          <ForeignText text={String(match[field])} className="font-mono" />
        </span>
      ))}
    </span>
  );
}
