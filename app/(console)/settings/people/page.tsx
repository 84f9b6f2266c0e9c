import type { Metadata } from "next";
import { peopleWords } from "#app/words/people-words.ts";
import { PeopleView } from "./_page/people-view.tsx";

export const metadata: Metadata = { title: peopleWords.people.title };

export default function PeoplePage() {
  return <PeopleView />;
}
