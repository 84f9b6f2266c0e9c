import type { Metadata } from "next";
import { DependencyView } from "./_page/dependency-view.tsx";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function DependencyPage({ params }: Props) {
  return <DependencyView name={decodeURIComponent((await params).name)} />;
}
