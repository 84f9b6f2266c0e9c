import type { Metadata } from "next";
import { DefinitionView } from "./_page/definition-view.tsx";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function DefinitionPage({ params }: Props) {
  return <DefinitionView name={decodeURIComponent((await params).name)} />;
}
