import Link from "next/link";

/** A job by its id, leading to its page. */
export function JobLink({ id }: { id: string }) {
  return (
    <Link href={`/jobs/${id}`} prefetch={false} className="font-mono text-accent hover:underline">
      {id}
    </Link>
  );
}
