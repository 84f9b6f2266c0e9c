import { useSession } from "#app/_session/session-provider.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { peopleWords } from "#app/words/people-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { cn } from "#components/ui/cn.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { Person } from "./people-list.ts";
import { PersonActs } from "./person-acts.tsx";

const { people: words } = peopleWords;

/** People by login name; on a phone the name and when they were seen fold below it. */
export function PeopleTable({ people }: { people: readonly Person[] }) {
  const session = useSession();
  const { columns } = words;
  return (
    <Table label={words.table}>
      <thead>
        <tr>
          <Th>{columns.login}</Th>
          <Th className="max-sm:hidden">{columns.name}</Th>
          <Th>{columns.role}</Th>
          <Th className="max-md:hidden">{columns.seen}</Th>
          <Th className="max-sm:hidden">{columns.state}</Th>
          <Th unseen>{columns.acts}</Th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => {
          const isYou = person.login === session?.name;
          const isOut = person.disabledAtMs !== null;
          return (
            <tr key={person.id} className={cn("hairline-b hover:bg-hover", isOut && "text-ink-3")}>
              <Td className="max-w-60 max-sm:h-auto max-sm:max-w-44 max-sm:py-1.5">
                <span className="block truncate font-medium">
                  <ForeignText text={person.login} />
                </span>
                {isYou ? <span className="text-ink-3 sm:hidden">{words.you}</span> : null}
                {isYou ? null : <span className="text-ink-3 sm:hidden">{state(person)}</span>}
              </Td>
              <Td className="max-w-48 truncate max-sm:hidden">
                <ForeignText text={person.displayName} />
                {isYou ? <span className="text-ink-3"> · {words.you}</span> : null}
              </Td>
              <Td>{accessWords.roles[person.role]}</Td>
              <Td className="text-ink-3 max-md:hidden">
                <RelativeTime atMs={person.lastSeenAtMs} />
              </Td>
              <Td className={cn("max-sm:hidden", isOut ? "text-gate-caution" : "text-ink-3")}>
                {state(person)}
              </Td>
              <Td end>
                <PersonActs person={person} isYou={isYou} />
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function state(person: Person): string {
  return person.disabledAtMs === null ? words.signedIn(person.sessions) : words.disabled;
}
